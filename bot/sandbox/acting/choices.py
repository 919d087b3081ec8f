"""What an element says after somebody used it."""

from typing import Any

from bot.sandbox.elements import STATE_KEYS, options_of
from bot.sandbox.state import Json


def chosen_state(element: Json, value: Any) -> Json | str:
    """An element's state after use, or why it cannot be used like this."""
    kind = element["type"]
    if kind == "button":
        return {key: element[key] for key in ("type", "text", "value", "style") if key in element}
    if kind == "overflow":
        option = next((o for o in options_of(element) if o.get("value") == value), None)
        return {"type": kind, "selected_option": option} if option else f"no such option: {value}"
    if kind not in STATE_KEYS:
        return {"type": kind}
    return _chosen_input(element, kind, value)


def _chosen_input(element: Json, kind: str, value: Any) -> Json | str:
    key, _, empty = STATE_KEYS[kind]
    if value is None or value == "":
        return {"type": kind, key: empty}
    if key not in ("selected_option", "selected_options") or kind.endswith("external_select"):
        return {"type": kind, key: value}
    wanted = [value] if isinstance(value, str) else list(value)
    found = [option for option in options_of(element) if option.get("value") in wanted]
    if kind.startswith("multi_"):
        # What was chosen first stands first there.
        found.sort(key=lambda option: wanted.index(option["value"]))
    if len(found) != len(wanted):
        return f"no such option: {value}"
    return {"type": kind, key: found[0] if key == "selected_option" else found}
