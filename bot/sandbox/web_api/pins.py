"""pins.*: what stands pinned in a conversation."""

import re

from bot.sandbox.state import Channel, Json
from bot.sandbox.web_api.call import Call, Method, Refusal

MOST_PINS = 100  # in a conversation (not documented, believed)


def add(call: Call) -> Json:
    channel, message = _item(call)
    if message.get("pinned_to"):
        raise Refusal("already_pinned")
    if len(call.workspace.pinned(channel.id)) >= MOST_PINS:
        raise Refusal("too_many_pins")
    call.workspace.pin(channel.id, message["ts"])
    return {}


def remove(call: Call) -> Json:
    channel, message = _item(call)
    if not message.get("pinned_to"):
        raise Refusal("no_pin")
    call.workspace.pin(channel.id, message["ts"], pinned=False)
    return {}


def _item(call: Call) -> tuple[Channel, Json]:
    channel = call.channel()
    ts = call.required("timestamp", "no_item_specified")
    if not call.is_member(channel):
        raise Refusal("not_in_channel")
    if not re.fullmatch(r"\d+\.\d+", ts):
        raise Refusal("bad_timestamp")
    if ts not in channel.messages:
        raise Refusal("message_not_found")
    return channel, channel.messages[ts]


WRITE = ("pins:write",)
METHODS = (
    Method("pins.add", add, WRITE, "Tier 2"),
    Method("pins.remove", remove, WRITE, "Tier 2"),
)
