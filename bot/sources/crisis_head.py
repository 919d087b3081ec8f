"""The head of a scenario file: what is the same in every language."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from bot.domain.clean_text import clean
from bot.domain.crisis_scenario import EVERYONE, LANGUAGES, MINUTES, MOST_AUDIENCES, MOST_OUTSIDE, Audience, places
from bot.sources.crisis_leftovers import left_over
from bot.sources.front_matter import FrontMatter
from bot.sources.story_head import is_web

KEYS = ("languages", "next_update", "audiences", "topics", "outside", "page")
ALL = "all"
HOUR = 60

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AUDIENCE_KEYS = ("groups", "channels", "direct")
Complain = Callable[[int | None, str, str], None]


class Head:
    """Each method gives a value that fits, or complains and gives the usual one."""

    def __init__(self, front: FrontMatter, complain: Complain) -> None:
        self._front = front
        self._complain = complain

    def check_keys(self) -> None:
        """What no scenario has, and what would be lost behind a "#"."""
        for key, entry in self._front.entries.items():
            if key not in KEYS:
                meant = get_close_matches(key, KEYS, 1)
                self._wrong(key, f'"{key}" is not known', f'Did you mean "{meant[0]}"?' if meant else "Take it out.")
            elif entry.cut_at and key in ("topics", "audiences"):
                self._complain(entry.cut_at, "all from the # on would be lost", 'Put the name in "quotes", without #.')
            for left in filter(None, map(_not_ready, _texts(entry.value))):
                self._wrong(key, f'"{left}" is left over in "{key}"', "Write what it stood for.", left)

    def languages(self) -> tuple[str, ...]:
        """Those that the file promises; both where it says nothing."""
        told = self._value("languages")
        if told is None:
            return LANGUAGES
        if isinstance(told, list) and told and all(one in LANGUAGES for one in told):
            return tuple(dict.fromkeys(told))
        self._wrong("languages", '"languages" is no list of languages', f"Write [{', '.join(LANGUAGES)}].")
        return LANGUAGES

    def next_update(self) -> int:
        """Minutes; an hour where the file has no number that fits."""
        told = self._value("next_update")
        if isinstance(told, int) and not isinstance(told, bool) and told in MINUTES:
            return told
        what = 'there is no "next_update"' if told is None else '"next_update" is no number of minutes'
        self._wrong("next_update", what, f"Write minutes, {MINUTES[0]} to {MINUTES[-1]}: next_update: 60.")
        return HOUR

    def topics(self) -> tuple[str, ...] | None:
        """None: all stories."""
        told = self._value("topics")
        if told == ALL:
            return None
        names = _names(told)
        if names is None or told is None:
            what = 'there are no "topics"' if told is None else '"topics" is no list of names'
            self._wrong("topics", what, "Write [one, two], or all: their stories are greyed out. [] is none.")
        return names or ()

    def page(self, slug: str) -> str:
        """The last part of the page's address."""
        told = self._value("page")
        if told is None or (isinstance(told, str) and _KEY.fullmatch(told)):
            return told or slug
        self._wrong("page", '"page" cannot stand in an address', "Use small letters, digits and single dashes.")
        return slug

    def audiences(self) -> tuple[Audience, ...]:
        """Most affected first; everybody where the file names nobody."""
        told = self._value("audiences")
        if not isinstance(told, dict) or not told:
            what = 'there are no "audiences"' if told is None else '"audiences" are no names with what they are'
            self._wrong("audiences", what, f'Write "{EVERYONE}:" under it, and those who are hit hardest above that.')
            return (Audience(EVERYONE),)
        if len(told) > MOST_AUDIENCES:
            self._wrong("audiences", f"there are {len(told)} audiences", f"Keep the {MOST_AUDIENCES} hit hardest.")
        return tuple(self._audience(key, value) for key, value in told.items() if self._fits("audiences", key))

    def outside(self) -> tuple[tuple[str, str | None], ...]:
        """Keys with their links."""
        told = self._value("outside")
        if told is None:
            return ()
        if not isinstance(told, dict):
            self._wrong("outside", '"outside" is no list of names with links', 'Write "website: https://…" under it.')
            return ()
        if len(told) > MOST_OUTSIDE:
            self._wrong("outside", f"there are {len(told)} channels outside", f"Keep {MOST_OUTSIDE}: somebody posts.")
        return tuple((key, self._link(key, value)) for key, value in told.items() if self._fits("outside", key))

    def _audience(self, key: str, told: Any) -> Audience:
        told = {} if told is None else told
        if not isinstance(told, dict):
            self._wrong("audiences", f'"{key}" says not whom', 'Write "groups: [sales]", "channels: [sales]" under it.')
            told = {}
        for name in told:
            if name not in _AUDIENCE_KEYS:
                known = ", ".join(_AUDIENCE_KEYS)
                self._wrong("audiences", f'"{name}" of "{key}" is not known', f"Known are {known}.", f"{name}:")
        direct = told.get("direct", False)
        if not isinstance(direct, bool):
            self._wrong("audiences", f'"direct" of "{key}" is neither true nor false', "Write true or false.", "direct")
        groups, channels = (self._names_of(key, name, told.get(name)) for name in ("groups", "channels"))
        return Audience(key, groups, channels, direct is True)

    def _names_of(self, audience: str, name: str, told: Any) -> tuple[str, ...]:
        names = _names(told)
        if names is None:
            self._wrong("audiences", f'"{name}" of "{audience}" is no list of names', "Write [one, two].", name)
        return tuple(one.lstrip("@#") for one in names or ())

    def _link(self, key: str, told: Any) -> str | None:
        if told is None or (isinstance(told, str) and is_web(told)):
            return told
        self._wrong("outside", f'the link of "{key}" is no link', "Write it whole, with https://, or nothing.", key)
        return None

    def _fits(self, part: str, key: Any) -> bool:
        if isinstance(key, str) and _KEY.fullmatch(key):
            return True
        self._wrong(part, f'"{key}" cannot be a name here', "Use small letters, digits and dashes.", str(key))
        return False

    def _value(self, key: str) -> Any:
        entry = self._front.entries.get(key)
        return entry.value if entry else None

    def _wrong(self, key: str, what: str, mend: str, near: str = "") -> None:
        self._complain(self._front.line_of(key, near), what, mend)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in (*value, *value.values()) for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def _not_ready(text: str) -> str | None:
    """A head has no places either: nobody fills it in at the moment of need."""
    return left_over(text) or next((f"[{place}]" for place in places(text)), None)


def _names(told: Any) -> tuple[str, ...] | None:
    if told is None:
        return ()
    if not isinstance(told, list) or not all(isinstance(one, str) and clean(one).strip(" #@") for one in told):
        return None
    return tuple(dict.fromkeys(" ".join(clean(one).split()) for one in told))
