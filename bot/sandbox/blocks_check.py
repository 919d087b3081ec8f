"""Block Kit as Slack checks it: what is wrong, in Slack's words."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_elements import ID
from bot.sandbox.block_rules import Checking, Spec, anything, check_spec, flag, items, string, text, typed
from bot.sandbox.block_specs import BLOCKS, SURFACES
from bot.sandbox.elements import elements
from bot.sandbox.state import File, Json

MOST_IN_MESSAGE, MOST_IN_VIEW = 50, 100
MOST_CHARACTERS, MOST_MARKDOWN = 13_200, 12_000
CHART, MOST_CHARTS = "data_visualization", 2
SPOKEN = ("text", "alt_text", "title", "caption", "name", "label")


def check_message(
    blocks: Any, bad_images: Mapping[str, str], files: Mapping[str, File], *, charts: bool = True
) -> tuple[str, list[str]]:
    """Slack's error string ("" when all is well) and its reasons. `charts`: data_visualization is known here."""
    if not isinstance(blocks, list):
        return "invalid_blocks_format", ["must be an array [json-pointer:/blocks]"]
    checking = Checking("message", bad_images, files)
    _check_blocks(checking, blocks, MOST_IN_MESSAGE, "/blocks")
    _check_once(checking, blocks)
    if not charts:
        _refuse_charts(checking, blocks)
    if checking.problems:
        return "invalid_blocks", checking.problems
    if sum(map(len, _spoken(blocks))) > MOST_CHARACTERS:
        return "msg_blocks_too_long", []
    return "", []


def check_view(body: Json, kind: str, bad_images: Mapping[str, str], files: Mapping[str, File]) -> list[str]:
    """Reasons to refuse a view of this kind ("modal" or "home")."""
    checking = Checking(kind, bad_images, files)
    if body.get("type") != kind:
        checking.say(f"must be a valid enum value: {kind}", "/view/type")
        return checking.problems
    check_spec(checking, VIEWS[kind], body, "/view")
    blocks = body.get("blocks")
    if isinstance(blocks, list):
        _check_blocks(checking, blocks, MOST_IN_VIEW, "/view/blocks")
        _check_submit(checking, body, blocks)
        _check_focus(checking, blocks)
    return checking.problems


def _check_blocks(checking: Checking, blocks: list[Any], most: int, pointer: str) -> None:
    items(typed(lambda: BLOCKS, SURFACES[checking.surface]), 0, most)(checking, blocks, pointer)
    if not checking.problems:
        _check_ids(checking, blocks, pointer)


def _check_ids(checking: Checking, blocks: list[Json], pointer: str) -> None:
    """A block_id once in the whole, an action_id once in its block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            checking.say(f'`block_id` "{block_id}" already exists', f"{pointer}/{index}/block_id")
        seen.add(str(block_id))
        _check_action_ids(checking, block, f"{pointer}/{index}")


def _check_action_ids(checking: Checking, block: Json, pointer: str) -> None:
    ids = [found.action_id for found in elements([block]) if found.action_id]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        checking.say(f'`action_id` "{twice}" already exists', pointer)


def _check_once(checking: Checking, blocks: list[Any]) -> None:
    kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
    if kinds.count("table") > 1:
        checking.say("only one table allowed", "/blocks")
    if kinds.count(CHART) > MOST_CHARTS:
        checking.say(f"no more than {MOST_CHARTS} {CHART} blocks allowed", "/blocks")
    if sum(len(str(b.get("text", ""))) for b in blocks if isinstance(b, dict) and b.get("type") == "markdown") > (
        MOST_MARKDOWN
    ):
        checking.say(f"must be less than {MOST_MARKDOWN + 1} characters", "/blocks")


def _refuse_charts(checking: Checking, blocks: list[Any]) -> None:
    for index, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == CHART:
            checking.say(f"unsupported type: {CHART}", f"/blocks/{index}/type")


def _check_submit(checking: Checking, body: Json, blocks: list[Any]) -> None:
    inputs = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if body["type"] == "modal" and inputs and not body.get("submit"):
        checking.say("missing required field: submit", "/view")


def _check_focus(checking: Checking, blocks: list[Any]) -> None:
    known = [block for block in blocks if isinstance(block, dict)]
    if sum(bool(found.element.get("focus_on_load")) for found in elements(known)) > 1:
        checking.say("only one element can have focus_on_load", "/view/blocks")


def _spoken(value: Any) -> Iterator[str]:
    """All texts that are shown or read out."""
    if isinstance(value, list):
        for item in value:
            yield from _spoken(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield inner if key in SPOKEN else ""
            else:
                yield from _spoken(inner)


_COMMON = {
    "blocks": anything,
    "private_metadata": string(3000),
    "callback_id": ID,
    "external_id": ID,
    "title": text(24),
    "close": text(24),
    "submit": text(24),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
}
VIEWS: Mapping[str, Spec] = {
    "modal": Spec(_COMMON, ("title", "blocks")),
    "home": Spec(_COMMON, ("blocks",)),
}
