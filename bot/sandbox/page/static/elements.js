// Buttons, menus and inputs. A control reads what was typed but not yet told, else what the workspace holds.
import { avatar } from "./avatar.js";
import { openChooser } from "./chooser.js";
import { agreed, textNodes } from "./confirm.js";
import { fromLocalInput, toLocalInput } from "./dates.js";
import { h, newId } from "./dom.js";
import { outward } from "./leaving.js";
import { safeUrl } from "./links.js";
import { everyChannel, everyone, isForMe, personName } from "./names.js";
import { openMenu } from "./popover.js";
import { draftOf, keepDraft, valueOf } from "./values.js";

const DRAWN = {};
const focusKey = (ctx, block, element) => `${ctx.surface}/${block.block_id}/${element.action_id}`;

export function held(ctx, block, element) {
  const draft = draftOf(ctx.surface, block.block_id, element.action_id);
  return draft ? draft.held : valueOf(element.type, ctx.state?.[block.block_id]?.[element.action_id] ?? initial(element));
}

/** Where no state is kept yet (an untouched message), the initial value is what the element shows. */
function initial(e) {
  return {
    value: e.initial_value, selected_option: e.initial_option, selected_options: e.initial_options, selected_date: e.initial_date,
    selected_time: e.initial_time, selected_date_time: e.initial_date_time, selected_user: e.initial_user, selected_users: e.initial_users,
    selected_channel: e.initial_channel, selected_channels: e.initial_channels, selected_conversation: e.initial_conversation,
    selected_conversations: e.initial_conversations,
  };
}

/** Draw any element; `field` carries {id, describedby, required, invalid} inside an input block. */
export function elementNode(ctx, block, element, field = {}) {
  if (!isForMe(element)) return null;
  const draw = DRAWN[element.type];
  return draw ? draw(ctx, block, element, field) : h("span", { class: "unknown" }, `[${element.type}]`);
}

const aria = (field, element) => ({
  id: field.id, "aria-describedby": field.describedby, "aria-required": field.required ? "true" : null,
  "aria-invalid": field.invalid ? "true" : null, "aria-label": field.id ? null : element.accessibility_label ?? element.placeholder?.text ?? null,
});

// ---- buttons and menus
DRAWN.button = (ctx, block, element) => {
  const style = { primary: "button primary", danger: "button danger" }[element.style] ?? "button";
  const props = { class: style, "aria-label": element.accessibility_label, data: { focus: focusKey(ctx, block, element), action: element.action_id } };
  const press = (event) => pressed(event, ctx, block, element);
  const href = element.url && safeUrl(element.url);
  if (href) return h("a", { ...props, href: outward(href), target: "_blank", rel: "noreferrer noopener", role: "button", onclick: press }, textNodes(element.text));
  return h("button", { ...props, type: "button", onclick: press }, textNodes(element.text));
};

async function pressed(event, ctx, block, element) {
  const node = event.currentTarget;
  if (element.confirm && element.url) event.preventDefault();
  if (!(await agreed(element.confirm))) return;
  if (element.confirm && element.url) open(outward(element.url), "_blank", "noreferrer");
  node.classList.add("busy");
  await ctx.press(block, element, { value: element.value });
  node.classList.remove("busy");
}

DRAWN.icon_button = (ctx, block, element) => DRAWN.button(ctx, block, { ...element, text: element.text ?? { text: "🗑" } });

DRAWN.overflow = (ctx, block, element) => h("button", {
  class: "button icon-button", type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": element.accessibility_label ?? "More actions",
  data: { focus: focusKey(ctx, block, element), action: element.action_id },
  onclick: (event) => openMenu(event.currentTarget, element.options.map((option) => ({
    label: textNodes(option.text), note: option.description?.text,
    act: async () => {
      if (!(await agreed(element.confirm))) return;
      if (safeUrl(option.url)) open(outward(option.url), "_blank", "noreferrer");
      await ctx.press(block, element, { option: option.value });
    },
  })), "More actions"),
}, "⋯");

// ---- selects
const optionEntry = (option) => ({ value: option.value, label: option.text.text, note: option.description?.text });

function optionGroups(element) {
  if (element.option_groups) return element.option_groups.map(({ label, options }) => ({ title: label.text, entries: options.map(optionEntry) }));
  return [{ entries: (element.options ?? []).map(optionEntry) }];
}

const userGroups = () => [{
  entries: everyone().filter((user) => !user.deleted && !user.is_bot).map((user) => ({ value: user.id, label: user.name, note: user.title, icon: avatar(user, 20) })),
}];

const channelGroups = () => [{ entries: everyChannel().map(({ id, name, is_private: hidden }) => ({ value: id, label: `${hidden ? "🔒 " : "# "}${name}` })) }];

const conversationGroups = () => [...channelGroups(), ...userGroups()];
const KINDS = { static: optionGroups, external: optionGroups, users: userGroups, channels: channelGroups, conversations: conversationGroups };

function select(ctx, block, element, field) {
  const [, multi, kind] = /^(multi_)?(\w+)_select$/.exec(element.type);
  const groups = KINDS[kind](element);
  const labels = new Map(groups.flatMap(({ entries }) => entries.map(({ value, label }) => [value, label])));
  let now = held(ctx, block, element);
  const face = h("span", { class: "select-face" });
  const draw = () => {
    face.replaceChildren(...faceNodes(multi ? now : now === null ? [] : [now], labels, element, multi));
    if (clear) clear.hidden = now === null;
  };
  const tell = async (before) => {
    if (element.confirm && !(await agreed(element.confirm))) { now = before; draw(); return; }
    await changed(ctx, block, element, now);
  };
  const onChoose = (value) => {
    const before = now;
    now = multi ? toggled(now, value, element.max_selected_items) : value;
    draw();
    tell(before);
  };
  const clear = multi || !block.optional ? null : h("button", {
    class: "select-clear", type: "button", "aria-label": "Clear", onclick: () => { now = null; draw(); changed(ctx, block, element, null); },
  }, "×");
  draw();
  return h("span", { class: "select-wrap" }, h("button", {
    class: multi ? "select multi" : "select", type: "button", "aria-haspopup": "listbox", "aria-expanded": "false",
    ...aria(field, element), "aria-labelledby": field.labelledby ? `${field.labelledby} ${(face.id = newId("face"))}` : null,
    data: { focus: focusKey(ctx, block, element), action: element.action_id },
    onclick: (event) => openChooser(event.currentTarget, {
      groups, selected: [now].flat(), many: Boolean(multi), label: element.placeholder?.text ?? block.label?.text ?? "Choose", onChoose,
    }),
  }, face), clear);
}

const toggled = (list, value, most) =>
  list.includes(value) ? list.filter((one) => one !== value) : list.length >= (most ?? Infinity) ? list : [...list, value];

function faceNodes(values, labels, element, multi) {
  const kind = element.type.replace("multi_", "");
  const nameOf = (value) => labels.get(value) ?? (kind === "users_select" ? personName(value) : String(value));
  if (!values.length) return [h("span", { class: "placeholder" }, element.placeholder?.text ?? (multi ? "Select options" : "Select an option"))];
  return values.map((value) => h("span", { class: multi ? "tag" : "" }, nameOf(value)));
}

for (const kind of Object.keys(KINDS)) {
  DRAWN[`${kind}_select`] = select;
  DRAWN[`multi_${kind}_select`] = select;
}

/** Something was chosen. In an input block it is filled in; elsewhere it is an action of its own. */
async function changed(ctx, block, element, now) {
  if (block.type === "input") {
    keepDraft(ctx.surface, block.block_id, element.action_id, now);
    return ctx.fill(block, element, now);
  }
  return ctx.press(block, element, { option: now });
}

// ---- ticks and dots
function ticks(type) {
  return (ctx, block, element, field) => {
    const many = type === "checkbox";
    const name = newId("choice");
    const box = h("div", { class: "choices", role: many ? "group" : "radiogroup", ...aria(field, element), "aria-labelledby": field.labelledby });
    const onchange = () => {
      const picked = [...box.querySelectorAll("input:checked")].map((input) => input.value);
      changed(ctx, block, element, many ? picked : picked[0]);
    };
    const now = held(ctx, block, element);
    box.append(...element.options.map((option, index) => h("label", { class: "choice" },
      h("input", {
        type, name, value: option.value, onchange, checked: many ? now.includes(option.value) : now === option.value,
        data: { focus: `${focusKey(ctx, block, element)}/${index}`, action: element.action_id },
      }),
      h("span", { class: "choice-text" }, h("span", {}, textNodes(option.text)), option.description ? h("span", { class: "choice-note" }, textNodes(option.description)) : null))));
    return box;
  };
}
DRAWN.checkboxes = ticks("checkbox");
DRAWN.radio_buttons = ticks("radio");

// ---- dates and times
function picker(type, read = (text) => text, show = (value) => value ?? "") {
  return (ctx, block, element, field) => h("input", {
    class: "input date", type, value: show(held(ctx, block, element)), ...aria(field, element),
    data: { focus: focusKey(ctx, block, element), action: element.action_id },
    onchange: async (event) => {
      const now = read(event.currentTarget.value) || null;
      if (block.type === "input" || (now && (await agreed(element.confirm)))) await changed(ctx, block, element, now);
    },
  });
}
DRAWN.datepicker = picker("date");
DRAWN.timepicker = picker("time");
DRAWN.datetimepicker = picker("datetime-local", fromLocalInput, (seconds) => (seconds ? toLocalInput(seconds) : ""));

// ---- text
const wants = (block, element, trigger) =>
  block.dispatch_action && (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(trigger);

function textField(ctx, block, element, field) {
  const tag = element.multiline ? "textarea" : "input";
  const type = { email_text_input: "email", url_text_input: "url" }[element.type] ?? "text";
  const left = element.max_length ? h("span", { class: "countdown", "aria-hidden": "true" }) : null;
  const node = h(tag, {
    class: "input", ...aria(field, element), placeholder: element.placeholder?.text, spellcheck: "false", autocomplete: "off",
    ...(element.multiline ? { rows: 4 } : { type, inputmode: element.type === "number_input" ? "decimal" : null }),
    data: { focus: focusKey(ctx, block, element), action: element.action_id },
  });
  node.value = held(ctx, block, element) ?? "";
  const count = () => { if (left) showLeft(left, element.max_length - node.value.length, element.max_length); };
  node.addEventListener("input", () => {
    keepDraft(ctx.surface, block.block_id, element.action_id, node.value);
    count();
    if (wants(block, element, "on_character_entered")) ctx.fill(block, element, node.value);
  });
  node.addEventListener("keydown", (event) => enter(event, ctx, block, element, node));
  count();
  return h("span", { class: "text-wrap" }, node, left);
}

function showLeft(node, left, most) {
  node.textContent = left;
  node.classList.toggle("over", left < 0);
  node.hidden = left > Math.max(20, most * 0.25) && left > 50;
}

function enter(event, ctx, block, element, node) {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return;
  if (wants(block, element, "on_enter_pressed")) {
    event.preventDefault();
    event.stopPropagation();
    keepDraft(ctx.surface, block.block_id, element.action_id, node.value);
    ctx.fill(block, element, node.value);
  } else if (!element.multiline) {
    event.preventDefault();
    ctx.submit?.();
  }
}
for (const type of ["plain_text_input", "email_text_input", "url_text_input", "number_input"]) DRAWN[type] = textField;

// ---- files
DRAWN.file_input = (ctx, block, element, field) => {
  const most = element.max_files ?? 10;
  const tags = (files) => files.map((file) => h("span", { class: "tag" }, file.name ?? file.id ?? file));
  const names = h("span", { class: "file-names" }, tags(held(ctx, block, element)));
  const input = h("input", {
    class: "visually-hidden", type: "file", multiple: most > 1, accept: element.filetypes?.map((one) => `.${one}`).join(","), ...aria(field, element),
    data: { focus: focusKey(ctx, block, element), action: element.action_id },
    onchange: async () => {
      const files = (await Promise.all([...input.files].slice(0, most).map(ctx.upload))).filter(Boolean);
      names.replaceChildren(...tags(files));
      await changed(ctx, block, element, files);
    },
  });
  return h("label", { class: "file-drop" }, input, h("span", { class: "button", "aria-hidden": "true" }, "Choose a file"), names);
};
