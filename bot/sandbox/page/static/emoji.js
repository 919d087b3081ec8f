import { h } from "./dom.js";
import { CATEGORIES } from "./emoji_names.js";

const SKIN = { 2: "\u{1F3FB}", 3: "\u{1F3FC}", 4: "\u{1F3FD}", 5: "\u{1F3FE}", 6: "\u{1F3FF}" };
const byName = new Map();

function read(entry) {
  const space = entry.lastIndexOf(" ");
  const toned = entry.endsWith("+");
  const glyph = entry.slice(space + 1, toned ? -1 : undefined);
  return { names: entry.slice(0, space).split(","), glyph, toned };
}

export const groups = CATEGORIES.map(([title, entries]) => ({ title, emoji: entries.map(read) }));
for (const { emoji } of groups) for (const one of emoji) for (const name of one.names) byName.set(name, one);

function withTone(one, tone) {
  const [first, ...rest] = [...one.glyph];
  return first + SKIN[tone] + rest.filter((char) => char !== "\uFE0F").join("");
}

/** "wave::skin-tone-3" → "👋🏼"; null when Slack knows no such name. */
export function glyphOf(name) {
  const [, base, tone] = /^(.+?)(?:::skin-tone-([2-6]))?$/.exec(name) ?? [];
  const one = byName.get(base);
  if (!one) return null;
  return tone && one.toned ? withTone(one, tone) : one.glyph;
}

/** The emoji as an accessible node; an unknown name stays readable as :name:. */
export function emojiNode(name) {
  const glyph = glyphOf(name);
  if (!glyph) return document.createTextNode(`:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": `${name} emoji`, title: `:${name}:` }, glyph);
}

/** Plain text in which only :names: and line ends mean something. */
export function plainNodes(text, withEmoji = true) {
  const nodes = [];
  String(text ?? "").split("\n").forEach((line, index) => {
    if (index) nodes.push(h("br"));
    nodes.push(...(withEmoji ? emojiIn(line) : [line]));
  });
  return nodes;
}

export function emojiIn(text) {
  const parts = text.split(/:([a-z0-9_+'’-]+(?:::skin-tone-[2-6])?):/g);
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return glyphOf(part) ? emojiNode(part) : `:${part}:`;
  }).filter((part) => part !== "");
}

export function search(words) {
  const wanted = words.trim().toLowerCase().replaceAll(":", "").replaceAll(" ", "_");
  const found = groups.flatMap(({ emoji }) => emoji.filter(({ names }) => names.some((name) => name.includes(wanted))));
  const rank = ({ names }) => (names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, 90);
}
