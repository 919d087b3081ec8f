// Slack's own markup (mrkdwn) → nodes.
import { fillTokens } from "./dates.js";
import { h } from "./dom.js";
import { emojiIn } from "./emoji.js";
import { linkNode } from "./links.js";
import { broadcastNode, channelNode, groupNode, userNode } from "./names.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|(https?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?)'"*_~])/;

const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Whole texts: code blocks, quotes, lines. `verbatim` stops bare addresses from becoming links. */
export function mrkdwnNodes(text, { verbatim = false } = {}) {
  return String(text ?? "").split("```").flatMap((part, index, all) => {
    const closed = index % 2 === 1 && index < all.length - 1;
    if (closed) return [h("pre", { class: "code-block" }, unescape(part.replace(/^\n|\n$/g, "")))];
    return quotesIn(index % 2 === 1 ? "```" + part : part, verbatim);
  });
}

function quotesIn(text, verbatim) {
  const nodes = [];
  let quote = [];
  const flush = () => {
    if (quote.length) nodes.push(h("blockquote", { class: "quote" }, linesOf(quote, verbatim)));
    quote = [];
  };
  const plain = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const rest = /^(?:&gt;|>){3}\s?(.*)$/.exec(lines[at]);
    const one = /^(?:&gt;|>)\s?(.*)$/.exec(lines[at]);
    if (!one) { flush(); plain.push(lines[at]); continue; }
    if (plain.length) nodes.push(...linesOf(plain.splice(0), verbatim));
    if (rest) { quote.push(rest[1], ...lines.slice(at + 1)); break; }
    quote.push(one[1]);
  }
  flush();
  if (plain.length) nodes.push(...linesOf(plain, verbatim));
  return nodes;
}

function linesOf(lines, verbatim) {
  return lines.flatMap((line, index) => [...(index ? [h("br")] : []), ...inline(line, verbatim)]);
}

/** One line: tokens first (nothing inside them is markup), then styles around and between them. */
function inline(text, verbatim) {
  const styled = firstStyle(text);
  if (!styled) return tokens(text, verbatim);
  const { from, to, mark } = styled;
  return [
    ...tokens(text.slice(0, from), verbatim),
    h(STYLES[mark], {}, inline(text.slice(from + 1, to), verbatim)),
    ...inline(text.slice(to + 1), verbatim),
  ];
}

/** The first *…*, _…_ or ~…~ that Slack would honour; characters inside <…> and `…` do not count. */
function firstStyle(text) {
  const masked = text.replace(new RegExp(TOKEN, "g"), (token) => "\u0001".repeat(token.length));
  for (let from = 0; from < masked.length; from += 1) {
    const mark = masked[from];
    if (!(mark in STYLES) || /[\p{L}\p{N}]/u.test(masked[from - 1] ?? " ") || !/\S/.test(masked[from + 1] ?? " ")) continue;
    const to = closing(masked, from, mark);
    if (to > 0) return { from, to, mark };
  }
  return null;
}

function closing(masked, from, mark) {
  if (masked[from + 1] === mark) return -1;
  for (let to = from + 2; to < masked.length; to += 1) {
    if (masked[to] === mark && /\S/.test(masked[to - 1]) && !/[\p{L}\p{N}]/u.test(masked[to + 1] ?? " ")) return to;
  }
  return -1;
}

function tokens(text, verbatim) {
  const nodes = [];
  let rest = text;
  for (let hit = TOKEN.exec(rest); hit; hit = TOKEN.exec(rest)) {
    nodes.push(...emojiIn(unescape(rest.slice(0, hit.index))));
    nodes.push(tokenNode(hit, verbatim));
    rest = rest.slice(hit.index + hit[0].length);
  }
  return [...nodes, ...emojiIn(unescape(rest))];
}

function tokenNode([whole, special, code, address], verbatim) {
  if (code !== undefined) return h("code", { class: "code" }, unescape(code));
  if (address) return verbatim ? unescape(address) : linkNode(unescape(address), unescape(address));
  return specialNode(special, whole);
}

function specialNode(special, whole) {
  const [target, label] = special.split("|", 2);
  if (target.startsWith("@")) return userNode(target.slice(1));
  if (target.startsWith("#")) return channelNode(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(special);
  if (target.startsWith("!subteam^")) return groupNode(target.slice(9), label);
  if (target.startsWith("!")) return broadcastNode(label || target.slice(1));
  if (!/^[a-z]+:/i.test(target)) return unescape(whole);
  const url = unescape(target);
  return linkNode(url, label ? emojiIn(unescape(label)) : url.replace(/^mailto:/, ""));
}

function dateNode(special) {
  const bar = special.indexOf("|");
  const [, seconds, format, link] = special.slice(0, bar < 0 ? undefined : bar).split("^");
  const fallback = bar < 0 ? "" : unescape(special.slice(bar + 1));
  const words = Number.isFinite(Number(seconds)) ? fillTokens(unescape(format ?? ""), Number(seconds)) : fallback;
  return link ? linkNode(unescape(link), words) : h("time", { title: fallback }, words);
}
