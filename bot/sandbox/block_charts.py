"""The chart of a data_visualization: pie, bar, area or line."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.block_rules import Checking, Rule, Spec, check_spec, items, one_of, shaped, string

MOST_SERIES, MOST_POINTS, LONGEST_LABEL, LONGEST_AXIS = 6, 20, 20, 50
LABEL = string(LONGEST_LABEL, 1)


def chart(checking: Checking, value: Any, pointer: str) -> None:
    """One of the four kinds, each with its own fields."""
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in CHARTS:
        one_of(*CHARTS)(checking, kind, f"{pointer}/type")
    else:
        check_spec(checking, CHARTS[str(kind)], value, pointer)


def _amount(least: float | None = None) -> Rule:
    def check(checking: Checking, value: Any, pointer: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            checking.say("must be a number", pointer)
        elif least is not None and value <= least:
            checking.say(f"must be more than {least}", pointer)

    return check


def _texts(most: int) -> Callable[[Checking, Any, str], None]:
    def check(checking: Checking, value: Any, pointer: str) -> None:
        items(LABEL, 1, most)(checking, value, pointer)
        if isinstance(value, list) and len(set(map(str, value))) < len(value):
            checking.say("must be unique", pointer)

    return check


def _points(least: float | None = None) -> Rule:
    return shaped(Spec({"label": LABEL, "value": _amount(least)}, ("label",)))


def _fits(checking: Checking, value: dict[str, Any], pointer: str) -> None:
    """Series have names of their own, and a point for each of the categories."""
    series, axis = value.get("series"), value.get("axis_config")
    if checking.problems or not isinstance(series, list) or not isinstance(axis, dict):
        return
    names = [one["name"] for one in series]
    if len(set(names)) < len(names):
        checking.say("series names must be unique", f"{pointer}/series")
    for number, one in enumerate(series):
        if sorted(point["label"] for point in one["data"]) != sorted(axis["categories"]):
            checking.say("labels must match the categories", f"{pointer}/series/{number}/data")


_SERIES = shaped(Spec({"name": LABEL, "data": items(_points(), 1, MOST_POINTS)}, ("name", "data")))
_AXIS = shaped(
    Spec(
        {
            "categories": _texts(MOST_POINTS),
            "x_label": string(LONGEST_AXIS, 1),
            "y_label": string(LONGEST_AXIS, 1),
        },
        ("categories",),
    )
)
_PLOT = Spec({"series": items(_SERIES, 1, MOST_SERIES), "axis_config": _AXIS}, ("series", "axis_config"), _fits)
CHARTS: Mapping[str, Spec] = {
    "pie": Spec({"segments": items(_points(0), 1, MOST_SERIES)}, ("segments",)),
    "bar": _PLOT,
    "area": _PLOT,
    "line": _PLOT,
}
