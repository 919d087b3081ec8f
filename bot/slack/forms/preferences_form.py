"""What came back from the form of preferences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.domain.networks import NETWORKS, NotAnInstance, host_of
from bot.domain.people import Preferences, Standing
from bot.domain.quiet_hours import QuietHours

Values = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class PreferencesForm:
    """`standing` None: the question was not answered. `wrong`: by block id, the word for what cannot be used."""

    preferences: Preferences
    standing: Standing | None
    wrong: Mapping[str, str]


def read_preferences(values: Values) -> PreferencesForm:
    """Read the form. With anything in `wrong`, nothing of it is to be kept."""
    wrong: dict[str, str] = {}
    networks = tuple(value for value in _chosen_many(values, "networks") if value in NETWORKS)
    language = _chosen(values, "language")
    standing = _chosen(values, "standing")
    preferences = Preferences(
        language=language if language in {"en", "nl"} else None,
        networks=networks,
        mastodon=_mastodon(values, "mastodon" in networks, wrong),
        reminders="on" in _chosen_many(values, "reminders"),
        quiet=_quiet(values, wrong),
    )
    return PreferencesForm(preferences, Standing(standing) if standing else None, wrong)


def _mastodon(values: Values, is_needed: bool, wrong: dict[str, str]) -> str | None:
    typed = str(values["mastodon"]["mastodon"].get("value") or "").strip()
    if not typed:
        if is_needed:
            wrong["mastodon"] = "preferences.mastodon_missing"
        return None
    try:
        return host_of(typed)
    except NotAnInstance:
        wrong["mastodon"] = "preferences.mastodon_wrong"
        return None


def _quiet(values: Values, wrong: dict[str, str]) -> QuietHours | None:
    start, end = _time(values, "quiet_from"), _time(values, "quiet_to")
    if start is None and end is not None:
        wrong["quiet_from"] = "preferences.quiet_from_missing"
    if end is None and start is not None:
        wrong["quiet_to"] = "preferences.quiet_to_missing"
    return None if start is None or end is None or start == end else QuietHours(start, end)


def _time(values: Values, name: str) -> time | None:
    picked = values[name][name].get("selected_time")
    return time.fromisoformat(picked) if picked else None


def _chosen(values: Values, name: str) -> str | None:
    option = values[name][name].get("selected_option") or {}
    return option.get("value")


def _chosen_many(values: Values, name: str) -> tuple[str, ...]:
    return tuple(option["value"] for option in values[name][name].get("selected_options") or ())
