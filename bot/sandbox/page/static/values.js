// What an element holds, in one plain form: text, an id, a list of ids, or seconds.

const value = (option) => option?.value;
const READ = {
  static_select: (s) => value(s.selected_option) ?? null,
  external_select: (s) => value(s.selected_option) ?? null,
  radio_buttons: (s) => value(s.selected_option) ?? null,
  multi_static_select: (s) => (s.selected_options ?? []).map(value),
  multi_external_select: (s) => (s.selected_options ?? []).map(value),
  checkboxes: (s) => (s.selected_options ?? []).map(value),
  users_select: (s) => s.selected_user ?? null,
  multi_users_select: (s) => s.selected_users ?? [],
  channels_select: (s) => s.selected_channel ?? null,
  multi_channels_select: (s) => s.selected_channels ?? [],
  conversations_select: (s) => s.selected_conversation ?? null,
  multi_conversations_select: (s) => s.selected_conversations ?? [],
  datepicker: (s) => s.selected_date ?? "",
  timepicker: (s) => s.selected_time ?? "",
  datetimepicker: (s) => s.selected_date_time ?? null,
  file_input: (s) => s.files ?? [],
  rich_text_input: () => "",
};

export const valueOf = (type, state) => (READ[type] ?? ((s) => s.value ?? ""))(state ?? {});

export const isEmpty = (held) => held === null || held === undefined || held === "" || (Array.isArray(held) && !held.length);

/** What a person typed and the workspace has not been told yet. Keys: surface / block_id / action_id. */
const drafts = new Map();
const keyOf = (...parts) => parts.join("\u0000");

export const draftOf = (surface, block, action) => drafts.get(keyOf(surface, block, action));
export const keepDraft = (surface, block, action, held) => drafts.set(keyOf(surface, block, action), { block, action, held });

/** Take this draft away once told, unless something newer was typed meanwhile. */
export function dropDraft(surface, { block, action, held }) {
  const key = keyOf(surface, block, action);
  if (drafts.get(key)?.held === held) drafts.delete(key);
}

export const draftsOf = (surface) =>
  [...drafts].filter(([key]) => key.startsWith(surface + "\u0000")).map(([, draft]) => draft);

export function forgetSurface(surface) {
  for (const key of [...drafts.keys()]) if (key.startsWith(surface + "\u0000")) drafts.delete(key);
}

// ---- what Slack's own client refuses before it sends
const PATTERNS = {
  email_text_input: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Please enter a valid email address."],
  url_text_input: [/^[a-z][a-z0-9+.-]*:\/\/\S+$/i, "Please enter a valid URL."],
};

function numberProblem(element, text) {
  const number = Number(text);
  if (Number.isNaN(number)) return "Please enter a valid number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Must be ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Must be ${element.max_value} or less.`;
  return null;
}

/** The sentence to show at a field, or null when it may go. */
export function problemWith(block, held) {
  const element = block.element;
  if (isEmpty(held)) return block.optional ? null : "Please complete this required field.";
  if (element.min_length && held.length < element.min_length) return `Must be at least ${element.min_length} characters.`;
  if (element.max_length && held.length > element.max_length) return `Must be less than ${element.max_length + 1} characters.`;
  if (element.type === "number_input") return numberProblem(element, held);
  const [pattern, sentence] = PATTERNS[element.type] ?? [];
  return pattern && !pattern.test(held) ? sentence : null;
}
