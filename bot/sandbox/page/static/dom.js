// Making and re-using nodes. Content always becomes a text node; nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.setAttribute("class", value);
  else if (name === "style") Object.assign(node.style, value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "value") node.value = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

function add(node, child) {
  if (Array.isArray(child)) child.forEach((one) => add(node, one));
  else if (child instanceof Node) node.append(child);
  else if (child !== undefined && child !== null && child !== false) node.append(String(child));
}

/** h("button", {class: "x", onclick: f}, "text", [nodes]) → Element */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  add(node, children);
  return node;
}

export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  add(node, children);
  return node;
}

/**
 * Bring a parent's children in line with `items` ({key, sign, build}). A child whose key and signature
 * stayed the same is left alone, so that what is typed, scrolled or open in it survives.
 */
export function reconcile(parent, items) {
  const old = parent.kept ?? new Map();
  const next = new Map();
  for (const { key, sign, build } of items) {
    const was = old.get(key);
    next.set(key, was && was.sign === sign ? was : { sign, node: build() });
  }
  for (const [key, { node }] of old) if (next.get(key)?.node !== node) node.remove();
  let place = parent.firstChild;
  for (const { node } of next.values()) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
  parent.kept = next;
}

/** Run a redraw; afterwards put focus (and the caret) back on the control with the same data-focus. */
export function keepingFocus(redraw) {
  const had = document.activeElement;
  const key = had?.dataset?.focus;
  const caret = key && "selectionStart" in had ? [had.selectionStart, had.selectionEnd] : null;
  redraw();
  if (!key || document.activeElement === had) return;
  const now = had.isConnected ? had : document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  now?.focus({ preventScroll: true });
  if (now && caret && caret[0] !== null) now.setSelectionRange?.(...caret);
}

let counter = 0;
export const newId = (prefix) => `${prefix}-${(counter += 1)}`;
