// rich_text blocks → nodes.
import { fillTokens } from "./dates.js";
import { h } from "./dom.js";
import { emojiNode, plainNodes } from "./emoji.js";
import { linkNode, safeUrl } from "./links.js";
import { broadcastNode, channelNode, groupNode, userNode } from "./names.js";

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

function styled(nodes, style = {}) {
  let inner = nodes;
  if (style.code) inner = [h("code", { class: "code" }, inner)];
  if (style.strike) inner = [h("s", {}, inner)];
  if (style.underline) inner = [h("u", {}, inner)];
  if (style.italic) inner = [h("em", {}, inner)];
  if (style.bold) inner = [h("strong", {}, inner)];
  return inner;
}

function glyph(element) {
  if (!element.unicode) return emojiNode(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name);
  const text = String.fromCodePoint(...element.unicode.split("-").map((one) => parseInt(one, 16)));
  return h("span", { class: "emoji", role: "img", "aria-label": `${element.name} emoji`, title: `:${element.name}:` }, text);
}

const INLINE = {
  text: (e) => plainNodes(e.text, false),
  link: (e) => [linkNode(e.url, e.text || e.url)],
  emoji: (e) => [glyph(e)],
  user: (e) => [userNode(e.user_id)],
  usergroup: (e) => [groupNode(e.usergroup_id)],
  channel: (e) => [channelNode(e.channel_id)],
  broadcast: (e) => [broadcastNode(e.range)],
  color: (e) => [h("span", { class: "swatch", style: { background: /^#[0-9a-f]{3,8}$/i.test(e.value) ? e.value : "" } }), e.value],
  date: (e) => {
    const words = fillTokens(e.format ?? "{date}", e.timestamp);
    return [safeUrl(e.url) ? linkNode(e.url, words) : h("time", { title: e.fallback }, words)];
  },
};

const inlines = (elements = []) => elements.flatMap((e) => styled(INLINE[e.type]?.(e) ?? [e.text ?? ""], e.style));

function list(element) {
  const ordered = element.style === "ordered";
  const indent = element.indent ?? 0;
  return h(ordered ? "ol" : "ul", {
    class: element.border ? "rich-list bordered" : "rich-list",
    start: ordered && element.offset ? element.offset + 1 : null,
    style: { marginLeft: `${indent * 28}px`, listStyleType: (ordered ? NUMBERS : BULLETS)[indent % 3] },
  }, element.elements.map((item) => h("li", {}, inlines(item.elements))));
}

const PARTS = {
  rich_text_section: (e) => h("div", { class: "rich-section" }, inlines(e.elements)),
  rich_text_list: list,
  rich_text_quote: (e) => h("blockquote", { class: "quote" }, inlines(e.elements)),
  rich_text_preformatted: (e) => h("pre", { class: "code-block" }, inlines(e.elements)),
};

export const richTextNodes = (block) => (block.elements ?? []).map((e) => PARTS[e.type]?.(e) ?? "");
