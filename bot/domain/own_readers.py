"""What one person sees of their own readers: week by week, their best, and what their shares bring lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.domain.champions import WEEK
from bot.domain.stories import Story

WEEKS = 12
"""So many are drawn, this one the last."""
LETTERS = "▁▂▃▄▅▆▇█"
QUARTER = 4


@dataclass(frozen=True)
class ByWeek:
    """Readers by week, Monday to Sunday, the oldest first and this week last; from the first reader on.

    `best`: the most of any week before this one, drawn or not; 0 when there was none. `monday`: of this week.
    """

    weeks: tuple[int, ...]
    best: int
    monday: date

    @property
    def first(self) -> date:
        """The Monday of the first of them."""
        return self.monday - timedelta(weeks=len(self.weeks) - 1)

    @property
    def this(self) -> int:
        """So many this week until now."""
        return self.weeks[-1]

    @property
    def last(self) -> int:
        """So many in the week before."""
        return self.weeks[-2] if len(self.weeks) > 1 else 0

    @property
    def is_record(self) -> bool:
        """Whether this week beats all others. A first week beats nothing."""
        return self.this > self.best > 0


@dataclass(frozen=True)
class LineToComms:
    """Where somebody finds comms: in the champions' channel they joined, or by writing to these people (Slack ids)."""

    channel: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnReaders:
    """All of it. `by_week` None: nobody read anything in thirteen months.

    `a_week`: what their shares bring lately, as champions are found by, up to the end of the day `until`. `best`: of
    several stories the one with most readers, and how many. `place`: on the board of the last 30 days, where a number
    is kind; none where the company shows totals alone. `is_champion`: readers follow them, and `known_for` says how
    long that is known. `line`: for champions.
    """

    by_week: ByWeek | None = None
    a_week: float = 0.0
    until: date | None = None
    best: tuple[Story, int] | None = None
    place: int | None = None
    is_in_top_quarter: bool = False
    is_champion: bool = False
    known_for: str = ""
    line: LineToComms | None = None


def by_week(readers: Mapping[int, int], today: int) -> ByWeek | None:
    """From readers by day, as Python numbers days; the days are those of the company's zone. None without any."""
    found: dict[int, int] = {}
    for day, count in readers.items():
        found[_week(day)] = found.get(_week(day), 0) + count
    found = {week: count for week, count in found.items() if count > 0 and week <= _week(today)}
    if not found:
        return None
    this = _week(today)
    first = max(min(found), this - WEEKS + 1)
    before = (count for week, count in found.items() if week < this)
    monday = date.fromordinal(this * WEEK + 1)
    return ByWeek(tuple(found.get(week, 0) for week in range(first, this + 1)), max(before, default=0), monday)


def picture(weeks: tuple[int, ...]) -> str:
    """A letter a week, as high as it had readers; empty where one week alone would be compared with nothing."""
    most = max(weeks, default=0)
    if len(weeks) < 2 or not most:
        return ""
    return " ".join(LETTERS[ceil(count / most * (len(LETTERS) - 1))] for count in weeks)


def shown_place(place: int | None, rank: int, of: int) -> int | None:
    """The place that is told as a number: the one that the leaderboard of these days tells, and never the last.

    `place`: among those the board has by name, None below its ten; `rank`: among all `of` who had readers.
    """
    return place if rank < of or of == 1 else None


def is_in_top_quarter(rank: int, of: int) -> bool:
    """Whether that can be said of somebody who is told no number."""
    return rank <= of / QUARTER


def _week(day: int) -> int:
    """Day 1, as Python numbers them, was a Monday."""
    return (day - 1) // WEEK
