// A list to choose from, with a box to search in (the combobox pattern: focus stays in the box).
import { h, newId } from "./dom.js";
import { closePopover, openPopover } from "./popover.js";

const matches = (entry, words) => words.every((word) => `${entry.label} ${entry.note ?? ""}`.toLowerCase().includes(word));

/**
 * groups: [{title?, entries: [{value, label, note?, icon?, disabled?}]}]; `selected` a list of values.
 * `many` keeps the list open and toggles; onChoose(value) is told each time.
 */
export function openChooser(anchor, { groups, selected = [], many = false, label, placeholder = "Search", onChoose, onclose }) {
  const chosen = new Set(selected);
  const listId = newId("list");
  const list = h("div", { class: "options", role: "listbox", id: listId, "aria-label": label, "aria-multiselectable": many ? "true" : null });
  const box = h("input", {
    class: "chooser-search", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list",
    "aria-label": label, placeholder, autocomplete: "off", spellcheck: "false",
  });
  const view = { list, box, groups, chosen, many, onChoose, shown: [], at: 0 };
  const { place } = openPopover(anchor, [box, list], { label, className: "chooser", onclose });
  box.addEventListener("input", () => { view.at = 0; draw(view); place(); });
  box.addEventListener("keydown", (event) => keys(event, view));
  draw(view, true);
  place();
  box.focus();
}

function draw(view, first = false) {
  const words = view.box.value.toLowerCase().split(/\s+/).filter(Boolean);
  view.shown = [];
  const parts = view.groups.flatMap(({ title, entries }) => {
    const fitting = entries.filter((entry) => matches(entry, words));
    if (!fitting.length) return [];
    return [title ? h("div", { class: "options-title", role: "presentation" }, title) : null, ...fitting.map((entry) => option(view, entry))];
  });
  if (first) view.at = Math.max(0, view.shown.findIndex(({ entry }) => view.chosen.has(entry.value)));
  view.list.replaceChildren(...(parts.filter(Boolean).length ? parts.filter(Boolean) : [h("div", { class: "options-empty" }, "No results")]));
  highlight(view);
}

function option(view, entry) {
  const node = h("div", {
    class: "option", role: "option", id: newId("option"), "aria-selected": String(view.chosen.has(entry.value)), "aria-disabled": entry.disabled ? "true" : null,
    onpointerdown: (event) => event.preventDefault(), onclick: () => choose(view, entry),
  }, entry.icon ?? null, h("span", { class: "option-label" }, entry.label), entry.note ? h("span", { class: "option-note" }, entry.note) : null,
  view.chosen.has(entry.value) ? h("span", { class: "option-tick", "aria-hidden": "true" }, "✓") : null);
  view.shown.push({ entry, node });
  return node;
}

function highlight(view) {
  view.shown.forEach(({ node }, index) => node.classList.toggle("active", index === view.at));
  const now = view.shown[view.at]?.node;
  if (now) view.box.setAttribute("aria-activedescendant", now.id);
  else view.box.removeAttribute("aria-activedescendant");
  now?.scrollIntoView({ block: "nearest" });
}

function choose(view, entry) {
  if (entry.disabled) return;
  if (!view.many) { closePopover(); view.onChoose(entry.value); return; }
  if (!view.chosen.delete(entry.value)) view.chosen.add(entry.value);
  view.onChoose(entry.value);
  draw(view);
}

function keys(event, view) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && view.shown.length) {
    event.preventDefault();
    view.at = (view.at + step + view.shown.length) % view.shown.length;
    highlight(view);
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation();
    if (view.shown[view.at]) choose(view, view.shown[view.at].entry);
  } else if (event.key === "Tab") closePopover();
}
