import { blockItems } from "./blocks.js";
import { viewContext } from "./doing.js";
import { h, reconcile } from "./dom.js";

/** The app's Home tab. Until the app has published one, Slack shows an empty state. */
export function drawHome(flow, view) {
  if (!view) {
    reconcile(flow, [{ key: "empty", sign: "", build: () => h("div", { class: "empty" }, h("div", { class: "empty-title" }, "Home is a work in progress"), "The app has not shown anything here yet.") }]);
    return;
  }
  reconcile(flow, [{ key: view.id, sign: "home", build: () => h("div", { class: "home" }) }]);
  reconcile(flow.firstChild, blockItems(viewContext(view, { level: 2 }), view.blocks));
}
