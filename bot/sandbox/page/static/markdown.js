// The markdown block: standard Markdown, as far as Slack draws it.
import { h } from "./dom.js";
import { emojiIn } from "./emoji.js";
import { linkNode, safeUrl } from "./links.js";
import { channelNode, userNode } from "./names.js";

const INLINE = [
  [/`([^`]+)`/, (m) => h("code", { class: "code" }, m[1])],
  [/!\[([^\]]*)\]\(([^)\s]+)\)/, (m) => (safeUrl(m[2]) ? h("img", { class: "inline-image", src: m[2], alt: m[1] }) : m[1])],
  [/\[([^\]]+)\]\(([^)\s]+)\)/, (m) => linkNode(m[2], inline(m[1]))],
  [/<@(\w+)>/, (m) => userNode(m[1])],
  [/<#(\w+)(?:\|[^>]*)?>/, (m) => channelNode(m[1])],
  [/\*\*(?=\S)(.+?)\*\*/, (m) => h("strong", {}, inline(m[1]))],
  [/__(?=\S)(.+?)__/, (m) => h("strong", {}, inline(m[1]))],
  [/~~(?=\S)(.+?)~~/, (m) => h("s", {}, inline(m[1]))],
  [/\*(?=\S)([^*]+?)\*/, (m) => h("em", {}, inline(m[1]))],
  [/(?<!\w)_(?=\S)([^_]+?)_(?!\w)/, (m) => h("em", {}, inline(m[1]))],
  [/https?:\/\/[^\s<>]*[^\s<>.,;:!?)]/, (m) => linkNode(m[0], m[0])],
];

function inline(text) {
  let first = null;
  for (const [pattern, draw] of INLINE) {
    const hit = pattern.exec(text);
    if (hit && (!first || hit.index < first.hit.index)) first = { hit, draw };
  }
  if (!first) return emojiIn(text.replace(/\\([\\`*_{}[\]()#+\-.!~|])/g, "$1"));
  const { hit, draw } = first;
  return [...inline(text.slice(0, hit.index)), draw(hit), ...inline(text.slice(hit.index + hit[0].length))];
}

const cells = (row) => row.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function table(rows) {
  const row = (tag) => (line) => h("tr", {}, cells(line).map((cell) => h(tag, {}, inline(cell))));
  return h("div", { class: "table-scroll" }, h("table", { class: "table" },
    h("thead", {}, row("th")(rows[0])), h("tbody", {}, rows.slice(2).map(row("td")))));
}

function listOf(lines, ordered) {
  const item = (line) => {
    const text = line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "");
    const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
    if (!task) return h("li", {}, inline(text));
    return h("li", { class: "task" }, task[1] === " " ? "☐ " : "☑ ", inline(task[2]));
  };
  return h(ordered ? "ol" : "ul", { class: "rich-list" }, lines.map(item));
}

const KINDS = [
  { starts: /^#{1,6}\s/, takes: null, draw: ([line]) => h("div", { class: "md-heading", role: "heading", "aria-level": 4 }, inline(line.replace(/^#+\s*/, ""))) },
  { starts: /^(?:-{3,}|\*{3,})\s*$/, takes: null, draw: () => h("hr", { class: "divider" }) },
  { starts: /^>/, takes: /^>/, draw: (lines) => h("blockquote", { class: "quote" }, lines.flatMap((line, n) => [n ? h("br") : "", inline(line.replace(/^>\s?/, ""))])) },
  { starts: /^\s*[-*+]\s/, takes: /^\s*[-*+]\s/, draw: (lines) => listOf(lines, false) },
  { starts: /^\s*\d+[.)]\s/, takes: /^\s*\d+[.)]\s/, draw: (lines) => listOf(lines, true) },
  { starts: /^\|.*\|\s*$/, takes: /^\|/, draw: table },
];

export function markdownNodes(text) {
  const lines = String(text ?? "").split("\n");
  const nodes = [];
  while (lines.length) {
    if (!lines[0].trim()) lines.shift();
    else if (lines[0].startsWith("```")) nodes.push(fence(lines));
    else nodes.push(chunk(lines));
  }
  return nodes;
}

function fence(lines) {
  lines.shift();
  const end = lines.findIndex((line) => line.startsWith("```"));
  const code = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return h("pre", { class: "code-block" }, code.join("\n"));
}

function chunk(lines) {
  const kind = KINDS.find(({ starts }) => starts.test(lines[0]));
  if (!kind) return paragraph(lines);
  const taken = [lines.shift()];
  while (kind.takes && lines.length && kind.takes.test(lines[0])) taken.push(lines.shift());
  return kind.draw(taken);
}

function paragraph(lines) {
  const taken = [];
  while (lines.length && lines[0].trim() && !lines[0].startsWith("```") && !KINDS.some(({ starts }) => starts.test(lines[0]))) taken.push(lines.shift());
  return h("p", { class: "md-paragraph" }, taken.flatMap((line, n) => [n ? h("br") : "", inline(line)]));
}
