import { h } from "./dom.js";
import { mrkdwnNodes } from "./mrkdwn.js";
import { plainNodes } from "./emoji.js";

export const textNodes = (text) => {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwnNodes(text.text, text) : plainNodes(text.text, text.emoji !== false);
};

/** Ask first, when the element wants it. Resolves to true when the person may go on. */
export function agreed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((done) => {
    const back = document.activeElement;
    const finish = (answer) => { dialog.remove(); back?.focus?.({ preventScroll: true }); done(answer); };
    const danger = confirm.style === "danger";
    const dialog = h("dialog", { class: "modal confirm", "aria-labelledby": "confirm-title", role: "alertdialog" },
      h("h2", { id: "confirm-title", class: "modal-title" }, textNodes(confirm.title)),
      h("div", { class: "confirm-text" }, textNodes(confirm.text)),
      h("div", { class: "modal-foot" },
        h("button", { class: "button", type: "button", onclick: () => finish(false) }, textNodes(confirm.deny ?? { text: "Cancel" })),
        h("button", { class: danger ? "button danger-filled" : "button primary", type: "button", autofocus: true, onclick: () => finish(true) }, textNodes(confirm.confirm ?? { text: "OK" }))));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); finish(false); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
