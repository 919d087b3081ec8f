"""What Slack's own client refuses before the app hears of it."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.elements import STATE_KEYS
from bot.sandbox.state import Json

REQUIRED = "Please complete this required field."


def refused_by_client(element: Json, state: Json, *, required: bool = False) -> str | None:
    """The text shown at an input that cannot be sent like this; None when it is fine."""
    key = STATE_KEYS[element["type"]][0]
    value = state.get(key)
    if value in (None, "", []):
        return REQUIRED if required else None
    if isinstance(value, str):
        return _length(element, value) or _format(element, value)
    most = element.get("max_selected_items")
    return f"Choose at most {most}." if isinstance(value, list) and most and len(value) > most else None


def _length(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    return f"Must be at most {most} characters." if len(value) > most else None


def _format(element: Json, value: str) -> str | None:
    kind = element["type"]
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(
        r"https?://[^\s/]+\.[^\s]+|https?://(localhost|127\.0\.0\.1)\S*", value
    ):
        return "Enter a valid URL."
    if kind == "number_input":
        return _number(element, value)
    if kind == "datepicker":
        return _date(value)
    if kind == "timepicker" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return "Enter a valid time."
    return None


def _number(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Enter a whole number."
    return _range(element, number)


def _range(element: Json, number: Decimal) -> str | None:
    low, high = (_decimal(element.get(key)) for key in ("min_value", "max_value"))
    if (low is not None and number < low) or (high is not None and number > high):
        return "Enter a number in the range."
    return None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _date(value: str) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "Enter a valid date."
    return None
