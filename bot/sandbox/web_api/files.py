"""files.*: the three steps of an upload."""

import mimetypes
from datetime import timedelta
from typing import Any

from bot.sandbox.state import Channel, File, Json
from bot.sandbox.web_api.call import Call, Method, Refusal
from bot.sandbox.web_api.chat import check
from bot.sandbox.workspace import Workspace

LONGEST_ALT, MOST_CHANNELS = 1000, 100


def get_upload_url(call: Call) -> Json:
    name, length = call.text("filename"), call.number("length", 0)
    if not name or length < 1:
        raise Refusal("missing_argument")
    if len(call.text("alt_txt")) > LONGEST_ALT:
        raise Refusal("alt_txt_too_large")
    w = call.workspace
    if w.uploads_refused:
        raise Refusal(w.uploads_refused)
    file = File(w.fresh_id("F"), name, length, call.text("alt_txt"), title=name, created=w.clock_seconds())
    w.files[file.id] = file
    return {"upload_url": f"{w.url}upload/v1/{file.id}", "file_id": file.id}


def complete(call: Call) -> Json:
    wanted = call.data("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        call.required("files")
        raise Refusal("invalid_arguments")
    files = [_uploaded(call.workspace, item) for item in wanted]
    channels = [_shared_in(call, channel) for channel in _channels(call)]
    for file, item in zip(files, wanted, strict=True):
        file.complete, file.title = True, item.get("title") or file.name
        file.ready_at = call.workspace.now() + timedelta(seconds=call.workspace.scan_seconds)
    if channels:
        _share(call, files, channels)
    call.workspace.bump()
    return {"files": [file_json(call.workspace, file) for file in files]}


def _uploaded(workspace: Workspace, item: Any) -> File:
    file = workspace.files.get(item.get("id", "")) if isinstance(item, dict) else None
    if file is None or file.content is None or file.complete:
        raise Refusal("file_not_found")
    return file


def _channels(call: Call) -> list[str]:
    several = call.args.get("channels") or []
    named = several.split(",") if isinstance(several, str) else list(several)
    one = [call.text("channel_id")] if call.text("channel_id") else []
    if len(named) > MOST_CHANNELS:
        raise Refusal("channels_limit_exceeded")
    return [*one, *named]


def _shared_in(call: Call, channel_id: str) -> Channel:
    channel = call.workspace.channels.get(channel_id)
    if channel is None or (channel.kind != "channel" and not call.is_member(channel)):
        raise Refusal("channel_not_found")
    if not call.is_member(channel):
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("posting_to_channel_denied")
    return channel


def _share(call: Call, files: list[File], channels: list[Channel]) -> None:
    """One message a channel, without metadata: that is how Slack posts files."""
    blocks = None if call.text("initial_comment") else call.data("blocks", "invalid_blocks")
    if blocks:
        check(call, blocks)
    for channel in channels:
        message: Json = {"text": call.text("initial_comment"), "files": [], **call.workspace.bot_author()}
        message |= {"blocks": blocks} if blocks else {}
        message |= {"thread_ts": call.text("thread_ts")} if call.text("thread_ts") in channel.messages else {}
        for file in files:
            file.channels.append(channel.id)
            message["files"].append(file_json(call.workspace, file))
        call.workspace.add_message(channel.id, message)


def info(call: Call) -> Json:
    file = call.workspace.files.get(call.required("file", "file_not_found"))
    if file is None or not file.complete:
        raise Refusal("file_not_found")
    return {"file": file_json(call.workspace, file)}


def delete(call: Call) -> Json:
    """The file goes, wherever it was shown; one that never was completed is no file yet."""
    info(call)
    del call.workspace.files[call.text("file")]
    call.workspace.bump()
    return {}


def file_json(workspace: Workspace, file: File) -> Json:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    address = f"{workspace.url}page/file/{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": kind,
        "filetype": file.name.rpartition(".")[2].lower(),
        "user": workspace.bot_user,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "alt_txt": file.alt_text,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": list(file.channels),
    }


METHODS = (
    Method("files.getUploadURLExternal", get_upload_url, ("files:write",), "Tier 4"),
    Method("files.completeUploadExternal", complete, ("files:write",), "Tier 4"),
    Method("files.delete", delete, ("files:write",), "Tier 3"),
    Method("files.info", info, ("files:read",), "Tier 4"),
)
