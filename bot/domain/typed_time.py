"""When somebody means by what they typed: certain, or nothing at all.

What words mean is decided in typed_clock (time of day) and typed_day. Here they are joined:
- A time alone is today when still ahead, else tomorrow. A day alone is nothing.
- `in 2 hours`, `over een uur` count from now, to the whole minute.
- `midnight` alone or with today ends today; with another day it means two moments and is not certain.
- A wall time that the clock change skips, or gives twice, is not certain.
- Time zones in words are not read; ISO with an offset is.
A moment that is over is answered as it was typed: whoever asks says so.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import local, readings
from bot.domain.typed_clock import Clock, NotCertain, bare_hour, take_clock, take_part, time_of_day
from bot.domain.typed_day import DAY, TypedDay, read_day, weekday_from
from bot.domain.typed_words import NUMBER, number, tidy, tokens, tongue

_ISO_WITH_OFFSET = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)? ?(?:Z|[+-]\d{2}:?\d{2})", re.I
)

_HOURS, _MINUTES = r"(?:uur|uren|u|hours?|hrs?|h)", r"(?:minuut|minuten|minutes?|mins?)"
_SPANS: list[tuple[str, int]] = [
    (r"(?:half an|half|een half|a half) ?(?:uur|hour)|halfuur|een halfuur", 30),
    (r"(?:een )?kwartier|(?:a )?quarter an hour", 15),
    (r"(?:drie|3) kwartier|three quarters an hour", 45),
    (r"anderhalf uur|(?:an|one|1) hour and a half|(?:one|an|1) and a half hours?", 90),
]


@dataclass(frozen=True)
class Typed:
    """What is known of the moment.

    Either `moment` (UTC), or `day` and/or `day_words` (a day with a month's name, as `21 maart 2027`, which must turn
    out to be the same day) with `clock` and, when it was named, the `weekday` the day must be.
    """

    moment: datetime | None = None
    day: date | None = None
    day_words: str = ""
    weekday: int | None = None
    clock: time = time(0)


def read_typed_time(text: str, *, language: str, locale: str, zone: ZoneInfo | str, now: datetime) -> Typed | None:
    """What `text` says of a moment, or None when that is not certain. `now` is UTC."""
    try:
        return _exact(text, now) or _read(tidy(text), language, locale, zone, now)
    except (NotCertain, OverflowError):
        return None


def moment_typed(typed: Typed, day: date, zone: ZoneInfo | str) -> datetime | None:
    """The moment (UTC) on `day`, when the day agrees with all that was typed and its wall time exists exactly once."""
    if typed.day not in (None, day) or typed.weekday not in (None, day.weekday()):
        return None
    moments = readings(day, typed.clock, zone)
    return moments[0] if len(moments) == 1 else None


def _exact(text: str, now: datetime) -> Typed | None:
    if _ISO_WITH_OFFSET.fullmatch(text.strip()):
        try:
            return Typed(moment=datetime.fromisoformat(text.strip().upper().replace(" +", "+")).astimezone(UTC))
        except ValueError:
            raise NotCertain("no such date") from None
    span = _span(tidy(text))
    return None if span is None else Typed(moment=now.replace(second=0, microsecond=0) + span)


def _span(tidied: str) -> timedelta | None:
    """How long from now, for `in 2 hours` and its like in minutes and hours."""
    found = re.fullmatch(r"(?:in|over) (?P<ahead>.+)|(?P<from_now>.+) (?:from now|vanaf nu)", tidied)
    if found is None:
        return None
    said = found["ahead"] or found["from_now"]
    for pattern, minutes in _SPANS:
        if re.fullmatch(pattern, said):
            return timedelta(minutes=minutes)
    return _counted_span(said)


def _counted_span(said: str) -> timedelta | None:
    count = rf"(?:\d{{1,3}}(?:[.,]5)?|an?|{NUMBER})"
    hours = rf"(?P<hours>{count})(?P<and_a_half> and a half| en een half| en een halve)? ?{_HOURS}"
    minutes = rf"(?P<minutes>\d{{1,3}}|an?|{NUMBER}) ?{_MINUTES}"
    found = re.fullmatch(rf"(?:{hours})?(?:(?: and| en)? ?{minutes})?", said)
    if found is None or not said:
        return None
    half_hour = timedelta(minutes=30) if found["and_a_half"] else timedelta(0)
    return timedelta(hours=_count(found["hours"]), minutes=_count(found["minutes"])) + half_hour


def _count(said: str | None) -> float:
    if said is None:
        return 0
    if said in ("a", "an"):
        return 1
    return number(said) if said.isalpha() else float(said.replace(",", "."))


def _read(tidied: str, language: str, locale: str, zone: ZoneInfo | str, now: datetime) -> Typed:
    here = local(now, zone)
    clock, text = take_clock(tokens(tidied), tongue(tidied, language))
    part, text = take_part(text)
    day = read_day(text, here.date(), locale)
    if clock is None and (part or not day.silent) and (clock := bare_hour(day.rest)):
        day.rest = ""
    if day.rest:
        raise NotCertain("words without a meaning")
    typed_at = time_of_day(clock, part) if not (clock is None and day.silent) else None
    if typed_at is None:
        raise NotCertain("no time of day")
    if clock and clock.midnight:
        return _at_midnight(clock, day, here)
    return _joined(day, typed_at, here)


def _joined(day: TypedDay, clock: time, here: datetime) -> Typed:
    today, over = here.date(), clock <= here.time().replace(tzinfo=None)
    if day.silent:
        return Typed(day=today + DAY if over else today, clock=clock)
    named = next(iter(day.dates), None)
    if named is None and not day.words and day.weekday is not None:
        named = weekday_from(day.weekday, today, over_today=over)
    return Typed(day=named, day_words=day.words, weekday=day.weekday, clock=clock)


def _at_midnight(clock: Clock, day: TypedDay, here: datetime) -> Typed:
    """`24:00` ends the day that was said, `midnight` only today."""
    said_as_word = clock.hour == 24
    if day.words or (said_as_word and not day.silent and day.dates != {here.date()}):
        raise NotCertain("before the day, or after it")
    typed = _joined(day, time(0), here) if not day.silent else Typed(day=here.date())
    if typed.day is None or typed.weekday not in (None, typed.day.weekday()):
        raise NotCertain("the day is not known")
    return Typed(day=typed.day + DAY)
