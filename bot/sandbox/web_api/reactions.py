"""reactions.*"""

import re

from bot.sandbox.state import Channel, Json
from bot.sandbox.web_api.call import Call, Method, Refusal

SHORTEST_LIST = 50  # without full=true Slack may cut the list of people short


def _item(call: Call) -> tuple[Channel, Json]:
    if not call.text("channel") or not call.text("timestamp"):
        raise Refusal("no_item_specified")
    channel = call.channel()
    message = channel.messages.get(call.text("timestamp"))
    if message is None:
        raise Refusal("message_not_found")
    return channel, message


def _change(call: Call, *, remove: bool) -> Json:
    name = call.required("name", "invalid_name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name")
    channel, message = _item(call)
    if channel.archived:
        raise Refusal("is_archived")
    if not call.is_member(channel):
        raise Refusal("not_in_channel")
    try:
        call.workspace.react(channel.id, message["ts"], name, call.workspace.bot_user, remove=remove)
    except ValueError as refused:
        raise Refusal(str(refused)) from None
    return {}


def add(call: Call) -> Json:
    return _change(call, remove=False)


def remove(call: Call) -> Json:
    return _change(call, remove=True)


def get(call: Call) -> Json:
    channel, message = _item(call)
    if not call.is_member(channel):
        raise Refusal("not_in_channel")
    shown = {key: value for key, value in message.items() if key != "metadata"}
    if not call.flag("full") and "reactions" in shown:
        shown["reactions"] = [{**r, "users": r["users"][:SHORTEST_LIST]} for r in shown["reactions"]]
    shown["permalink"] = call.workspace.permalink(channel.id, message["ts"])
    return {"type": "message", "channel": channel.id, "message": shown}


METHODS = (
    Method("reactions.add", add, ("reactions:write",), "Tier 3"),
    Method("reactions.remove", remove, ("reactions:write",), "Tier 2"),
    Method("reactions.get", get, ("reactions:read",), "Tier 3"),
)
