// Putting it together: who is acted, what is open, and one redraw for every change.
import { fetchState, listen } from "./api.js";
import { makeComposer, setComposer } from "./composer.js";
import { readAs, whole } from "./dates.js";
import { doAs, perform } from "./doing.js";
import { h, keepingFocus } from "./dom.js";
import { drawHome } from "./home.js";
import { leaveAs } from "./leaving.js";
import { arrowKeys, drawMessages, openPinned } from "./messages.js";
import { complainInModal, drawModals } from "./modal.js";
import { know } from "./names.js";
import { drawSidebar } from "./sidebar.js";

const at = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const here = { user: asked.get("user") ?? "", channel: asked.get("channel") ?? "", tab: asked.get("tab") ?? "messages", state: null };
const dismissed = new Set();
const threads = new Set();
let notices = [];
let loading = null;
let pause = null;
let lookTook = 0; // milliseconds the last look at the workspace took
let again = false;
let drawnPlace = "";
let opened = null; // the workspace's time when this page was loaded; whispers from before are gone, as in Slack
let connected = true;
const whispered = new Set(); // what was said to this person alone, by ts, as far as it was drawn
let stuck = true; // the newest message stays in sight until somebody scrolls up

// ---- what was read, kept by this browser for each person
const readKey = (id) => `read/${here.user}/${id}`;
const unread = (channel) => channel.latest && channel.id !== here.channel && channel.latest > (sessionStorage.getItem(readKey(channel.id)) ?? "");
const markRead = (channel) => sessionStorage.setItem(readKey(channel.id), channel.latest);

// ---- state
/** Fetch and draw; calls during a fetch lead to one more fetch, so that what is drawn is never older than the call. */
export function refresh() {
  if (loading) { again = true; return loading; }
  loading = (async () => {
    do { again = false; await load(); } while (again);
  })().finally(() => { loading = null; });
  return loading;
}

/** For word of changes: many of them in a row cost the workspace little, because slow looks make the pauses longer. */
function refreshSoon() {
  pause ??= setTimeout(() => { pause = null; refresh(); }, Math.min(2000, 30 + 3 * lookTook));
}

async function load() {
  const { user, channel } = here;
  const began = performance.now();
  try {
    const state = await fetchState(user, channel);
    if (here.user !== user || here.channel !== channel) { again = true; return; }
    here.state = state;
    opened ??= state.now;
    here.user = state.me.id;
    here.channel = state.channel.id;
    draw();
    lookTook = performance.now() - began;
  } catch (problem) {
    console.error(problem);
    complain("The workspace does not answer.", "pane");
  }
}

function remember() {
  const query = new URLSearchParams({ user: here.user, channel: here.channel });
  if (here.tab === "home") query.set("tab", "home");
  history.replaceState(null, "", `?${query}`);
}

// ---- going somewhere
function open(channel, tab = "messages") {
  here.channel = channel;
  here.tab = tab;
  complain("", "pane");
  return refresh();
}

function become(user) {
  if (inApp()) here.channel = "app";
  here.user = user;
  notices = [];
  complain("", "pane");
  complainInModal("");
  return refresh().then(() => {
    at("said").textContent = `You now act as ${here.state.me.name}.`;
    return here.tab === "home" && inApp() ? perform("home", {}, "pane") : null;
  });
}

async function openHome() {
  here.tab = "home";
  await refresh();
  await perform("home", {}, "pane");
}

// ---- drawing
/** Between press and release nothing is drawn anew: the button would be another one by then, and the click lost. */
let pressed = false, drawsLater = false;
addEventListener("pointerdown", () => { pressed = true; }, true);
function released() {
  pressed = false;
  setTimeout(() => { if (drawsLater && !pressed) draw(); });
}
addEventListener("pointerup", released, true);
addEventListener("pointercancel", released, true);
// Of the window alone: pressing a button takes the focus from something too.
addEventListener("blur", released);

function draw() {
  drawsLater = pressed;
  if (pressed) return;
  const { state } = here;
  readAs(state.me, state.now);
  know(state, open);
  leaveAs(state.me.id);
  doAs(state.me.id, {
    refresh, complain,
    hasErrors: (id) => here.state.views.some((view) => view.id === id && Object.keys(view.errors).length > 0),
  });
  if (document.visibilityState === "visible") markRead(state.channel);
  remember();
  document.title = `${inApp() ? appName() : state.channel.name} – ${state.workspace.name}`;
  keepingFocus(() => {
    drawSidebar(at("sidebar"), { state, open: here.channel, unread, on: { open: go, become } });
    drawHead();
    drawPane();
  });
  drawFoot();
  setComposer(here.channel, inApp() ? appName() : state.channel.name, state);
  at("composer").hidden = (here.tab === "home" && inApp()) || !state.channel.is_member;
  drawJoin(state.channel);
  drawModals(state.views, state.me.id);
}

function drawJoin(channel) {
  at("join").replaceChildren(...(channel.is_member ? [] : [
    h("p", {}, "You are looking at ", h("b", {}, `#${channel.name}`)),
    h("button", { class: "button primary", type: "button", data: { focus: "join" }, onclick: () => perform("join", { channel: channel.id }, "pane") }, "Join channel"),
  ]));
}

const inApp = () => here.channel === here.state.direct.id;
const appName = () => here.state.users.find((user) => user.id === here.state.app.user).name;
const go = (channel) => open(channel).then(() => at("box").focus());

function drawHead() {
  const { channel } = here.state;
  const tab = (id, name, show) => h("button", { class: "tab", type: "button", role: "tab", "aria-selected": String((here.tab === "home" && inApp() ? "home" : "messages") === id), data: { focus: `tab/${id}` }, onclick: show }, name);
  at("head").replaceChildren(
    h("div", { class: "head-row" },
      h("h1", { class: "head-name" }, inApp() ? appName() : `${channel.is_private ? "🔒 " : "# "}${channel.name}`),
      inApp() ? h("span", { class: "badge" }, "APP") : h("span", { class: "head-note" }, `${channel.members} members${channel.purpose ? ` · ${channel.purpose}` : ""}`), pins(channel), membership(channel)),
    inApp() ? h("div", { class: "tabs", role: "tablist", "aria-label": appName() }, tab("home", "Home", openHome), tab("messages", "Messages", () => open(here.channel))) : "");
}

function pins({ pinned }) {
  if (!pinned.length) return null;
  const label = `${pinned.length} pinned ${pinned.length === 1 ? "message" : "messages"}`;
  return h("button", { class: "button small", type: "button", "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": "false", data: { focus: "pins" }, onclick: (event) => openPinned(event.currentTarget, at("flow"), pinned) }, `📌 ${pinned.length}`);
}

function membership(channel) {
  if (inApp() || !channel.is_member) return null;
  return h("button", { class: "button small", type: "button", data: { focus: "membership" }, onclick: () => perform("leave", { channel: channel.id }, "pane") }, "Leave");
}

function drawPane() {
  const pane = at("pane");
  const home = here.tab === "home" && inApp();
  const place = `${here.user}/${here.channel}/${home}`;
  if (home) drawHome(at("flow"), here.state.home);
  else drawMessages(at("flow"), here.state, { hidden: (ts) => dismissed.has(ts) || Number(ts) < opened, dismiss, notices: noticesHere(), threads });
  pane.setAttribute("aria-label", home ? "Home" : "Messages");
  // What is said to one person alone is the answer to what they just did, wherever they had scrolled to.
  const answered = !home && hearWhispers();
  if (place !== drawnPlace) { stuck = !home; pane.scrollTop = 0; } else if (answered) stuck = true;
  drawnPlace = place;
  toEnd();
}

function hearWhispers() {
  const fresh = here.state.channel.ephemerals.map(({ ts }) => `${here.user}/${ts}`).filter((key) => !whispered.has(key));
  for (const key of fresh) whispered.add(key);
  return fresh.length > 0;
}

function toEnd() {
  if (stuck) at("pane").scrollTop = at("pane").scrollHeight;
}

function dismiss(ts) {
  dismissed.add(ts);
  draw();
}

const noticesHere = () => notices.filter((notice) => notice.channel === here.channel);

function notice(text) {
  const one = { id: Date.now(), channel: here.channel, text };
  one.dismiss = () => { notices = notices.filter((other) => other !== one); draw(); };
  notices.push(one);
  stuck = true;
  draw();
}

function drawFoot() {
  const { state } = here;
  const next = { auto: "light", light: "dark", dark: "auto" };
  const theme = localStorage.getItem("theme") ?? "auto";
  at("foot").replaceChildren(
    h("span", { class: "clock" }, "🕘 ", h("time", {}, whole(state.now, state.workspace.tz)), ` · ${state.workspace.tz.split("/").at(-1).replace("_", " ")}`),
    h("span", { class: "foot-note" }, connected ? "A workspace to try things in. Nobody outside sees it." : "Not connected: the workspace has stopped."),
    h("a", { class: "text-button", href: "/outside/posts", target: "_blank" }, "Posts outside"),
    h("button", { class: "text-button theme", type: "button", data: { focus: "theme" }, "aria-label": `Colours: ${theme}. Change`, onclick: () => { setTheme(next[theme]); keepingFocus(drawFoot); } }, { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[theme]));
}

function setTheme(theme) {
  localStorage.setItem("theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Slack's red line: in the modal when one is open, else above the messages. */
function complain(text, where) {
  if (where === "view" && complainInModal(text)) return;
  const banner = at("banner");
  banner.className = text ? "banner" : "";
  banner.replaceChildren(...(text ? [h("span", {}, text), h("button", { class: "icon-plain", type: "button", "aria-label": "Dismiss", onclick: () => complain("") }, "✕")] : []));
}

// ---- start
async function command(text) {
  const outcome = await perform("command", { channel: here.channel, text }, "none");
  complain("");
  if (outcome.error) notice(outcome.error);
  return true;
}

const say = async (text) => !(await perform("say", { channel: here.channel, text }, "pane")).error;

setTheme(localStorage.getItem("theme") ?? "auto");
makeComposer(at("composer"), { command, say });
arrowKeys(at("flow"));
document.addEventListener("redraw", draw);
refresh().then(() => {
  if (here.tab === "home" && inApp()) perform("home", {}, "pane");
  if (document.activeElement === document.body) at("box").focus();
});
new ResizeObserver(toEnd).observe(at("flow"));
new ResizeObserver(toEnd).observe(at("pane"));
at("pane").addEventListener("scroll", () => { stuck = at("pane").scrollHeight - at("pane").scrollTop - at("pane").clientHeight < 60; });
listen((counter) => { if (counter !== here.state?.counter) refreshSoon(); }, (now) => {
  if (now && !connected) refresh();
  connected = now;
  if (here.state) keepingFocus(drawFoot);
});
setInterval(() => { if (document.visibilityState === "visible") refresh(); }, 15000);
