"""The elements inside blocks: their fields and limits."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.block_rules import (
    Checking,
    Rule,
    Spec,
    anything,
    flag,
    image_url,
    items,
    just_one_of,
    number,
    one_of,
    shaped,
    slack_file,
    string,
    text,
    typed,
)

BOTH = ("plain_text", "mrkdwn")
ID, ADDRESS = string(255), string(3000, pattern=r"(https?|mailto|slack|tel|sms):.+")
CONFIRM = shaped(
    Spec(
        {
            "title": text(100),
            "text": text(300, *BOTH),
            "confirm": text(30),
            "deny": text(30),
            "style": one_of("primary", "danger"),
        },
        ("title", "text", "confirm", "deny"),
    )
)


def option(*kinds: str, link: bool = False) -> Rule:
    fields: dict[str, Rule] = {"text": text(75, *kinds), "value": string(150), "description": text(75, *kinds)}
    return shaped(Spec(fields | ({"url": ADDRESS} if link else {}), ("text",) if link else ("text", "value")))


OPTIONS = items(option(), 1, 100)
GROUPS = items(shaped(Spec({"label": text(75), "options": OPTIONS}, ("label", "options"))), 1, 100)
BASE: dict[str, Rule] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
MENU = BASE | {"placeholder": text(150)}
MANY: dict[str, Rule] = {"max_selected_items": number(1, 100)}
TYPING: dict[str, Rule] = {
    "action_id": ID,
    "focus_on_load": flag,
    "placeholder": text(150),
    "dispatch_action_config": anything,
}


def _initial_among_options(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    """What is chosen at first must be one of the options, letter by letter."""
    groups = value.get("option_groups") or []
    offered = [
        *(value.get("options") or []),
        *(o for g in groups if isinstance(g, dict) for o in g.get("options") or []),
    ]
    if value.get("initial_option") and value["initial_option"] not in offered:
        checking.say("initial_option must match an option", f"{pointer}/initial_option")
    for index, chosen in enumerate(value.get("initial_options") or []):
        if chosen not in offered:
            checking.say("initial_options must match options", f"{pointer}/initial_options/{index}")


def _menu_choices(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    just_one_of("options", "option_groups")(checking, value, pointer)
    _initial_among_options(checking, value, pointer)


def _text_lengths(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    initial, most = value.get("initial_value"), value.get("max_length", 3000)
    if isinstance(initial, str) and isinstance(most, int) and len(initial) > most:
        checking.say(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


MENUS: dict[str, Spec] = {
    "static_select": Spec(
        MENU | {"options": OPTIONS, "option_groups": GROUPS, "initial_option": option()}, (), _menu_choices
    ),
    "external_select": Spec(MENU | {"initial_option": option(), "min_query_length": number(0, 3000)}),
    "users_select": Spec(MENU | {"initial_user": ID}),
    "conversations_select": Spec(
        MENU
        | {
            "initial_conversation": ID,
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": anything,
        }
    ),
    "channels_select": Spec(MENU | {"initial_channel": ID, "response_url_enabled": flag}),
}
MULTI_MENUS: dict[str, Spec] = {
    "multi_static_select": Spec(
        MENU | MANY | {"options": OPTIONS, "option_groups": GROUPS, "initial_options": OPTIONS}, (), _menu_choices
    ),
    "multi_external_select": Spec(MENU | MANY | {"initial_options": OPTIONS, "min_query_length": number(0, 3000)}),
    "multi_users_select": Spec(MENU | MANY | {"initial_users": items(ID, 0, 100)}),
    "multi_conversations_select": Spec(
        MENU
        | MANY
        | {"initial_conversations": items(ID, 0, 100), "default_to_current_conversation": flag, "filter": anything}
    ),
    "multi_channels_select": Spec(MENU | MANY | {"initial_channels": items(ID, 0, 100)}),
}
TICKS = items(option(*BOTH), 1, 10)
PICKERS: dict[str, Spec] = {
    "checkboxes": Spec(BASE | {"options": TICKS, "initial_options": TICKS}, ("options",), _initial_among_options),
    "radio_buttons": Spec(
        BASE | {"options": TICKS, "initial_option": option(*BOTH)}, ("options",), _initial_among_options
    ),
    "datepicker": Spec(MENU | {"initial_date": string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")}),
    "timepicker": Spec(MENU | {"initial_time": string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string(255)}),
    "datetimepicker": Spec(BASE | {"initial_date_time": number(1_000_000_000, 9_999_999_999)}),
}
PRESSED: dict[str, Spec] = {
    "button": Spec(
        {
            "text": text(75),
            "action_id": ID,
            "url": ADDRESS,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(ID, 1, 100),
            "agent_prompt": string(4000),
        },
        ("text",),
    ),
    "overflow": Spec({"action_id": ID, "options": items(option(link=True), 1, 5), "confirm": CONFIRM}, ("options",)),
    "workflow_button": Spec(
        {"text": text(75), "action_id": ID, "workflow": anything, "style": one_of("primary", "danger")},
        ("text", "workflow", "action_id"),
    ),
}
TYPED: dict[str, Spec] = {
    "plain_text_input": Spec(
        TYPING
        | {
            "multiline": flag,
            "initial_value": string(3000),
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
        (),
        _text_lengths,
    ),
    "email_text_input": Spec(TYPING | {"initial_value": string(3000)}),
    "url_text_input": Spec(TYPING | {"initial_value": string(3000)}),
    "number_input": Spec(
        TYPING
        | {
            "is_decimal_allowed": flag,
            "initial_value": string(100),
            "min_value": string(100),
            "max_value": string(100),
        },
        ("is_decimal_allowed",),
    ),
    "rich_text_input": Spec(TYPING | {"initial_value": anything}),
    "file_input": Spec({"action_id": ID, "filetypes": items(string(20), 1, 100), "max_files": number(1, 10)}),
}
IMAGE = Spec(
    {"image_url": image_url, "slack_file": slack_file, "alt_text": string(2000, 1)},
    ("alt_text",),
    just_one_of("image_url", "slack_file"),
)
SHOWN: dict[str, Spec] = {
    "image": IMAGE,
    "plain_text": Spec({"text": string(3000, 1), "emoji": flag}, ("text",)),
    "mrkdwn": Spec({"text": string(3000, 1), "verbatim": flag}, ("text",)),
    "feedback_buttons": Spec(
        {"action_id": ID, "positive_button": anything, "negative_button": anything},
        ("positive_button", "negative_button"),
    ),
    "icon_button": Spec(
        {
            "icon": string(50),
            "text": text(75),
            "action_id": ID,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": items(ID, 1, 100),
        },
        ("icon", "text"),
    ),
}
ELEMENTS: Mapping[str, Spec] = MENUS | MULTI_MENUS | PICKERS | PRESSED | TYPED | SHOWN
IN_SECTION = (*MENUS, *MULTI_MENUS, "image", "checkboxes", "radio_buttons", "datepicker", "timepicker", *PRESSED)
IN_ACTIONS = (*MENUS, *PICKERS, *PRESSED)
IN_INPUT = (*MENUS, *MULTI_MENUS, *PICKERS, *TYPED)


def element(*allowed: str) -> Rule:
    """An element of one of these types."""
    return typed(lambda: ELEMENTS, allowed)
