// Block Kit → nodes, drawn as Slack draws it.
import { dataTable, plainTable } from "./tables.js";
import { textNodes } from "./confirm.js";
import { chart } from "./charts.js";
import { h, newId } from "./dom.js";
import { elementNode } from "./elements.js";
import { linkNode, safeUrl } from "./links.js";
import { markdownNodes } from "./markdown.js";
import { richTextNodes } from "./rich_text.js";

const imageUrl = (element) => {
  const slack = element.slack_file;
  const id = slack?.id ?? /\/(F[A-Z0-9]+)(?:\/|$)/.exec(slack?.url ?? "")?.[1];
  return id ? `/page/file/${encodeURIComponent(id)}` : element.image_url;
};

function picture(element, className) {
  const src = imageUrl(element);
  const alt = element.alt_text ?? "";
  const missing = () => node.replaceWith(h("span", { class: `${className} image-missing`, role: "img", "aria-label": alt }, "🖼 ", alt));
  const node = h("img", { class: className, src, alt, loading: "lazy", onerror: () => missing() });
  return node;
}

const DRAWN = {
  section: (ctx, block) => h("div", { class: "section" },
    h("div", { class: "section-body" },
      block.text ? h("div", { class: "section-text" }, textNodes(block.text)) : null,
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textNodes(field)))) : null),
    block.accessory ? h("div", { class: "accessory" }, block.accessory.type === "image" ? picture(block.accessory, "thumbnail") : elementNode(ctx, block, block.accessory)) : null),
  divider: () => h("hr", { class: "divider" }),
  header: (ctx, block) => h("div", { class: "header-block", role: "heading", "aria-level": ctx.level ?? 3 }, textNodes(block.text)),
  context: (ctx, block) => h("div", { class: "context" }, block.elements.map((element) =>
    element.type === "image" ? picture(element, "context-image") : h("span", { class: "context-text" }, textNodes(element)))),
  actions: (ctx, block) => h("div", { class: "actions" }, block.elements.map((element) => elementNode(ctx, block, element))),
  context_actions: (ctx, block) => h("div", { class: "actions" }, block.elements.map((element) => elementNode(ctx, block, element))),
  image: (ctx, block) => h("figure", { class: "image" },
    block.title ? h("figcaption", { class: "image-title" }, textNodes(block.title)) : null, picture(block, "image-big")),
  rich_text: (ctx, block) => h("div", { class: "rich" }, richTextNodes(block)),
  markdown: (ctx, block) => h("div", { class: "markdown" }, markdownNodes(block.text)),
  table: (ctx, block) => plainTable(block),
  data_table: (ctx, block) => dataTable(block),
  data_visualization: (ctx, block) => chart(block),
  input: inputBlock,
  file: (ctx, block) => h("div", { class: "file-card" }, `File ${block.external_id ?? ""}`),
  video,
  alert: (ctx, block) => h("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, textNodes(block.text)),
  card,
  carousel: (ctx, block) => h("div", { class: "carousel", role: "group", "aria-label": "Cards" }, (block.elements ?? block.cards ?? []).map((one) => card(ctx, { block_id: block.block_id, ...one }))),
  container: (ctx, block) => h("div", { class: "container-block" },
    block.title ? h("div", { class: "card-title" }, textNodes(block.title)) : null, (block.child_blocks ?? []).map((child) => blockNode(ctx, child))),
};

function video(ctx, block) {
  return h("div", { class: "video" },
    block.author_name || block.provider_name ? h("div", { class: "video-by" }, [block.provider_name, block.author_name].filter(Boolean).join(" · ")) : null,
    h("div", { class: "video-title" }, block.title_url ? linkNode(block.title_url, textNodes(block.title)) : textNodes(block.title)),
    block.description ? h("div", { class: "video-text" }, textNodes(block.description)) : null,
    h("a", { class: "video-frame", href: safeUrl(block.video_url), target: "_blank", rel: "noreferrer noopener", "aria-label": `Play: ${block.title?.text ?? "video"}` },
      picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "video-image"), h("span", { class: "video-play", "aria-hidden": "true" }, "▶\uFE0E")));
}

function card(ctx, block) {
  return h("div", { class: "card" },
    block.hero_image ? picture(block.hero_image, "card-hero") : null,
    h("div", { class: "card-head" }, block.icon ? picture(block.icon, "card-icon") : null,
      h("div", {}, block.title ? h("div", { class: "card-title" }, textNodes(block.title)) : null, block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle)) : null)),
    block.body ? h("div", {}, textNodes(block.body)) : null,
    block.subtext ? h("div", { class: "card-subtitle" }, textNodes(block.subtext)) : null,
    block.actions ? h("div", { class: "actions" }, block.actions.map((element) => elementNode(ctx, block, element))) : null);
}

/** Elements that are named by aria-labelledby, since a <label for> reaches form controls only. */
const GROUPED = new Set(["checkboxes", "radio_buttons"]);

function inputBlock(ctx, block) {
  const [id, labelId, errorId, hintId] = ["field", "label", "error", "hint"].map(newId);
  const error = ctx.errors?.[block.block_id];
  const describedby = [error && errorId, block.hint && hintId].filter(Boolean).join(" ") || null;
  const labelTag = GROUPED.has(block.element.type) ? "span" : "label";
  const field = { id, labelledby: labelId, describedby, required: !block.optional, invalid: Boolean(error) };
  return h("div", { class: error ? "input-block invalid" : "input-block", data: { block: block.block_id } },
    h(labelTag, { class: "input-label", id: labelId, for: labelTag === "label" ? id : null }, textNodes(block.label),
      block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    elementNode(ctx, block, block.element, field),
    error ? h("div", { class: "field-error", id: errorId }, h("span", { "aria-hidden": "true" }, "⚠ "), error) : null,
    block.hint ? h("div", { class: "hint", id: hintId }, textNodes(block.hint)) : null);
}

export function blockNode(ctx, block) {
  const draw = DRAWN[block.type];
  if (!draw) return h("div", { class: "unknown" }, `This block cannot be shown here: ${block.type}`);
  try {
    return h("div", { class: "block", data: { type: block.type } }, draw(ctx, block));
  } catch (problem) {
    console.error(problem);
    return h("div", { class: "unknown" }, `This ${block.type} could not be drawn: ${problem.message}`);
  }
}

/** For reconcile(): one item a block. What is typed is no part of the signature: it lives in the control and in drafts. */
export function blockItems(ctx, blocks) {
  return blocks.map((block, index) => ({
    key: block.block_id ?? String(index),
    sign: JSON.stringify([block, ctx.errors?.[block.block_id] ?? null, ctx.sign ?? "", block.type === "input" ? null : ctx.state?.[block.block_id] ?? null]),
    build: () => blockNode(ctx, block),
  }));
}
