import { h } from "./dom.js";
import { groups, search } from "./emoji.js";
import { closePopover, openPopover } from "./popover.js";

const OFTEN = ["mega", "+1", "heart", "tada", "raised_hands", "eyes", "white_check_mark", "joy", "clap", "fire", "rocket", "thinking_face"];

export function pickEmoji(anchor, onPick) {
  const grid = h("div", { class: "emoji-grid" });
  const box = h("input", { class: "chooser-search", type: "text", placeholder: "Search emoji", "aria-label": "Search emoji", autocomplete: "off", spellcheck: "false" });
  const pick = (name) => { closePopover(); onPick(name); };
  const button = ({ names, glyph }) => h("button", { class: "emoji-button", type: "button", title: `:${names[0]}:`, "aria-label": names[0], onclick: () => pick(names[0]) }, glyph);
  const section = (title, emoji) => [h("div", { class: "emoji-title" }, title), h("div", { class: "emoji-row" }, emoji.map(button))];
  const often = OFTEN.map((name) => search(name).find(({ names }) => names.includes(name))).filter(Boolean);
  const draw = () => {
    const found = box.value.trim() ? section("Search results", search(box.value)) : [...section("Frequently used", often), ...groups.flatMap(({ title, emoji }) => section(title, emoji))];
    grid.replaceChildren(...found);
  };
  box.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") grid.querySelector(".emoji-button")?.click();
    if (event.key === "ArrowDown") { event.preventDefault(); grid.querySelector(".emoji-button")?.focus(); }
  });
  grid.addEventListener("keydown", (event) => move(event, [...grid.querySelectorAll(".emoji-button")]));
  draw();
  openPopover(anchor, [box, grid], { label: "Pick an emoji", className: "emoji-picker" }).place();
  box.focus();
}

function move(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (!step) return;
  event.preventDefault();
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}
