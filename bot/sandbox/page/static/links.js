import { h } from "./dom.js";
import { isPlayed, outward } from "./leaving.js";

const OPENABLE = ["http:", "https:", "mailto:", "tel:"];

/** The address when it is one a browser may follow, else null (javascript:, data: and the like). */
export function safeUrl(url) {
  try {
    return OPENABLE.includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

export function linkNode(url, children) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, children);
  return h("a", { class: "link", href: isPlayed(href) ? outward(href) : href, target: "_blank", rel: "noreferrer noopener" }, children);
}
