"""chat.*: posting, changing, deleting."""

from typing import Any

from bot.sandbox.blocks_check import check_message
from bot.sandbox.events import plain_message
from bot.sandbox.state import Channel, Json
from bot.sandbox.web_api.call import Call, Method, Refusal
from bot.sandbox.web_api.direct import direct_with

LONGEST_TEXT, LONGEST_UPDATE, LARGEST_METADATA = 40_000, 4_000, 16_384


def content_of(call: Call) -> Json:
    """Text, blocks and attachments, checked; raises no_text, invalid_blocks and the like."""
    blocks = call.data("blocks", "invalid_blocks_format")
    attachments = call.data("attachments", "invalid_attachments") or []
    if len(attachments) > 100:
        raise Refusal("too_many_attachments")
    if not call.text("text") and not blocks and not attachments:
        raise Refusal("no_text")
    content: Json = {"text": call.text("text")[:LONGEST_TEXT]}
    if blocks:
        check(call, blocks)
        content["blocks"] = blocks
    return content | ({"attachments": attachments} if attachments else {})


def check(call: Call, blocks: Any) -> None:
    w = call.workspace
    ready = {file.id: file for file in w.files.values() if file.ready_at is not None and file.ready_at <= w.now()}
    error, messages = check_message(blocks, call.bad_images, ready, charts=w.charts)
    if error:
        raise Refusal(error, errors=messages, response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


def metadata_of(call: Call) -> Json | None:
    """`metadata` as an object, {} when it is to be removed, None when it was not given."""
    metadata = call.data("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    if metadata and not (
        isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refusal("invalid_metadata_schema")
    if len(str(metadata)) > LARGEST_METADATA:
        raise Refusal("metadata_too_large")
    return metadata


def target(call: Call) -> Channel:
    """Where the app may post: a channel it is in, or a person's DM."""
    w, wanted = call.workspace, call.required("channel", "channel_not_found")
    if wanted in w.people:
        return direct_with(call, wanted)
    channel = call.channel()
    if channel.archived:
        raise Refusal("is_archived")
    if not call.is_member(channel) and "chat:write.public" not in w.granted_scopes:
        raise Refusal("not_in_channel")
    if channel.kind == "im" and w.people[channel.person].deleted:
        raise Refusal("account_inactive")
    if channel.closed_to_apps:
        raise Refusal("restricted_action")
    return channel


def post_message(call: Call) -> Json:
    channel = target(call)
    message = content_of(call) | call.workspace.bot_author()
    metadata = metadata_of(call)
    if metadata:
        message["metadata"] = metadata
    if thread := call.text("thread_ts"):
        if thread not in channel.messages:
            raise Refusal("thread_not_found")
        message["thread_ts"] = channel.messages[thread].get("thread_ts", thread)
    call.post_seconds(channel.id)
    posted = call.workspace.add_message(channel.id, message)
    return {"channel": channel.id, "ts": posted["ts"], "message": plain_message(posted)}


def own_message(call: Call, wrong: str) -> tuple[Channel, Json]:
    channel = call.channel()
    message = channel.messages.get(call.required("ts", "message_not_found"))
    if message is None:
        raise Refusal("message_not_found")
    if message.get("user") != call.workspace.bot_user:
        raise Refusal(wrong)
    return channel, message


def update(call: Call) -> Json:
    """Blocks and metadata that are not sent stay; [] and {} take them away."""
    channel, message = own_message(call, "cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    if len(call.text("text")) > LONGEST_UPDATE:
        raise Refusal("msg_too_long")
    changes = content_of(call) | {"edited": {"user": call.workspace.bot_user, "ts": call.workspace.next_ts()}}
    changes |= {name: None for name in ("blocks", "attachments") if call.data(name, "invalid_blocks_format") == []}
    metadata = metadata_of(call)
    if metadata is not None:
        changes["metadata"] = metadata or None
    changed = call.workspace.change_message(channel.id, message["ts"], changes)
    return {"channel": channel.id, "ts": message["ts"], "text": changed["text"], "message": plain_message(changed)}


def delete(call: Call) -> Json:
    channel, message = own_message(call, "cant_delete_message")
    call.workspace.delete_message(channel.id, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(call: Call) -> Json:
    channel = call.channel()
    user = call.required("user", "user_not_in_channel")
    if channel.archived:
        raise Refusal("is_archived")
    if not call.is_member(channel) and "chat:write.public" not in call.workspace.granted_scopes:
        raise Refusal("not_in_channel")
    content = content_of(call)
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    shown = call.workspace.add_ephemeral(channel.id, user, content | call.workspace.bot_author())
    return {"message_ts": shown["ts"]}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.required("message_ts", "message_not_found")
    if ts not in channel.messages:
        raise Refusal("message_not_found")
    return {"channel": channel.id, "permalink": call.workspace.permalink(channel.id, ts)}


WRITE = ("chat:write",)
METHODS = (
    Method("chat.postMessage", post_message, WRITE, "special"),
    Method("chat.update", update, WRITE, "Tier 3"),
    Method("chat.delete", delete, WRITE, "Tier 3"),
    Method("chat.postEphemeral", post_ephemeral, WRITE, "Tier 4"),
    Method("chat.getPermalink", get_permalink, (), "special"),
)
