// Leaving Slack: what a button or a mail link leads to is played by the sandbox, in a tab of its own.
let user = "";

export function leaveAs(someone) {
  user = someone;
}

/** Where this address is played. */
export const outward = (url) => `/outside?${new URLSearchParams({ user, url })}`;

/** Whether a link in a text leads to a share page: by mail, or by way of the app's own public address. */
export function isPlayed(url) {
  const { protocol, hostname, origin } = new URL(url);
  return protocol === "mailto:" || (origin !== location.origin && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}
