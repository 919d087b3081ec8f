"""The text of docs/sandbox.md."""

from bot.sandbox.web_api import methods
from bot.sandbox.web_api.call import Method
from bot.sandbox.web_api.limits import PER_MINUTE

HEAD = """# The sandbox

A local stand-in for a Slack workspace, spoken to over real HTTP and WebSocket by the unmodified bot. It refuses what
Slack refuses, with Slack's own error strings. `python -m bot.sandbox --port 8090 --people 40 --seed 1` starts it and
prints the address and the tokens; give them to the bot as `SLACK_API_URL`, `SLACK_BOT_TOKEN` and `SLACK_APP_TOKEN`.

## Methods

This table is made by `python -m bot.sandbox --methods`.

| method | scope | tier | a minute |
|---|---|---|---|
"""
TAIL = """
Besides the tiers, a channel takes one message a second from `chat.postMessage`. Both count by the workspace's clock;
over them the answer is 429 with `Retry-After`, counted in `sandbox.web_api.limits.too_many`. `workspace.limits = False`
switches them off. With `workspace.post_limits = PostLimits(a_minute=300, burst=4)` the whole workspace takes so many
messages a minute ("several hundred", Slack says), and a channel a few at once. `workspace.heard()` says when each
person got direct messages.

`workspace.charts = False` is a workspace to which `data_visualization` has not come: `invalid_blocks`. A file in a
block is `invalid_blocks` until it has been scanned, which takes `workspace.scan_seconds` (none). `workspace.paid`,
`workspace.uploads_refused` and `workspace.images` say no to user groups, files and pictures.

## Faults

`sandbox.faults` in tests of the same process, or as JSON from another one:

    POST /sandbox/faults {"do": "answer", "method": "chat.postMessage", "kind": "lost_reply", "times": 1}

| do | what happens |
|---|---|
| `answer` (method, kind, times, retry_after, done) | the next calls of a method go wrong, by `kind` (below) |
| `drop_sockets` | all sockets are cut |
| `refresh_sockets` | all connections are asked to reconnect |
| `refuse_sockets` (refuse) | new sockets are turned away |
| `deliver_twice` (times) | events are sent twice |
| `reorder` (times) | an event is sent after the next one |
| `delay_events` (seconds) | events leave late |
| `clear` | everything works again |

Kinds of answer: `rate_limited` is 429, `server_error` 500, `unavailable` 503; with status 200 there are `html` (a web
page), `empty` (nothing), `cut_short` (half of the JSON) and `not_an_object` (JSON of another kind). None of these does
the work, unless with `done`. `timeout` does the work and holds the reply, `lost_reply` does it and drops the
connection. The method can be `*`, or `response_url`. A `retry_after` in text goes into the header as it is; `none`
leaves the header out.

## The world outside

A button with an address opens a page of the sandbox in a tab beside it. The address is asked as that person's browser
would ask it (an agent and an address of their own, in `X-Forwarded-For`), redirects are followed by hand, and where a
network's share page is reached, the sandbox shows what arrived there: text, link, title. *Post it* keeps the post under
`/outside/posts`; *Follow the link as…* asks for the link as a phone, a laptop, LinkedIn's crawler, Slack's unfurler, a
colleague in the office or whoever posted it, and shows what was answered. Only addresses of this machine are ever
asked. A bot that counts readers here wants `PASSALONG_FORWARDED_ALLOW_IPS=127.0.0.1` and
`PASSALONG_OFFICE_NETWORKS=203.0.113.0/24`.

By code: `sandbox.acts.goes_to(user, address)` is where somebody comes to from a button,
`sandbox.acts.follow(link, agent, address)` what somebody outside is answered, `sandbox.outside.posts` what was posted.

## Where it differs from Slack

- Socket addresses can be opened 50 times a minute; Slack's own sources disagree (1 or 50).
- `too_many_emoji` and `too_many_reactions` come at 50 and 23; Slack does not publish the numbers.
- `too_many_pins` comes at 100 in a conversation; Slack does not publish the number.
- Metadata over 16,384 characters is too large; Slack does not publish the number.
- Where Slack's documents disagree on a block, the stricter reading holds: `alert` in modals only, a `data_table` of 101
  rows, a chart of 6 series.
- Pictures are fetched from loopback addresses only; elsewhere an https address that ends in png, jpg, jpeg or gif is
  taken for a picture, and `workspace.images` says otherwise address by address.
- Replies to `response_url` are not limited to one a second, and message `text` keeps its Unicode emoji.
"""


def methods_document() -> str:
    """The whole document, with the table of all methods."""
    return HEAD + "".join(map(_row, methods().values())) + TAIL


def _row(method: Method) -> str:
    scope = " or ".join(f"`{scope}`" for scope in method.scope) or "none"
    return f"| `{method.name}` | {scope} | {method.tier} | {PER_MINUTE[method.tier]} |\n"
