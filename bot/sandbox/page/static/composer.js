// The message box, with completion of slash commands. It is made once; only its hint and list change.
import { h, newId } from "./dom.js";

let box, list, label, entries = [], at = 0, on = {}, commands = [];
const kept = new Map();
let place = "";

export function makeComposer(node, handlers) {
  on = handlers;
  const listId = newId("commands");
  list = h("div", { class: "commands", role: "listbox", id: listId, "aria-label": "Commands", hidden: true });
  label = h("label", { class: "visually-hidden", for: "box" }, "Message");
  box = h("textarea", {
    // Until it is known which channel this is, nothing can be sent.
    disabled: true,
    id: "box", class: "box", rows: 1, role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", spellcheck: "false",
    oninput: typed, onkeydown: keys, onblur: () => setTimeout(hideList, 150),
  });
  const send = h("button", { class: "send", type: "button", "aria-label": "Send", onclick: submit }, "➤");
  node.append(list, h("div", { class: "box-wrap" }, label, box, send), h("div", { class: "box-note" }, h("b", {}, "Enter"), " to send, ", h("b", {}, "Shift + Enter"), " for a new line, ", h("b", {}, "/"), " for commands"));
}

export function setComposer(where, name, state) {
  commands = state.commands.flatMap(expand);
  const words = where === state.direct.id ? `Message ${name}` : `Message #${name}`;
  box.disabled = false;
  box.placeholder = words;
  label.textContent = words;
  if (where === place) return;
  kept.set(place, box.value);
  place = where;
  box.value = kept.get(where) ?? "";
  grow();
  hideList();
}

/** "[help | queue | list]" → an entry a word, beneath the command itself. */
function expand({ command, description = "", usage_hint: hint = "" }) {
  const first = { text: command, hint, note: description };
  const words = hint.replace(/^\[|\]$/g, "").split("|").map((word) => word.trim()).filter((word) => /^[\p{L}\d -]+$/u.test(word));
  return [first, ...(words.length > 1 ? words.map((word) => ({ text: `${command} ${word}`, hint: "", note: "" })) : [])];
}

function typed() {
  grow();
  const text = box.value;
  entries = text.startsWith("/") && !text.includes("\n") ? commands.filter((one) => one.text.startsWith(text.trimEnd().toLowerCase()) && one.text !== text.trimEnd()) : [];
  const known = commands.find((one) => one.hint && text.startsWith(`${one.text} `));
  at = 0;
  drawList(known);
}

function drawList(known) {
  const options = entries.map((entry, index) => h("div", {
    class: "command", role: "option", id: newId("command"), "aria-selected": String(index === at), onpointerdown: (event) => { event.preventDefault(); complete(entry); },
  }, h("b", {}, entry.text), entry.hint ? h("span", { class: "command-hint" }, entry.hint) : null, h("span", { class: "command-note" }, entry.note)));
  const hint = !options.length && known ? [h("div", { class: "command-usage" }, h("b", {}, known.text), ` ${known.hint}`)] : [];
  list.replaceChildren(...options, ...hint);
  list.hidden = !options.length && !hint.length;
  box.setAttribute("aria-expanded", String(options.length > 0));
  if (options.length) box.setAttribute("aria-activedescendant", options[at].id);
  else box.removeAttribute("aria-activedescendant");
  options[at]?.scrollIntoView({ block: "nearest" });
}

function hideList() {
  entries = [];
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
}

function complete(entry) {
  box.value = `${entry.text} `;
  box.focus();
  typed();
}

function keys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (entries.length && step) {
    event.preventDefault();
    at = (at + step + entries.length) % entries.length;
    drawList();
  } else if (entries.length && event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    complete(entries[at]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    hideList();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    const exact = commands.some((one) => box.value.trim() === one.text || box.value.startsWith(`${one.text} `));
    if (entries.length && !exact) complete(entries[at]);
    else submit();
  }
}

async function submit() {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  grow();
  hideList();
  const fine = await (text.startsWith("/") ? on.command(text) : on.say(text));
  if (!fine && !box.value) { box.value = text; grow(); }
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}
