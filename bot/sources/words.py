"""The words people read, from `content/words/{language}/{feature}.toml`.

The key of a text is its file's name and its place in it: `done` in `queue.toml` is `queue.done`, `title` under
`[modal]` there is `queue.modal.title`. A text may hold `{places}` that are filled when it is said.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.local_time import local, zone_of

FALLBACK = "en"
UTC_ZONE = "UTC"
_LOCALES = {"en": "en_GB", "nl": "nl_NL"}


class WordsUnreadableError(ValueError):
    """A file of words is not TOML, or holds something else than texts; the message names file and key."""


class Words:
    """Every text in every language. A language we do not have is answered in English."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """`texts`: language → key → text."""
        self.texts = texts

    @classmethod
    def load(cls, folder: Path) -> "Words":
        """Read `folder/{language}/*.toml`. Raises WordsUnreadableError, and FileNotFoundError without English."""
        languages = {path.name: _language(path) for path in sorted(folder.iterdir()) if path.is_dir()}
        if FALLBACK not in languages:
            raise FileNotFoundError(f"no words in {folder / FALLBACK}")
        return cls(languages)

    def say(self, language: str, key: str, /, **places: object) -> str:
        """The text of `key` with its places filled. Raises KeyError for an unknown key or a place left open."""
        return self._in(language)[key].format(**places)

    def count(self, language: str, key: str, n: float, /, **places: object) -> str:
        """`key.one` or `key.other`, as the language counts; `{n}` is filled with the number as it is written there."""
        form = "one" if n == 1 else "other"  # English and Dutch agree
        return self.say(language, f"{key}.{form}", n=self.number(language, n), **places)

    def when(self, language: str, at: datetime, zone: ZoneInfo | str, now: datetime) -> str:
        """Day and time in words, fit within a sentence: `today at 9:00`, `dinsdag 3 maart om 9.00 uur`.

        `at` and `now` are aware; the day is the one in `zone`, with its year only when that is not this one.
        """
        return self.say(
            language, "time.when", day=self.day(language, at, zone, now), clock=self.clock(language, at, zone)
        )

    def day(self, language: str, at: datetime, zone: ZoneInfo | str, now: datetime) -> str:
        """The day alone: `today`, `tomorrow`, `Tuesday 3 March`, `dinsdag 3 maart 2027`."""
        day, today = local(at, zone).date(), local(now, zone).date()
        if (near := {0: "time.today", 1: "time.tomorrow", -1: "time.yesterday"}.get((day - today).days)) is not None:
            return self.say(language, near)
        return self._formatted(
            language, at, zone, "time.day_pattern" if day.year == today.year else "time.year_pattern"
        )

    def short_day(self, language: str, at: datetime, zone: ZoneInfo | str) -> str:
        """The day where there is little room: `6 Mar`, `6 mrt`."""
        return self._formatted(language, at, zone, "time.short_pattern")

    def short_date(self, language: str, day: date) -> str:
        """The same of a day that is known as such."""
        return self.short_day(language, datetime.combine(day, time(12), UTC), UTC_ZONE)

    def clock(self, language: str, at: datetime, zone: ZoneInfo | str) -> str:
        """The time of day alone: `9:00`, `9.00 uur`."""
        return self._formatted(language, at, zone, "time.clock_pattern")

    def moment(self, language: str, at: datetime, zone: ZoneInfo | str) -> str:
        """Day and time where nobody knows when it will be read: `Tuesday 3 March 2026 at 9:00`."""
        day = self._formatted(language, at, zone, "time.year_pattern")
        return self.say(language, "time.when", day=day, clock=self.clock(language, at, zone))

    def dated(self, language: str, at: datetime, zone: ZoneInfo | str) -> str:
        """Day and time in what stands for some days: `Tuesday 3 March at 9:00`; today, it would be wrong tomorrow."""
        day = self._formatted(language, at, zone, "time.day_pattern")
        return self.say(language, "time.when", day=day, clock=self.clock(language, at, zone))

    def zone(self, language: str, zone: ZoneInfo | str) -> str:
        """What people call the time there: `Central European Time`, `Midden-Europese tijd`."""
        from babel.dates import get_timezone_name

        place = zone_of(zone)
        # It is no country's: only with a date does Babel know it.
        what = datetime.combine(date.min, time.min, UTC) if place.key == UTC_ZONE else place
        return str(get_timezone_name(what, width="long", locale=self._locale(language)))

    def weekday(self, language: str, weekday: int) -> str:
        """The name of a day of the week (0 = Monday): `Tuesday`, `dinsdag`."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", "stand-alone", locale=self._locale(language))[weekday])

    def number(self, language: str, n: float) -> str:
        """`1,234` or `1.234`."""
        from babel.numbers import format_decimal

        return format_decimal(n, locale=self._locale(language))

    def list(self, language: str, pieces: Sequence[str]) -> str:
        """`a, b and c`; nothing for no pieces."""
        from babel.lists import format_list

        return format_list(pieces, locale=self._locale(language)) if pieces else ""

    def _in(self, language: str) -> Mapping[str, str]:
        return self.texts.get(language, self.texts[FALLBACK])

    def _locale(self, language: str) -> str:
        return _LOCALES.get(language, _LOCALES[FALLBACK])

    def _formatted(self, language: str, at: datetime, zone: ZoneInfo | str, pattern: str) -> str:
        from babel.dates import format_datetime  # a tenth of a second, and data for every language

        return format_datetime(local(at, zone), self.say(language, pattern), locale=self._locale(language))


def _language(folder: Path) -> dict[str, str]:
    return {key: text for path in sorted(folder.glob("*.toml")) for key, text in _texts(path)}


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WordsUnreadableError(f"{path}: {error}") from error
    yield from _flat(path, path.stem, content)


def _flat(path: Path, key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value.strip("\n")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(path, f"{key}.{name}", inner)
    else:
        raise WordsUnreadableError(f"{path}: {key} is not a text")
