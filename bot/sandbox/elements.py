"""The interactive elements of blocks: their ids, and what they say before and after somebody touched them."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.state import Json

# type of element -> (key in the state, key of the initial value, value when empty)
STATE_KEYS: dict[str, tuple[str, str, Any]] = {
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input"), ("value", "initial_value", None)),
    "number_input": ("value", "initial_value", None),
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), ("selected_option", "initial_option", None)),
    **{t: ("selected_options", "initial_options", []) for t in ("multi_static_select", "multi_external_select")},
    "checkboxes": ("selected_options", "initial_options", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "file_input": ("files", "initial_files", []),
}
NESTED = ("elements", "cards", "child_blocks", "actions")
Typed = dict[str, dict[str, Json]]


@dataclass(frozen=True)
class Found:
    """An element with the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.element.get("action_id", ""))


def elements(blocks: list[Json]) -> Iterator[Found]:
    """All elements a person can use, in reading order."""
    for block in blocks:
        for element in _inside(block):
            yield Found(block, element)


def _inside(block: Json) -> Iterator[Json]:
    single = [block[key] for key in ("accessory", "element") if isinstance(block.get(key), dict)]
    many = [item for key in NESTED for item in block.get(key) or [] if isinstance(item, dict)]
    for item in (*single, *many):
        if item.get("type") in ("card", "actions", "section", "input"):
            yield from _inside(item)
        elif "action_id" in item or item.get("type") in STATE_KEYS or item.get("type") in ("button", "overflow"):
            yield item


def with_ids(blocks: list[Json], fresh: Callable[[], str]) -> list[Json]:
    """A copy in which every block and element has an id; `fresh` makes the missing ones."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", fresh())
        for element in _inside(block):
            element.setdefault("action_id", fresh())
    return blocks


def state_values(blocks: list[Json], typed: Typed) -> Typed:
    """`state.values` as Slack sends it: what was typed, else the initial value, else empty."""
    values: Typed = {}
    for found in elements(blocks):
        kind = found.element["type"]
        if kind in STATE_KEYS:
            said = typed.get(found.block_id, {}).get(found.action_id)
            fits = said is not None and said["type"] == kind
            values.setdefault(found.block_id, {})[found.action_id] = said if said and fits else untouched(found.element)
    return values


def untouched(element: Json) -> Json:
    """The state of an element nobody has used."""
    key, initial, empty = STATE_KEYS[element["type"]]
    return {"type": element["type"], key: copy.deepcopy(element.get(initial, empty))}


def options_of(element: Json) -> list[Json]:
    """Options, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]
