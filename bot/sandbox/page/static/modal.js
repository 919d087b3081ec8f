// The stack of modals: its top is shown. A native modal dialog keeps focus inside and the rest inert.
import { blockItems } from "./blocks.js";
import { textNodes } from "./confirm.js";
import { perform, viewContext } from "./doing.js";
import { h, keepingFocus, reconcile } from "./dom.js";
import { held } from "./elements.js";
import { closePopover, isOpen } from "./popover.js";
import { forgetSurface, problemWith } from "./values.js";

let shown = null; // {view, dialog, body, banner, title, foot, local: errors found here, asked: a submit is under way}
let known = new Set();
let comeBackTo = null;
let whose = "";

export function drawModals(views, user) {
  // Somebody else's open modals are out of sight, not gone.
  if (user !== whose) known = new Set();
  whose = user;
  for (const id of known) if (!views.some((view) => view.id === id)) forgetSurface(id);
  known = new Set(views.map((view) => view.id));
  const top = views.at(-1);
  if (!top) return hide();
  if (shown?.view.id !== top.id) raise(top, views.length);
  return fill(top);
}

function hide() {
  if (!shown) return;
  closePopover(false);
  shown.dialog.remove();
  shown = null;
  const target = comeBackTo?.isConnected ? comeBackTo : document.querySelector(`[data-focus="${CSS.escape(comeBackTo?.dataset?.focus ?? "-")}"]`);
  (target ?? document.getElementById("box"))?.focus({ preventScroll: true });
  comeBackTo = null;
}

function raise(view, depth) {
  if (!shown) comeBackTo = document.activeElement;
  closePopover(false);
  shown?.dialog.remove();
  const body = h("div", { class: "modal-body" });
  const banner = h("div", { class: "banner modal-banner", role: "alert", hidden: true });
  const title = h("h2", { class: "modal-title", id: "modal-title" });
  const foot = h("div", { class: "modal-foot" });
  const back = depth > 1 ? h("button", { class: "icon-plain", type: "button", "aria-label": "Back", onclick: () => close() }, "←") : null;
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" },
    h("div", { class: "modal-head" }, back, title, h("button", { class: "icon-plain", type: "button", "aria-label": "Close", onclick: () => close(true) }, "✕")),
    banner, body, foot);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!isOpen()) close(); });
  dialog.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(); });
  document.body.append(dialog);
  shown = { view, dialog, body, banner, title, foot, local: {}, asked: false };
  fill(view);
  dialog.showModal();
  firstControl(body)?.focus();
}

const firstControl = (node) => node.querySelector("input:not([type=hidden]), textarea, button.select") ?? node.querySelector("button, a");

function context(view) {
  return viewContext(view, { errors: { ...shown.local, ...view.errors }, submit, level: 3 });
}

function fill(view) {
  shown.view = view;
  shown.title.replaceChildren(...textNodes(view.title));
  const ctx = context(view);
  keepingFocus(() => reconcile(shown.body, blockItems(ctx, view.blocks)));
  drawFoot(view);
}

function drawFoot(view) {
  const sign = JSON.stringify([view.submit, view.close, shown.asked]);
  if (shown.foot.dataset.sign === sign) return;
  shown.foot.dataset.sign = sign;
  keepingFocus(() => shown.foot.replaceChildren(
    h("button", { class: "button", type: "button", data: { focus: "modal-close" }, onclick: () => close() }, view.close ? textNodes(view.close) : view.submit ? "Cancel" : "Close"),
    ...(view.submit ? [h("button", { class: "button primary", type: "button", data: { focus: "modal-submit" }, "aria-disabled": shown.asked ? "true" : null, onclick: submit }, textNodes(view.submit))] : [])));
}

export function focusFirstError() {
  const field = shown?.body.querySelector(".input-block.invalid");
  field?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "nearest" });
}

/** What Slack's client refuses itself: empty required fields, too long, no address. */
function ownProblems(view) {
  const inputs = view.blocks.filter((block) => block.type === "input");
  const found = inputs.map((block) => [block.block_id, problemWith(block, held(context(view), block, block.element))]);
  return Object.fromEntries(found.filter(([, problem]) => problem));
}

/** Show these errors at their fields; true when there are any. */
function stopped(view, problems) {
  shown.local = problems;
  if (!Object.keys(problems).length) return false;
  fill({ ...view, errors: {} });
  focusFirstError();
  return true;
}

async function submit() {
  if (!shown || shown.asked) return;
  const { view } = shown;
  const mine = shown;
  if (stopped(view, ownProblems(view))) return;
  mine.asked = true;
  drawFoot(view);
  const refused = await context(view).flush();
  mine.asked = false;
  if (shown !== mine || stopped(view, refused)) return;
  mine.asked = true;
  await perform("submit", { view_id: view.id }, "view");
  mine.asked = false;
  if (shown !== mine) return;
  drawFoot(mine.view);
  if (Object.keys(mine.view.errors).length) focusFirstError();
}

/** Cancel and Back close the view on top; the ✕ closes all of them. */
async function close(all = false) {
  const { view } = shown;
  await perform("close", { view_id: view.id, ...(all ? { clear: true } : {}) }, "view");
}

export function complainInModal(text) {
  if (!shown) return false;
  shown.banner.hidden = !text;
  shown.banner.textContent = text;
  return true;
}
