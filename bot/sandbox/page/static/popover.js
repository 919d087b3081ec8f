// Things that float: menus, lists to choose from. Inside an open dialog they live in that dialog,
// because everything outside a modal dialog is inert.
import { h } from "./dom.js";

let open = null;

export const isOpen = () => open !== null;

export function closePopover(returnFocus = true) {
  if (!open) return;
  const { node, anchor, onclose } = open;
  open = null;
  const now = anchor.isConnected ? anchor : document.querySelector(`[data-focus="${CSS.escape(anchor.dataset.focus ?? "")}"]`);
  // Focus first: a message's toolbar shows only while it is used.
  if (returnFocus) now?.focus({ preventScroll: true });
  anchor.setAttribute("aria-expanded", "false");
  node.remove();
  onclose?.();
}

function place(node, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = at.bottom + 4 + height <= innerHeight || at.top < height + 8;
  node.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  node.style.top = `${below ? Math.min(at.bottom + 4, Math.max(8, innerHeight - height - 8)) : at.top - height - 4}px`;
}

export function openPopover(anchor, content, { label, className = "", onclose } = {}) {
  closePopover(false);
  const node = h("div", { class: `popover ${className}`, "aria-label": label, role: "group" }, content);
  (anchor.closest("dialog") ?? document.body).append(node);
  open = { node, anchor, onclose };
  anchor.setAttribute("aria-expanded", "true");
  place(node, anchor);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); closePopover(); }
  });
  return { node, place: () => place(node, anchor) };
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.anchor.contains(event.target)) closePopover(false);
}, true);
addEventListener("resize", () => closePopover(false));

/** A menu of actions. entries: {label, act, href?, danger?} */
export function openMenu(anchor, entries, label) {
  const items = entries.map((entry) => h("button", {
    class: entry.danger ? "menu-item danger" : "menu-item", role: "menuitem", type: "button", tabindex: "-1",
    onclick: () => { closePopover(); entry.act(); },
  }, h("span", {}, entry.label), entry.note ? h("span", { class: "menu-note" }, entry.note) : null));
  const menu = h("div", { role: "menu", "aria-label": label }, items);
  openPopover(anchor, menu, { label, className: "menu" });
  arrows(menu, items);
  items[0]?.focus();
}

function arrows(menu, items) {
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Tab") closePopover(false);
    if (!step) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  });
}
