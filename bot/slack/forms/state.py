"""What stands in the inputs of a view that came back, for forms whose every input is always there."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.domain.clean_text import clean
from bot.domain.problems import Unreadable

Values = Mapping[str, Mapping[str, Any]]


def state_of(values: Values, name: str) -> Mapping[str, Any]:
    """The input of that name. Raises Unreadable when the form has none."""
    found: Mapping[str, Any] | None = values.get(name, {}).get(name)
    if found is None:
        raise Unreadable
    return found


def typed(values: Values, name: str) -> str:
    """What was typed, without what cannot be seen; empty for nothing."""
    return clean(str(state_of(values, name).get("value") or "")).strip()


def chosen(values: Values, name: str) -> str | None:
    """The value of the option that was chosen."""
    option = state_of(values, name).get("selected_option") or {}
    return None if option.get("value") is None else str(option["value"])


def all_chosen(values: Values, name: str) -> tuple[str, ...]:
    """The values of the options that were chosen."""
    return tuple(str(option["value"]) for option in state_of(values, name).get("selected_options") or ())


def picked_time(values: Values, name: str) -> time | None:
    """The time of day that was picked. Raises Unreadable for what is none."""
    picked = state_of(values, name).get("selected_time")
    try:
        return time.fromisoformat(str(picked)) if picked else None
    except ValueError:
        raise Unreadable from None
