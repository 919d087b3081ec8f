"""The blocks: their fields and limits, and on which surface each may stand."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.block_charts import chart
from bot.sandbox.block_elements import ADDRESS, BOTH, ID, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, element
from bot.sandbox.block_rules import (
    Checking,
    Rule,
    Spec,
    anything,
    flag,
    image_url,
    items,
    number,
    one_of,
    slack_file,
    string,
    text,
    typed,
)

CLASSIC = ("section", "divider", "image", "actions", "context", "header", "rich_text", "input", "video")
MESSAGE_ONLY = [
    "context_actions",
    "file",
    "markdown",
    "table",
    "card",
    "carousel",
    "container",
    "task_card",
    "plan",
    "data_table",
    "data_visualization",
]
SURFACES: Mapping[str, tuple[str, ...]] = {
    "message": (*CLASSIC, *MESSAGE_ONLY),
    "modal": (*CLASSIC, "alert"),
    "home": CLASSIC,
}
RICH = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
RICH_LEAVES = ["text", "link", "user", "emoji", "channel", "usergroup", "date", "broadcast", "color", "team"]


def _section_says_something(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    if not value.get("text") and not value.get("fields"):
        checking.say("missing required field: text", pointer)


def _rich_part(checking: Checking, value: Any, pointer: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in RICH:
        checking.say(f"unsupported type: {kind}", f"{pointer}/type")
        return
    inner = _rich_part if kind == "rich_text_list" else _rich_leaf
    items(inner, 0, 1000)(checking, value.get("elements"), f"{pointer}/elements")
    if kind == "rich_text_list" and value.get("style") not in ("bullet", "ordered"):
        checking.say("missing required field: style", pointer)


def _rich_leaf(checking: Checking, value: Any, pointer: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in RICH_LEAVES:
        checking.say(f"unsupported type: {kind}", f"{pointer}/type")
    elif kind == "text":
        string(12_000, 1)(checking, value.get("text"), f"{pointer}/text")


def _input_dispatches(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    kind = value["element"].get("type") if isinstance(value.get("element"), dict) else None
    if kind == "file_input" and checking.surface != "modal":
        checking.say(f"unsupported type: {kind}", f"{pointer}/element/type")


def _cell(checking: Checking, value: Any, pointer: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in ("raw_text", "raw_number", "rich_text"):
        checking.say(f"unsupported type: {kind}", f"{pointer}/type")


def _rows(least: int, most: int) -> Rule:
    return items(items(_cell, 1, 20), least, most)


def _card_has_content(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    if not any(value.get(name) for name in ("hero_image", "title", "actions", "body")):
        checking.say("missing required field: title", pointer)


def _block(fields: dict[str, Rule], *required: str, also: Any = None) -> Spec:
    return Spec({"block_id": ID, **fields}, required, also)


CARD_FIELDS: dict[str, Rule] = {
    "title": text(150, *BOTH),
    "subtitle": text(150, *BOTH),
    "subtext": text(200, *BOTH),
    "body": text(200, *BOTH),
    "hero_image": typed(lambda: {"image": IMAGE}, ("image",)),
    "icon": typed(lambda: {"image": IMAGE}, ("image",)),
    "actions": items(element("button"), 1, 3),
    "slack_icon": anything,
}


BLOCKS: dict[str, Spec] = {
    "section": _block(
        {
            "text": text(3000, *BOTH),
            "fields": items(text(2000, *BOTH), 1, 10),
            "accessory": element(*IN_SECTION),
            "expand": flag,
        },
        also=_section_says_something,
    ),
    "divider": _block({}),
    "header": _block({"text": text(150), "level": number(1, 4)}, "text"),
    "image": Spec(
        {
            "block_id": ID,
            "image_url": image_url,
            "slack_file": slack_file,
            "alt_text": string(2000, 1),
            "title": text(2000),
        },
        ("alt_text",),
        IMAGE.also,
    ),
    "actions": _block({"elements": items(element(*IN_ACTIONS), 1, 25)}, "elements"),
    "context": _block({"elements": items(element("image", *BOTH), 1, 10)}, "elements"),
    "context_actions": _block({"elements": items(element("feedback_buttons", "icon_button"), 1, 5)}, "elements"),
    "input": _block(
        {
            "label": text(2000),
            "element": element(*IN_INPUT),
            "hint": text(2000),
            "optional": flag,
            "dispatch_action": flag,
        },
        "label",
        "element",
        also=_input_dispatches,
    ),
    "rich_text": _block({"elements": items(_rich_part, 0, 1000)}, "elements"),
    "file": _block({"external_id": string(255), "source": one_of("remote")}, "external_id", "source"),
    "markdown": _block({"text": string(12_000, 1)}, "text"),
    "video": _block(
        {
            "alt_text": string(2000, 1),
            "author_name": string(49),
            "description": text(200),
            "provider_icon_url": ADDRESS,
            "provider_name": string(255),
            "title": text(199),
            "title_url": ADDRESS,
            "thumbnail_url": image_url,
            "video_url": ADDRESS,
        },
        "alt_text",
        "title",
        "thumbnail_url",
        "video_url",
    ),
    "table": _block({"rows": _rows(1, 100), "column_settings": items(anything, 0, 20)}, "rows"),
    "data_table": _block(
        {
            "rows": _rows(2, 101),
            "caption": string(255, 1),
            "page_size": number(1, 100),
            "row_header_column_index": number(0, 19),
        },
        "rows",
        "caption",
    ),
    "data_visualization": _block({"title": string(50, 1), "chart": chart}, "title", "chart"),
    "alert": _block(
        {"level": one_of("default", "info", "warning", "error", "success"), "text": text(200, *BOTH)}, "text"
    ),
    "card": _block(CARD_FIELDS, also=_card_has_content),
    "carousel": _block({"elements": items(typed(lambda: BLOCKS, ("card",)), 1, 10)}, "elements"),
    "container": _block(
        {
            "title": text(150, *BOTH),
            "subtitle": text(150, *BOTH),
            "child_blocks": items(typed(lambda: BLOCKS, (*CLASSIC, "markdown", "table")), 1, 10),
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "icon": anything,
        },
        "child_blocks",
    ),
    "task_card": _block(dict.fromkeys(("task_id", "title", "details", "output", "sources", "status"), anything)),
    "plan": _block({"title": anything, "tasks": items(anything, 0, 50)}),
}
