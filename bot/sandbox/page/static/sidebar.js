import { avatar } from "./avatar.js";
import { openChooser } from "./chooser.js";
import { h } from "./dom.js";

const ROLES = { admin: "admin", editor: "comms editor", guest: "guest" };
const ORDER = [["Comms editors", "editor"], ["Admins", "admin"], ["Staff", ""], ["Guests", "guest"], ["From another organisation", "stranger"]];

const note = (user) => [user.title || ROLES[user.role], user.locale.slice(0, 2).toUpperCase(), user.tz.split("/").at(-1).replace("_", " ")].filter(Boolean).join(" · ");

function actAsGroups(users) {
  const entry = (user) => ({ value: user.id, label: user.name, note: note(user), icon: avatar(user, 20) });
  return ORDER.map(([title, role]) => ({ title, entries: users.filter((user) => user.role === role && !user.is_bot).map(entry) })).filter(({ entries }) => entries.length);
}

export function actAs(anchor, state, onChoose) {
  openChooser(anchor, { groups: actAsGroups(state.users), selected: [state.me.id], label: "Act as", placeholder: "Search everyone", onChoose });
}

export function drawSidebar(node, { state, open, unread, on }) {
  const { me } = state;
  const row = (channel, icon, name, dot) => h("li", {}, h("button", {
    class: `channel${open === channel.id ? " open" : ""}${dot ? " unread" : ""}`, type: "button", "aria-current": open === channel.id ? "page" : null,
    data: { focus: `channel/${channel.id}`, channel: channel.id }, onclick: () => on.open(channel.id),
  }, icon, h("span", { class: "channel-name" }, name), dot ? h("span", { class: "dot", role: "img", "aria-label": "unread" }) : null));
  const app = state.users.find((user) => user.id === state.app.user);
  node.replaceChildren(
    h("div", { class: "workspace-name" }, state.workspace.name),
    h("button", {
      class: "act-as", type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": `Act as: ${me.name}. Choose somebody else`,
      data: { focus: "act-as" }, onclick: (event) => actAs(event.currentTarget, state, on.become),
    }, avatar(me, 28), h("span", { class: "act-as-text" }, h("span", { class: "act-as-label" }, "Act as"), h("span", { class: "act-as-name" }, me.name), h("span", { class: "act-as-role" }, note(me))), h("span", { "aria-hidden": "true" }, "▾")),
    h("h2", { class: "side-title" }, "Channels"),
    h("ul", { class: "channels" }, state.all_channels.map((channel) =>
      row(channel, h("span", { class: "hash", "aria-hidden": "true" }, channel.is_private ? "🔒" : "#"), channel.name, unread(channel)))),
    h("h2", { class: "side-title" }, "Apps"),
    h("ul", { class: "channels" }, row(state.direct, avatar(app, 20), app.name, unread(state.direct))));
}
