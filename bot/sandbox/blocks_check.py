"""Block Kit as Slack checks it: what is wrong, in Slack's words."""

from typing import Any

from bot.sandbox.state import File, Json


def check_message(blocks: Any, bad_images: dict[str, str], files: dict[str, File]) -> tuple[str, list[str]]:
    """Slack's error string ("" when all is well) and its reasons."""
    return "", []


def check_view(body: Json, kind: str, bad_images: dict[str, str], files: dict[str, File]) -> list[str]:
    """Reasons to refuse a view of this kind ("modal" or "home")."""
    return []
