// The page's only talk with the sandbox.

export const TROUBLE = "We had some trouble connecting. Try again?";

export async function fetchState(user, channel) {
  const answer = await fetch(`/page/state?${new URLSearchParams({ user, channel })}`);
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

/** → {acked, error, payload, url}. A sandbox that does not answer counts as an act nobody heard. */
export async function act(body) {
  try {
    const answer = await fetch("/page/act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return await answer.json();
  } catch {
    return { acked: false, error: TROUBLE, payload: null, url: null };
  }
}

/** Send one file; → its {id, name}, or null. */
export async function upload(user, file) {
  const answer = await fetch(`/page/upload?${new URLSearchParams({ user, name: file.name })}`, {
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
  }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** onchange(counter) for each change; online(true | false) when the stream comes or goes. */
export function listen(onchange, online) {
  const events = new EventSource("/page/events");
  events.addEventListener("open", () => online(true));
  events.addEventListener("error", () => online(false));
  events.addEventListener("changed", (event) => onchange(Number(event.data)));
  addEventListener("pagehide", () => events.close());
}
