// A channel's messages.
import { avatar } from "./avatar.js";
import { blockItems } from "./blocks.js";
import { clock, dayKey, dayTitle, whole } from "./dates.js";
import { messageContext, perform } from "./doing.js";
import { h, reconcile } from "./dom.js";
import { glyphOf } from "./emoji.js";
import { pickEmoji } from "./emoji_picker.js";
import { mrkdwnNodes } from "./mrkdwn.js";
import { person, personName } from "./names.js";
import { openMenu } from "./popover.js";

const TOGETHER = 300; // seconds within which one author's messages stand under one name
const QUICK = ["mega", "+1", "raised_hands"];

const byTs = (a, b) => (a.ts < b.ts ? -1 : 1);

/** Everything in reading order: messages, what only this person sees, and the page's own notices. */
export function drawMessages(flow, state, { hidden, dismiss, notices, threads }) {
  const { channel } = state;
  const whispers = channel.ephemerals.filter(({ ts }) => !hidden(ts)).map((one) => ({ ...one, whisper: true }));
  const roots = channel.messages.filter(({ ts, thread_ts: thread }) => !thread || thread === ts || threadLess(channel, thread));
  const all = [...roots, ...whispers].sort(byTs);
  const items = [{ key: "start", sign: JSON.stringify([channel.id, channel.name, channel.purpose]), build: () => beginning(state) }];
  let before = null;
  for (const message of all) {
    if (!before || dayKey(before.ts) !== dayKey(message.ts)) items.push(day(message.ts));
    items.push(item(state, message, before, { dismiss, threads }));
    before = message;
  }
  reconcile(flow, [...items, ...notices.map(noticeItem)]);
  rove(flow);
}

const threadLess = (channel, thread) => !channel.messages.some(({ ts }) => ts === thread);

const day = (ts) => ({ key: `day/${dayKey(ts)}`, sign: dayTitle(ts), build: () => h("div", { class: "day", role: "separator" }, h("span", {}, dayTitle(ts))) });

function beginning({ channel, direct, app }) {
  if (channel.id === direct.id) {
    return h("div", { class: "beginning" }, avatar(person(app.user), 48), h("h2", {}, personName(app.user)), h("p", {}, "This is the beginning of your messages with the app. Only you see them."));
  }
  return h("div", { class: "beginning" }, h("h2", {}, `${channel.is_private ? "🔒 " : "# "}${channel.name}`),
    h("p", {}, channel.purpose ? `${channel.purpose}. ` : "", "This is the very beginning of the channel."));
}

const noticeItem = ({ id, text, dismiss }) => ({
  key: `notice/${id}`, sign: text,
  build: () => h("div", { class: "message whisper" }, h("div", { class: "whisper-note" }, "Only visible to you"),
    h("div", { class: "message-row" }, avatar({ id: "USLACKBOT", name: "Slackbot", is_bot: false }, 36),
      h("div", { class: "message-main" }, h("div", { class: "by" }, h("b", {}, "Slackbot")), h("div", { class: "text" }, mrkdwnNodes(text)),
        h("button", { class: "text-button", type: "button", onclick: dismiss }, "Dismiss message")))),
});

function item(state, message, before, on) {
  const follows = before && !message.whisper && !before.whisper && before.user === message.user && message.ts - before.ts < TOGETHER && dayKey(before.ts) === dayKey(message.ts);
  const replies = state.channel.messages.filter(({ ts, thread_ts: thread }) => thread === message.ts && ts !== message.ts);
  const open = on.threads.has(message.ts);
  return {
    key: message.ts, sign: JSON.stringify([message, follows, replies, open, state.me.id, state.shortcuts, clock(message.ts)]),
    build: () => messageNode(state, message, follows, replies, on),
  };
}

function messageNode(state, message, follows, replies, on) {
  const author = message.username ? { ...person(message.user), name: message.username } : person(message.user);
  const body = h("div", { class: "message-main" },
    message.pinned_to ? h("div", { class: "pin-note" }, "📌 Pinned") : null,
    follows ? null : byline(author, message), content(state, message),
    files(message), message.whisper ? null : reactions(state, message), thread(state, message, replies, on),
    message.whisper ? h("button", { class: "text-button", type: "button", onclick: () => on.dismiss(message.ts) }, "Dismiss message") : null);
  const gutter = follows ? h("time", { class: "gutter-time", title: whole(message.ts) }, clock(message.ts)) : avatar(author, 36);
  return h("article", {
    class: `message${message.whisper ? " whisper" : ""}${follows ? " follows" : ""}`, tabindex: "-1", "aria-label": `${author.name}, ${clock(message.ts)}`, data: { ts: message.ts, focus: `message/${message.ts}` },
  }, message.whisper ? h("div", { class: "whisper-note" }, "👁 Only visible to you") : null,
  h("div", { class: "message-row" }, h("div", { class: "gutter" }, gutter), body), message.whisper ? null : toolbar(state, message));
}

function byline(author, message) {
  return h("div", { class: "by" }, h("b", { class: "author" }, author.name), author.is_bot || message.bot_id ? h("span", { class: "badge" }, "APP") : null,
    h("time", { class: "time", title: whole(message.ts) }, clock(message.ts)));
}

function content(state, message) {
  const edited = message.edited ? h("span", { class: "edited", title: whole(message.edited.ts) }, " (edited)") : null;
  if (!message.blocks?.length) return h("div", { class: "text" }, message.mrkdwn === false ? message.text : mrkdwnNodes(message.text), edited);
  const holder = holderOf(`${state.me.id}/${state.channel.id}`, message.ts);
  reconcile(holder, blockItems(messageContext(state.channel.id, message), message.blocks));
  return [holder, edited];
}

// Blocks outlive a redraw of their message (a reaction, say): pictures do not flicker, tables keep their page.
let holders = new Map();
let holdersOf = "";

function holderOf(place, ts) {
  if (place !== holdersOf) holders = new Map();
  holdersOf = place;
  if (!holders.has(ts)) holders.set(ts, h("div", { class: "blocks" }));
  return holders.get(ts);
}

const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes > 1e3 ? `${Math.round(bytes / 1e3)} kB` : `${bytes} bytes`);

function files(message) {
  if (!message.files?.length) return null;
  return h("div", { class: "files" }, message.files.map((file) => {
    const href = `/page/file/${encodeURIComponent(file.id)}`;
    if (file.mimetype?.startsWith("image/")) return h("img", { class: "image-big", src: href, alt: file.alt_txt ?? file.title ?? file.name });
    return h("a", { class: "file-card", href, download: file.name, "aria-label": `Download ${file.name}` },
      h("span", { class: "file-icon", "aria-hidden": "true" }, "📄"), h("span", {}, h("b", {}, file.title || file.name), h("span", { class: "file-note" }, [file.pretty_type ?? file.filetype?.toUpperCase() ?? "File", file.size ? size(file.size) : ""].filter(Boolean).join(" · "))),
      h("span", { class: "file-get", "aria-hidden": "true" }, "⬇"));
  }));
}

function toggleReaction(state, message, name) {
  const mine = (message.reactions ?? []).some((one) => one.name === name && one.users.includes(state.me.id));
  return perform(mine ? "unreact" : "react", { channel: state.channel.id, ts: message.ts, emoji: name }, "pane");
}

function reactions(state, message) {
  if (!message.reactions?.length) return null;
  const pill = ({ name, users }) => {
    const mine = users.includes(state.me.id);
    const who = users.map((id) => (id === state.me.id ? "you" : personName(id)));
    const told = `${who.slice(0, 12).join(", ")}${who.length > 12 ? ` and ${who.length - 12} others` : ""} reacted with :${name}:`;
    return h("button", {
      class: mine ? "pill mine" : "pill", type: "button", title: told, "aria-label": `${users.length} ${name}, ${told}`, "aria-pressed": String(mine),
      data: { focus: `reaction/${message.ts}/${name}`, emoji: name }, onclick: () => toggleReaction(state, message, name),
    }, h("span", { class: "emoji" }, glyphOf(name) ?? `:${name}:`), h("span", { class: "pill-count" }, users.length));
  };
  return h("div", { class: "pills" }, message.reactions.map(pill), h("button", {
    class: "pill add", type: "button", "aria-label": "Add reaction", data: { focus: `add/${message.ts}` },
    onclick: (event) => pickEmoji(event.currentTarget, (name) => react(state, message, name)),
  }, "☺+"));
}

function react(state, message, name) {
  const mine = (message.reactions ?? []).some((one) => one.name === name && one.users.includes(state.me.id));
  return mine ? null : perform("react", { channel: state.channel.id, ts: message.ts, emoji: name }, "pane");
}

function toolbar(state, message) {
  const quick = QUICK.map((name) => h("button", { type: "button", "aria-label": `React with ${name}`, title: `:${name}:`, data: { focus: `quick/${message.ts}/${name}` }, onclick: () => toggleReaction(state, message, name) }, glyphOf(name)));
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" }, quick,
    h("button", { type: "button", "aria-label": "Find another reaction", data: { focus: `find/${message.ts}` }, onclick: (event) => pickEmoji(event.currentTarget, (name) => react(state, message, name)) }, "☺"),
    h("button", { type: "button", "aria-label": "More message actions", "aria-haspopup": "menu", "aria-expanded": "false", data: { focus: `more/${message.ts}` }, onclick: (event) => openMenu(event.currentTarget, menu(state, message), "Message actions") }, "⋮"));
}

function menu(state, message) {
  const own = state.shortcuts.map(({ name, callback_id: callback, description }) => ({
    label: name, note: description, act: () => perform("shortcut", { channel: state.channel.id, ts: message.ts, callback_id: callback }, "pane"),
  }));
  return [...own, { label: "Copy text", act: () => navigator.clipboard?.writeText(message.text ?? "") }];
}

function thread(state, message, replies, { threads }) {
  if (!replies.length) return null;
  const open = threads.has(message.ts);
  const toggle = () => { if (!threads.delete(message.ts)) threads.add(message.ts); document.dispatchEvent(new Event("redraw")); };
  return h("div", { class: "thread" }, h("button", { class: "text-button", type: "button", "aria-expanded": String(open), data: { focus: `thread/${message.ts}` }, onclick: toggle }, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`),
    open ? h("div", { class: "replies" }, replies.map((reply) => messageNode(state, reply, false, [], { threads }))) : null);
}

/** The messages that stand pinned, in a menu: choosing one goes there. */
export function openPinned(anchor, flow, pinned) {
  openMenu(anchor, pinned.map(({ ts, text }) => ({ label: text.length > 60 ? `${text.slice(0, 60)}…` : text || "A message", note: whole(ts), act: () => goTo(flow, ts) })), "Pinned messages");
}

function goTo(flow, ts) {
  const node = flow.querySelector(`article[data-ts="${ts}"]`);
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}

/** One message at a time is in the tab order; the arrows move between them, Tab goes into its buttons. */
function rove(flow) {
  const all = [...flow.querySelectorAll("article.message")];
  const now = all.includes(document.activeElement) ? document.activeElement : all.at(-1);
  for (const one of all) one.tabIndex = one === now ? 0 : -1;
}

export function arrowKeys(flow) {
  flow.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("article.message")) return;
    event.preventDefault();
    const all = [...flow.querySelectorAll("article.message")];
    const next = all[all.indexOf(event.target) + step];
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
