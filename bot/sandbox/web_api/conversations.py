"""conversations.* and users.conversations."""

from bot.sandbox.events import plain_message
from bot.sandbox.state import Channel, Json
from bot.sandbox.web_api.call import Call, Method, Refusal, page
from bot.sandbox.web_api.direct import direct_with
from bot.sandbox.workspace import HISTORY_SCOPE, READ_SCOPE

KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def channel_json(call: Call, channel: Channel) -> Json:
    """A conversation as conversations.info shows it."""
    w = call.workspace
    member = w.bot_user in channel.members
    common = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": w.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        return {**common, "user": channel.person, "is_user_deleted": w.people[channel.person].deleted}
    return {
        **common,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_mpim": False,
        "is_private": channel.kind == "group",
        "is_general": channel.name == "general",
        "is_member": member,
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_pending_ext_shared": False,
        "creator": channel.creator,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created},
        "previous_names": list[str](),
        "num_members": len(channel.members),
    }


def info(call: Call) -> Json:
    channel = call.read_channel()
    shown = channel_json(call, channel)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(call: Call) -> Json:
    channel = call.read_channel()
    found, metadata = page(channel.members, call, 100, 1000)
    return {"members": found, "response_metadata": metadata}


def _listed(call: Call, channels: list[Channel]) -> Json:
    kinds = [KINDS.get(name.strip()) for name in (call.text("types") or "public_channel").split(",")]
    if None in kinds:
        raise Refusal("invalid_types")
    for kind in kinds:
        call.need(READ_SCOPE.get(str(kind), "mpim:read"))
    wanted = [c for c in channels if c.kind in kinds and not (call.flag("exclude_archived") and c.archived)]
    found, metadata = page(wanted, call, 100, 999)
    return {"channels": [channel_json(call, c) for c in found], "response_metadata": metadata}


def list_all(call: Call) -> Json:
    visible = [c for c in call.workspace.channels.values() if c.kind == "channel" or call.is_member(c)]
    return _listed(call, visible)


def of_user(call: Call) -> Json:
    user = call.text("user") or call.workspace.bot_user
    if user not in call.workspace.people:
        raise Refusal("user_not_found")
    mine = [
        c for c in call.workspace.channels.values() if user in c.members and (c.kind == "channel" or call.is_member(c))
    ]
    return _listed(call, mine)


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need(HISTORY_SCOPE[channel.kind])
    if not call.is_member(channel):
        raise Refusal("not_in_channel")
    return channel


def _shown(call: Call, message: Json) -> Json:
    return message if call.flag("include_all_metadata") else plain_message(message)


def _between(call: Call, ts: str) -> bool:
    oldest, latest, inclusive = call.text("oldest", "0"), call.text("latest"), call.flag("inclusive")
    low, high, at = _ts(oldest, "oldest"), _ts(latest or "9999999999", "latest"), float(ts)
    return low <= at <= high if inclusive else low < at < high


def _ts(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def history(call: Call) -> Json:
    channel = _readable(call)
    top = [m for m in channel.messages.values() if m.get("thread_ts", m["ts"]) == m["ts"]]
    wanted = [m for m in reversed(top) if _between(call, m["ts"])]
    found, metadata = page(wanted, call, 100, 999)
    answer = {"messages": [_shown(call, m) for m in found], "has_more": bool(metadata["next_cursor"])}
    answer["pin_count"] = len(call.workspace.pinned(channel.id))
    return answer | ({"response_metadata": metadata} if metadata["next_cursor"] else {})


def replies(call: Call) -> Json:
    channel = _readable(call)
    ts = call.required("ts", "thread_not_found")
    if ts not in channel.messages:
        raise Refusal("thread_not_found")
    parent = channel.messages[ts].get("thread_ts", ts)
    thread = [m for m in channel.messages.values() if parent in (m["ts"], m.get("thread_ts"))]
    wanted = [m for m in thread if m["ts"] == parent or _between(call, m["ts"])]
    found, metadata = page(wanted, call, 1000, 1000)
    answer = {"messages": [_shown(call, m) for m in found], "has_more": bool(metadata["next_cursor"])}
    return answer | ({"response_metadata": metadata} if metadata["next_cursor"] else {})


def open_direct(call: Call) -> Json:
    users = [user for user in call.text("users").split(",") if user]
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("missing_scope", needed="mpim:write", provided=",".join(sorted(call.workspace.granted_scopes)))
    was_open = users[0] in call.workspace.directs
    channel = direct_with(call, users[0])
    shown = channel_json(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if was_open else {})


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    already = call.is_member(channel)
    call.workspace.join(call.workspace.bot_user, channel.id)
    return {"channel": channel_json(call, channel)} | ({"warning": "already_in_channel"} if already else {})


READ = ("channels:read", "groups:read", "im:read")
HISTORY = ("channels:history", "groups:history", "im:history")
METHODS = (
    Method("conversations.info", info, READ, "Tier 3"),
    Method("conversations.members", members, READ, "Tier 4"),
    Method("conversations.list", list_all, READ, "Tier 2"),
    Method("users.conversations", of_user, READ, "Tier 3"),
    Method("conversations.history", history, HISTORY, "Tier 3"),
    Method("conversations.replies", replies, HISTORY, "Tier 3"),
    Method("conversations.open", open_direct, ("im:write",), "Tier 3"),
    Method("conversations.join", join, ("channels:join",), "Tier 3"),
)
