// Who and what an id stands for, as the person acted sees it.
import { h } from "./dom.js";

let people = new Map();
let channels = new Map();
let groups = new Map();
let me = "";
let go = () => {};

export function know(state, goTo) {
  people = new Map(state.users.map((user) => [user.id, user]));
  channels = new Map(state.all_channels.map((channel) => [channel.id, channel]));
  groups = new Map((state.groups ?? []).map((group) => [group.id, group]));
  me = state.me.id;
  go = goTo;
}

/** Buttons may be meant for some people only. */
export const isForMe = ({ visible_to_user_ids: only }) => !only?.length || only.includes(me);

export const person = (id) => people.get(id) ?? { id, name: id, title: "" };
export const personName = (id) => person(id).name;
export const everyone = () => [...people.values()];
export const everyChannel = () => [...channels.values()];

export function userNode(id) {
  return h("span", { class: id === me ? "mention mention-me" : "mention" }, `@${personName(id)}`);
}

export function channelNode(id, label) {
  const channel = channels.get(id);
  if (!channel) return h("span", { class: "mention" }, `#${label || "private-channel"}`);
  return h("button", { class: "mention mention-channel", type: "button", onclick: () => go(id) }, `#${channel.name}`);
}

export const groupNode = (id, label) =>
  h("span", { class: "mention" }, label || `@${groups.get(id)?.handle ?? id}`);

export const broadcastNode = (range) => h("span", { class: "mention mention-me" }, `@${range}`);
