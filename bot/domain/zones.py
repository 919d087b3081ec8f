"""Time zones, as people type them."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.domain.problems import Problem


class ZoneUnknown(Problem):
    """No such zone; `params["typed"]` is what was typed."""

    word = "setup.zone_unknown"


class ZoneUncertain(Problem):
    """No such zone, but some look like it; `params["likely"]` names three at most."""

    word = "setup.zone_uncertain"


def find_zone(text: str, *, field: str | None = None) -> str:
    """The IANA name of `Europe/Amsterdam`, `europe/amsterdam` or just `amsterdam`.

    Raises ZoneUnknown or ZoneUncertain: a zone is never guessed, every time in the house hangs on it.
    """
    typed = "_".join(text.split()).lower()
    names = _names()
    if typed in names:
        return names[typed]
    cities = sorted(name for lower, name in names.items() if lower.rpartition("/")[2] == typed)
    if len(cities) == 1:
        return cities[0]
    likely = cities[:3] or _close(typed)
    if not likely:
        raise ZoneUnknown(field=field, typed=text.strip())
    raise ZoneUncertain(field=field, typed=text.strip(), likely=", ".join(likely))


def zone_or(text: str, otherwise: str) -> str:
    """The IANA name of a zone that somebody else's list has; `otherwise` when ours does not."""
    return text if text in _all() else otherwise


def _close(typed: str) -> list[str]:
    names = _names()
    cities = {lower.rpartition("/")[2]: name for lower, name in sorted(names.items())}
    found = [cities[city] for city in get_close_matches(typed.rpartition("/")[2], cities, 3, 0.75)]
    return found or [names[lower] for lower in get_close_matches(typed, names, 3, 0.75)]


@cache
def _all() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _names() -> dict[str, str]:
    """By lower-case name. `Etc/GMT+1` and its like are left out (their sign is the other way round), and so are old
    names without a place."""
    return {name.lower(): name for name in _all() if ("/" in name and not name.startswith("Etc/")) or name == "UTC"}
