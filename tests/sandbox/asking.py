import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

GOOD, DUTCH, GENERAL, COMMS = "C0GOODSTORY", "C0MOOIVERHL", "C0GENERAL", "C0COMMS"
ADMIN, EDITOR, ANN = "U00000001", "U00000002", "U00000004"
LEFT, BOT, CALENDAR = "U00000013", "U0PASSALONG", "U0CALENDAR"


class SteppingClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def step(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain("Press"), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def line(action_id: str = "text", **more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Send")}
    return {**view, "blocks": list(blocks) or [section("hello")], **more}


def until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def refusal(call: Callable[..., object], **arguments: object) -> dict:
    """What Slack answers when it says no."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    assert answer["ok"] is False
    return answer


def error(call: Callable[..., object], **arguments: object) -> str:
    return refusal(call, **arguments)["error"]
