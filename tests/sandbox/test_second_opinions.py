"""The SDK's models and blockkit know some of the limits too: where they refuse, the sandbox must refuse."""

from collections.abc import Callable
from typing import Any

import blockkit
import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from bot.sandbox.blocks_check import check_message, check_view
from tests.sandbox.asking import actions, button, field, line, modal, plain, section

OPTION = {"text": plain("One"), "value": "1"}
MENU = {"type": "static_select", "action_id": "m", "placeholder": plain("Choose"), "options": [OPTION]}
SAMPLES: list[dict[str, Any]] = [
    section("x" * 3000),
    section("x" * 3001),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "header", "text": plain("x" * 151)},
    {"type": "section", "fields": [plain("x")] * 10},
    {"type": "section", "fields": [plain("x")] * 11},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
    actions(*[button(f"a{n}") for n in range(25)]),
    actions(*[button(f"a{n}") for n in range(26)]),
    {"type": "image", "image_url": "https://pictures.example/a.png", "alt_text": "x" * 2000},
    {"type": "image", "image_url": "https://pictures.example/a.png", "alt_text": "x" * 2001},
    field("b", line(), label=plain("x" * 2000)),
    field("b", line(), label=plain("x" * 2001)),
    field("b", line(), hint=plain("x" * 2001)),
]
ELEMENTS: list[dict[str, Any]] = [
    button("a", text=plain("x" * 75)),
    button("a", text=plain("x" * 76)),
    button("a", value="x" * 2000),
    button("a", value="x" * 2001),
    button("a", url="https://x.example/" + "x" * 3000),
    button("x" * 255),
    button("x" * 256),
    MENU,
    MENU | {"options": [OPTION] * 101},
    MENU | {"placeholder": plain("x" * 151)},
]


def sdk_refuses(make: Callable[[], Any]) -> bool:
    try:
        make().to_dict()
    except SlackObjectFormationError:
        return True
    return False


@pytest.mark.parametrize("block", SAMPLES, ids=lambda b: f"{b['type']}-{len(str(b))}")
def test_blocks_as_the_sdk_sees_them(block: dict[str, Any]) -> None:
    parsed = sdk.Block.parse(block)
    assert parsed is not None
    assert (check_message([block], {}, {})[0] == "invalid_blocks") is sdk_refuses(lambda: parsed)


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda e: f"{e['type']}-{len(str(e))}")
def test_elements_as_the_sdk_sees_them(element: dict[str, Any]) -> None:
    parsed = sdk.BlockElement.parse(element)
    assert parsed is not None
    assert (check_message([actions(element)], {}, {})[0] == "invalid_blocks") is sdk_refuses(lambda: parsed)


@pytest.mark.parametrize("changes", [{}, {"title": plain("x" * 25)}, {"private_metadata": "x" * 3001}])
def test_views_as_the_sdk_sees_them(changes: dict[str, Any]) -> None:
    view = modal(section("x")) | changes
    assert bool(check_view(view, "modal", {}, {})) is sdk_refuses(lambda: View(**view))


def kit(make: Callable[[], Any]) -> dict[str, Any] | None:
    """What blockkit builds, None when it refuses."""
    try:
        built: dict[str, Any] = make().build()
    except Exception:
        return None
    return built


KITS: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (lambda: blockkit.Section("x" * 3000), section("x" * 3000)),
    (lambda: blockkit.Section("x" * 3001), section("x" * 3001)),
    (lambda: blockkit.Header("x" * 150), {"type": "header", "text": plain("x" * 150)}),
    (lambda: blockkit.Header("x" * 151), {"type": "header", "text": plain("x" * 151)}),
    (lambda: blockkit.Divider(), {"type": "divider"}),
    (lambda: blockkit.Actions([blockkit.Button("Press", action_id="a")]), actions(button("a"))),
    (lambda: blockkit.Actions([blockkit.Button("x" * 76, action_id="a")]), actions(button("a", text=plain("x" * 76)))),
]


@pytest.mark.parametrize(("make", "block"), KITS, ids=range(len(KITS)))
def test_blocks_as_blockkit_sees_them(make: Callable[[], Any], block: dict[str, Any]) -> None:
    built = kit(make)
    assert (check_message([block], {}, {})[0] == "") is (built is not None)
    if built is not None:
        assert check_message([built], {}, {}) == ("", [])
