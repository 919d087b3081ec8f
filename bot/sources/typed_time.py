"""Typed times, understood: what the domain reads itself, and dates with a month's name through dateparser."""

from datetime import date, datetime, time, timedelta

from bot.domain.local_time import local
from bot.domain.typed_day import LONGEST_WAIT
from bot.domain.typed_time import moment_typed, read_typed_time


def understand(text: str, *, language: str, locale: str, zone: str, now: datetime) -> datetime | None:
    """The moment (UTC) that `text` means, or None when that is not certain; it may be over.

    `language` is the person's, and only decides what `half 10` is; English and Dutch words both go. `locale` (`en-US`,
    `nl-NL`, …) decides whether 3/4 is in March or in April, `zone` (a name) whose wall clock it is. `now` is UTC.
    """
    typed = read_typed_time(text, language=language, locale=locale, zone=zone, now=now)
    if typed is None:
        return None
    if typed.moment:
        return typed.moment
    day = typed.day
    if typed.day_words:
        day = _named_date(typed.day_words, local(now, zone).date())
    return None if day is None else moment_typed(typed, day, zone)


def _named_date(words: str, today: date) -> date | None:
    """The date in `21 maart` (the coming one, unless it was there less than two months ago) or `21 march 2027`."""
    import dateparser  # half a second, and few people name a month

    found = dateparser.parse(
        words,
        languages=["en", "nl"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(0)) - timedelta(seconds=1),  # so that today counts as coming
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    if found is None:
        return None
    has_year = words.split()[-1].isdigit() and len(words.split()) == 3
    return found.date() if has_year or found.date() <= today + LONGEST_WAIT else None
