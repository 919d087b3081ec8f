"""Which time of day somebody typed.

Decided, and the same in both languages:
- `14:00`, `09:00`, `9am` are read as they stand.
- A spoken hour (`9`, `9:00`, `half tien`, `at nine`) without a part of the day is read as it stands from 7 to 12;
  from 1 to 6 it could be either half of the day and is not certain. (`vanmiddag 3 uur` is 15:00, `tonight at 8` 20:00.)
- A part of the day alone has a time when the day is known: morning 9:00, afternoon 14:00, evening and tonight 19:00.
- `half tien` is 9:30. `half ten` and, in English, `half 10` mean two things and are not certain.
- `20 to 10` in digits could be from-to and is not certain; `twenty to ten` and `20 voor 10` are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from bot.domain.typed_words import NUMBER, number


class NotCertain(Exception):
    """What was typed has no reading, or more than one. Never leaves the reading of typed times."""


@dataclass(frozen=True)
class Clock:
    """A time of day; `spoken` when it may belong to either half of the day; `midnight` when it ends the day."""

    hour: int
    minute: int = 0
    spoken: bool = False
    midnight: bool = False


PARTS = {"MORNING": time(9), "AFTERNOON": time(14), "EVENING": time(19), "NIGHT": None}
"""The parts of the day, and the time each means when no other is given."""

_SPOKEN_IN_PART = {
    "MORNING": {hour: hour for hour in range(1, 12)},
    "AFTERNOON": {12: 12} | {hour: hour + 12 for hour in range(1, 7)},
    "EVENING": {hour: hour + 12 for hour in range(5, 12)},
    "NIGHT": {hour: hour for hour in range(1, 6)},
    None: {hour: hour for hour in range(7, 13)},
}
_READ_IN_PART = {
    "MORNING": range(1, 12),
    "AFTERNOON": range(12, 19),
    "EVENING": range(17, 24),
    "NIGHT": range(6),
    None: range(24),
}

_AT = r"(?:(?:\b(?:at|om)|@)\s*)?"
_START, _END = r"(?<![\w:/.-])", r"(?![\w:/-]|\.\d)"
_HALF = r"(?:\s?(?P<half>am|pm))?"
_AFTER_MINUTES = r"(?!\w|:|/|-|\.\d|\s+[a-z])"
_PAST = {"over": 1, "na": 1, "past": 1, "after": 1, "voor": -1, "to": -1, "before": -1}


def take_clock(text: str, tongue: str | None) -> tuple[Clock | None, str]:
    """The time of day in tokenised `text`, and the text without it. Raises NotCertain."""
    for pattern, read in _CLOCKS:
        if found := re.search(pattern, text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return read(found, tongue), " ".join(rest.split())
    return None, text


def take_part(text: str) -> tuple[str | None, str]:
    """The part of the day in tokenised `text` (a key of PARTS), and the text without it. Raises NotCertain."""
    parts = {word for word in text.split() if word in PARTS}
    if len(parts) > 1:
        raise NotCertain("two parts of the day")
    return next(iter(parts), None), " ".join(word for word in text.split() if word not in PARTS)


def time_of_day(clock: Clock | None, part: str | None) -> time:
    """What `clock` says within that part of the day. Raises NotCertain."""
    if clock is None:
        default = PARTS.get(part) if part else None
        if default is None:
            raise NotCertain("no time of day")
        return default
    if clock.midnight:
        return time(0)
    hour = _SPOKEN_IN_PART[part].get(clock.hour) if clock.spoken else clock.hour
    if hour not in _READ_IN_PART[part] or hour is None or clock.minute > 59:
        raise NotCertain("no such hour, or either half of the day")
    return time(hour, clock.minute)


def bare_hour(word: str) -> Clock | None:
    """A lone number, as the 9 in `tue 9`; None for anything else."""
    return _hour(word) if re.fullmatch(NUMBER, word) else None


def _hour(word: str, minute: int = 0, half: str | None = None) -> Clock:
    hour = number(word)
    if half:
        if not 1 <= hour <= 12:
            raise NotCertain("no such hour")
        return Clock(hour % 12 + (12 if half == "pm" else 0), minute)
    if (hour, minute) == (24, 0):
        return Clock(0, midnight=True)
    return Clock(hour, minute, spoken=1 <= hour <= 12 and not word.startswith("0"))


def _digits(found: re.Match[str], _: str | None) -> Clock:
    return _hour(found["hour"], int(found["minute"] or 0), found["half"])


def _whole(found: re.Match[str], _: str | None) -> Clock:
    return _hour(found["hour"], 0, found.groupdict().get("half"))


def _dotted(found: re.Match[str], _: str | None) -> Clock:
    looks_like_a_date = 1 <= int(found["minute"]) <= 12
    if looks_like_a_date and not (found["at"] or found["uur"]):
        raise NotCertain("a time or a date")
    return _digits(found, None)


def _shifted(word: str, minutes: int, half: str | None = None) -> Clock:
    """`minutes` (negative: before) from the whole hour of a dial of twelve hours."""
    hour = number(word)
    if not 1 <= hour <= 12:
        raise NotCertain("nobody says quarter past fifteen")
    shifted = (hour * 60 + minutes) // 60
    return _hour(str((shifted - 1) % 12 + 1), minutes % 60, half)


def _half(found: re.Match[str], tongue: str | None) -> Clock:
    word = found["hour"]
    dutch = tongue == "nl" if word.isdigit() else word in _DUTCH_HOURS
    if not dutch:
        raise NotCertain("half an hour before, or after")
    return _shifted(word, -30)


def _around_half(found: re.Match[str], _: str | None) -> Clock:
    return _shifted(found["hour"], -30 + _PAST[found["way"]] * number(found["minutes"]))


def _half_past(found: re.Match[str], _: str | None) -> Clock:
    return _shifted(found["hour"], 30, found["half"])


def _past_or_to(found: re.Match[str], _: str | None) -> Clock:
    said = found["minutes"]
    if found["way"] == "to" and said.isdigit() and not found["unit"]:
        raise NotCertain("before, or from-to")
    minutes = 15 if said in ("kwart", "quarter") else number(said)
    return _shifted(found["hour"], _PAST[found["way"]] * minutes, found["half"])


def _noon(_: re.Match[str], __: str | None) -> Clock:
    return Clock(12)


def _midnight(_: re.Match[str], __: str | None) -> Clock:
    return Clock(24, midnight=True)


_DUTCH_HOURS = {"een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"}
_NOT_A_SPAN = r"(?!\s*(?:dag|dagen|day|days|week|weken|weeks|maand|maanden|months?)\b)"

_CLOCKS: list[tuple[str, Callable[[re.Match[str], str | None], Clock]]] = [
    (rf"{_AT}{_START}(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::00)?{_HALF}(?:\s?(?:uur|u|h))?{_END}", _digits),
    (rf"{_AT}{_START}(?P<hour>\d{{1,2}})\s?[uh]\s?(?P<minute>\d{{2}}){_HALF}{_AFTER_MINUTES}", _digits),
    (rf"{_AT}{_START}(?P<hour>{NUMBER})\s?uur\s(?P<minute>\d{{2}}){_HALF}{_AFTER_MINUTES}", _digits),
    (rf"{_AT}{_START}(?:12\s)?(?:uur\s)?\b(?:noon|midday){_END}", _noon),
    (rf"{_AT}{_START}(?:12\s)?(?:uur\s)?\b(?:midnight|middernacht){_END}", _midnight),
    (
        rf"{_AT}{_START}(?P<minutes>{NUMBER})(?: min(?:uten|utes)?)? (?P<way>over|voor) half (?P<hour>{NUMBER})"
        rf"(?:\s?uur)?{_END}",
        _around_half,
    ),
    (rf"{_AT}{_START}half past (?P<hour>{NUMBER}){_HALF}{_END}", _half_past),
    (rf"{_AT}{_START}half (?P<hour>{NUMBER})(?:\s?uur)?{_END}", _half),
    (
        rf"{_AT}{_START}(?:a )?(?P<minutes>kwart|quarter|{NUMBER})(?P<unit> min(?:uten|utes)?)?"
        rf" (?P<way>over|voor|na|past|after|to|before) (?P<hour>{NUMBER})(?:\s?uur)?{_HALF}{_END}{_NOT_A_SPAN}",
        _past_or_to,
    ),
    (rf"{_AT}{_START}(?P<hour>{NUMBER})\s?(?P<half>am|pm){_END}", _whole),
    (
        rf"(?P<at>(?:\b(?:at|om)|@)\s*)?{_START}(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}}){_HALF}(?P<uur>\s?(?:uur|u|h))?"
        rf"{_END}(?!\s?\.)",
        _dotted,
    ),
    (rf"{_AT}{_START}(?P<hour>{NUMBER})\s?(?:uur|u|h){_HALF}{_END}", _whole),
    (rf"(?:\b(?:at|om)\s|@\s?)(?P<hour>{NUMBER}){_END}", _whole),
]
