"""When in the week stories go out."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import local, moment_of
from bot.domain.problems import Problem
from bot.domain.weekdays import NUMBER_OF, short_name

DAY = timedelta(days=1)

_PIECE = re.compile(
    r"(?P<weekday>[a-z]+)\.?\s*(?:at|om)?\s*(?P<hour>\d{1,2})(?:\s*[:.uh]\s*(?P<minute>\d{2})?)?\s*(?P<half>am|pm|uur)?"
)


class SlotsNotUnderstood(Problem):
    """A piece of the typed slots is not a weekday and a time; `params["piece"]` is that piece as it was typed."""

    word = "slots.not_understood"

    def __init__(self, piece: str, *, field: str | None = None) -> None:
        super().__init__(field=field, piece=piece)
        self.piece = piece


class NoSlots(Problem):
    """There is no slot in the week, so there is no next one; an admin has to set one first."""

    word = "slots.none"


@dataclass(frozen=True, order=True)
class Slot:
    """A time of the week on the wall clock: `weekday` 0 = Monday … 6 = Sunday."""

    weekday: int
    hour: int
    minute: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for what no week has."""
        if not (0 <= self.weekday <= 6 and 0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            raise ValueError(f"no such time of the week: {self.weekday} {self.hour}:{self.minute}")

    @property
    def clock(self) -> time:
        """The time of day, without a zone."""
        return time(self.hour, self.minute)


def parse_slots(text: str) -> tuple[Slot, ...]:
    """`Tue 9:00, do 14.30; Friday 9am` in the order of the week, each once; nothing typed is no slots.

    Raises SlotsNotUnderstood with the first piece that is not a weekday and a time.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;\n]|\s(?:and|en)\s", text)]
    return tuple(sorted({_parse_slot(piece) for piece in pieces if piece}))


def format_slots(slots: Iterable[Slot], language: str = "en") -> str:
    """`Tue 9:00, Thu 9:00` (or `di 9:00, do 9:00`): what `parse_slots` reads back to the same slots."""
    return ", ".join(f"{short_name(slot.weekday, language)} {slot.hour}:{slot.minute:02}" for slot in sorted(slots))


def occurrences(slots: Iterable[Slot], zone: ZoneInfo | str, after: datetime) -> Iterator[datetime]:
    """The moments (UTC) of the slots strictly after `after` (UTC), in order, without end; none when there are no slots.

    A wall time that spring skips goes at the first one that exists (02:30 at 03:00), one that autumn repeats at the
    first of the two. Slots that so fall together are one moment. No slot comes twice a day and none is lost.
    """
    week = frozenset(slots)
    day, last = local(after, zone).date() - DAY, after
    while week:
        for moment in _moments_on(day, week, zone):
            if moment > last:
                last = moment
                yield moment
        day += DAY


def next_free(
    slots: Iterable[Slot], zone: ZoneInfo | str, after: datetime, taken: Collection[datetime] = ()
) -> datetime:
    """The first moment (UTC) of the slots strictly after `after` that is not in `taken`. Raises NoSlots."""
    for moment in occurrences(slots, zone, after):
        if moment not in taken:
            return moment
    raise NoSlots


def next_weekly(weekday: int, clock: time, zone: ZoneInfo | str, after: datetime) -> datetime:
    """The first moment (UTC) strictly after `after` at this weekday (0 = Monday) and wall time."""
    return next_free([Slot(weekday, clock.hour, clock.minute)], zone, after)


def last_weekly(weekday: int, clock: time, zone: ZoneInfo | str, at: datetime) -> datetime:
    """The latest moment (UTC) at or before `at` at this weekday (0 = Monday) and wall time."""
    slot = Slot(weekday, clock.hour, clock.minute)
    day = local(at, zone).date()
    days_back = (day - DAY * back for back in range(15))
    moments = (moment for candidate in days_back for moment in _moments_on(candidate, {slot}, zone))
    return next(moment for moment in moments if moment <= at)


def _moments_on(day: date, week: Collection[Slot], zone: ZoneInfo | str) -> list[datetime]:
    return sorted({moment_of(day, slot.clock, zone) for slot in week if slot.weekday == day.weekday()})


def _parse_slot(piece: str) -> Slot:
    found = _PIECE.fullmatch(piece.lower())
    if found is None or found["weekday"] not in NUMBER_OF:
        raise SlotsNotUnderstood(piece)
    try:
        hour = _hour_of_day(int(found["hour"]), found["half"])
        return Slot(NUMBER_OF[found["weekday"]], hour, int(found["minute"] or 0))
    except ValueError:
        raise SlotsNotUnderstood(piece) from None


def _hour_of_day(hour: int, half: str | None) -> int:
    if half not in ("am", "pm"):
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"no such hour: {hour} {half}")
    return hour % 12 + (12 if half == "pm" else 0)
