import { h, svg } from "./dom.js";

const COLOURS = ["#2f6f8f", "#7a4f9a", "#b0562f", "#2e7d5b", "#a23b5b", "#4b5fa8", "#8a6d1f", "#5b6770", "#9a3f8a", "#2b7a78"];

const initials = (name) => {
  const words = name.split(/\s+/).filter((word) => /^[\p{Lu}\p{N}]/u.test(word));
  return ((words[0] ?? name)[0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
};

function hash(text) {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + char.codePointAt(0)) >>> 0;
  return sum;
}

/** A coloured square with initials; apps get a megaphone. Decoration only: the name stands beside it. */
export function avatar({ id, name, is_bot: isBot }, size = 36) {
  const box = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` };
  if (isBot) return h("span", { class: "avatar app", style: box, "aria-hidden": "true" }, megaphone(size * 0.6));
  return h("span", { class: "avatar", style: { ...box, background: COLOURS[hash(id) % COLOURS.length] }, "aria-hidden": "true" }, initials(name));
}

function megaphone(size) {
  return svg("svg", { viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linejoin": "round", "stroke-linecap": "round" },
    svg("path", { d: "M3 10v4h4l9 5V5l-9 5H3z" }), svg("path", { d: "M19.5 9a4 4 0 0 1 0 6" }), svg("path", { d: "M8 14.5 9.5 20h2L10 15" }));
}
