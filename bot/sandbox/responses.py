"""Answers to a response_url: five in thirty minutes, by whoever was given the address."""

from datetime import timedelta
from typing import Any

from bot.sandbox.blocks_check import check_message
from bot.sandbox.images import bad_images
from bot.sandbox.state import Ephemeral, Json, ResponseUrl
from bot.sandbox.workspace import Workspace

LIFE, MOST_USES = timedelta(minutes=30), 5


def respond(workspace: Workspace, key: str, body: Any) -> tuple[int, Json | str]:
    """Do what was posted to a response_url; HTTP status and answer."""
    if not isinstance(body, dict):
        return 400, {"ok": False, "error": "invalid_payload"}
    bad = bad_images(body.get("blocks"), workspace.images)
    with workspace.lock:
        address = workspace.response_urls.get(key)
        error = _refusal(workspace, address, body, bad)
        if address is None or error:
            return (404 if error in ("expired_url", "used_url", "invalid_url") else 400), {"ok": False, "error": error}
        address.uses += 1
        return 200, _carry_out(workspace, address, body)


def _refusal(workspace: Workspace, address: ResponseUrl | None, body: Json, bad: dict[str, str]) -> str:
    if address is None:
        return "invalid_url"
    if workspace.now() - address.at > LIFE:
        return "expired_url"
    if address.uses >= MOST_USES:
        return "used_url"
    if body.get("delete_original"):
        return ""
    if not body.get("text") and not body.get("blocks") and not body.get("attachments"):
        return "no_text"
    return check_message(body["blocks"], bad, workspace.files)[0] if body.get("blocks") else ""


def _carry_out(workspace: Workspace, address: ResponseUrl, body: Json) -> Json | str:
    if body.get("delete_original") or body.get("replace_original"):
        _rewrite(workspace, address, body)
        return {"ok": True}
    answer(workspace, address.user, address.channel, body)
    return "ok"


def answer(workspace: Workspace, user: str, channel: str, body: Json) -> None:
    """Show an answer where it was asked: to that person alone, or to everyone with response_type in_channel."""
    message = {key: body[key] for key in ("text", "blocks", "attachments", "thread_ts") if body.get(key)}
    message = {"text": "", **message, **workspace.bot_author()}
    if body.get("response_type") == "in_channel":
        workspace.add_message(channel, message)
    else:
        workspace.add_ephemeral(channel, user, message)


def _rewrite(workspace: Workspace, address: ResponseUrl, body: Json) -> None:
    if address.ts is None:
        if not body.get("delete_original"):
            answer(workspace, address.user, address.channel, body)
    elif address.ephemeral:
        _rewrite_ephemeral(workspace, address, body)
    elif address.ts in workspace.channels[address.channel].messages:
        if body.get("delete_original"):
            workspace.delete_message(address.channel, address.ts)
        else:
            workspace.change_message(address.channel, address.ts, _content(body))


def _rewrite_ephemeral(workspace: Workspace, address: ResponseUrl, body: Json) -> None:
    shown = next((e for e in workspace.ephemerals if e.message["ts"] == address.ts), None)
    if shown is None:
        return
    if body.get("delete_original"):
        workspace.ephemerals.remove(shown)
    else:
        _replace_ephemeral(workspace, shown, body)
    workspace.bump()


def _replace_ephemeral(workspace: Workspace, shown: Ephemeral, body: Json) -> None:
    content = {key: value for key, value in _content(body).items() if value is not None}
    if "blocks" in content:
        content["blocks"] = workspace.with_ids(content)["blocks"]
    kept = {key: value for key, value in shown.message.items() if key not in ("text", "blocks", "attachments")}
    shown.message = kept | content


def _content(body: Json) -> Json:
    return {"text": body.get("text", ""), "blocks": body.get("blocks"), "attachments": body.get("attachments")}
