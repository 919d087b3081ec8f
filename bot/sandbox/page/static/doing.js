// What the person acted does with a surface (a message, a modal, the Home tab), in the order Slack's client does it.
import { act, TROUBLE, upload } from "./api.js";
import { dropDraft, draftsOf } from "./values.js";

let user = "";
let refresh = async () => {};
let complain = () => {};
let hasErrors = () => false;

export function doAs(someone, hooks) {
  user = someone;
  ({ refresh, complain, hasErrors } = hooks);
}

/** Do it, look at the workspace again, and say so when it went wrong. */
export async function perform(name, args, where) {
  const outcome = await act({ user, act: name, ...args });
  await refresh();
  const failed = outcome.error || (outcome.acked ? "" : TROUBLE);
  complain(name === "submit" && hasErrors(args.view_id) ? "" : failed, where);
  return outcome;
}

/** Tell the workspace what was typed here and not yet told (no action: only Enter or a choice is); → what it refuses, by block. */
async function flush(surface) {
  const refused = {};
  for (const draft of draftsOf(surface)) {
    const outcome = await act({ user, act: "type", view_id: surface, block_id: draft.block, value: draft.held });
    if (outcome.error) refused[draft.block] = outcome.error;
    else dropDraft(surface, draft);
  }
  return refused;
}

export function viewContext(view, extra = {}) {
  const surface = view.id;
  return {
    surface, state: view.state.values, errors: view.errors, ...extra,
    press: async (block, element, told) => {
      await flush(surface);
      return perform("press", { action_id: element.action_id, block_id: block.block_id, view_id: view.id, ...told }, "view");
    },
    fill: async (block, element, held) => {
      const outcome = await perform("fill", { view_id: view.id, block_id: block.block_id, value: held }, "view");
      if (!outcome.error) dropDraft(surface, { block: block.block_id, action: element.action_id, held });
      return outcome;
    },
    upload: (file) => upload(user, file),
    flush: () => flush(surface),
  };
}

export function messageContext(channel, message) {
  return {
    surface: `${channel}/${message.ts}`, state: message.state, errors: {},
    press: (block, element, told) =>
      perform("press", { action_id: element.action_id, block_id: block.block_id, channel, ts: message.ts, ...told }, "pane"),
    fill: (block, element, held) =>
      perform("press", { action_id: element.action_id, block_id: block.block_id, channel, ts: message.ts, value: held }, "pane"),
    upload: (file) => upload(user, file),
  };
}
