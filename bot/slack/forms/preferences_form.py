"""What came back from the form of preferences."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.networks import NETWORKS, NotAnInstance, host_of
from bot.domain.people import Preferences, Standing
from bot.domain.quiet_hours import QuietHours
from bot.domain.topics import MOST, as_followed
from bot.slack.forms.state import Values, all_chosen, chosen, picked_time, typed


@dataclass(frozen=True)
class PreferencesForm:
    """`standing` None: the question was not answered. `wrong`: by block id, the word for what cannot be used."""

    preferences: Preferences
    standing: Standing | None
    wrong: Mapping[str, str]


def read_preferences(values: Values) -> PreferencesForm:
    """Read the form. With anything in `wrong`, nothing of it is to be kept."""
    wrong: dict[str, str] = {}
    networks = tuple(value for value in all_chosen(values, "networks") if value in NETWORKS)
    language = chosen(values, "language")
    standing = chosen(values, "standing")
    preferences = Preferences(
        language=language if language in {"en", "nl"} else None,
        networks=networks,
        mastodon=_mastodon(values, "mastodon" in networks, wrong),
        reminders="on" in all_chosen(values, "reminders"),
        quiet=_quiet(values, wrong),
        topics=_topics(values),
        digest_by_dm="on" in all_chosen(values, "digest"),
    )
    return PreferencesForm(preferences, Standing(standing) if standing in list(Standing) else None, wrong)


def _topics(values: Values) -> tuple[str, ...]:
    """There is no such input while there is no topic to choose."""
    found = all_chosen(values, "topics") if "topics" in values else ()
    return tuple(dict.fromkeys(topic for topic in map(as_followed, found) if topic))[:MOST]


def _mastodon(values: Values, is_needed: bool, wrong: dict[str, str]) -> str | None:
    server = typed(values, "mastodon")
    if not server:
        if is_needed:
            wrong["mastodon"] = "preferences.mastodon_missing"
        return None
    try:
        return host_of(server)
    except NotAnInstance:
        wrong["mastodon"] = "preferences.mastodon_wrong"
        return None


def _quiet(values: Values, wrong: dict[str, str]) -> QuietHours | None:
    start, end = picked_time(values, "quiet_from"), picked_time(values, "quiet_to")
    if start is None and end is not None:
        wrong["quiet_from"] = "preferences.quiet_from_missing"
    if end is None and start is not None:
        wrong["quiet_to"] = "preferences.quiet_to_missing"
    return None if start is None or end is None or start == end else QuietHours(start, end)
