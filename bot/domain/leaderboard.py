"""The leaderboard: who passed stories along within a period. It only ever holds people who did, never who did not."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.local_time import day_of, local, moment_of
from bot.domain.people import Standing
from bot.domain.problems import Problem

DAY = timedelta(days=1)
MOST_NAMES = 10
FIRST_WEEK = 7
MOST_LETTERS = 200

_TYPED = {
    "week": ("week", "this week", "deze week"),
    "month": ("", "month", "this month", "maand", "deze maand"),
    "quarter": ("quarter", "this quarter", "kwartaal", "dit kwartaal"),
    "days": ("30", "30d", "30 days", "30days", "last 30 days", "30 dagen", "30dagen", "laatste 30 dagen"),
}


class PeriodNotUnderstood(Problem):
    """Something else than one of the periods was asked for."""

    word = "board.not_understood"


class PeriodName(StrEnum):
    """`LAST_MONTH` is never asked for: it stands beside a month that has only begun."""

    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    DAYS = "days"


class Measure(StrEnum):
    """What a board counts. The two are never added up: one is claimed, the other proven."""

    SAID = "said"
    """Stories that somebody said they shared."""
    READ = "read"
    """Unique readers of their personal links."""


@dataclass(frozen=True)
class Period:
    """From `start` up to, and without, `end` (UTC); both are midnights in the company's zone."""

    name: PeriodName
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Tally:
    """What a person is counted for: stories, or readers. `name` is None unless they agreed to be named."""

    person_id: int
    name: str | None
    count: int


@dataclass(frozen=True)
class Row:
    """A line of the board. People with equally many stand on the same place, by name."""

    place: int
    name: str
    count: int


@dataclass(frozen=True)
class Own:
    """The asker's own line, for them alone. `place` is where they stand, or would stand with their name on the board.

    None: below the ten, where a number says nothing kind.
    """

    count: int
    place: int | None
    is_named: bool


@dataclass(frozen=True)
class Board:
    """One period: the names, and the totals of everybody who takes part, named or not."""

    period: Period
    rows: tuple[Row, ...]
    people: int
    total: int
    own: Own | None = None


@dataclass(frozen=True)
class Sums:
    """What a board is drawn from, wherever it was counted.

    `top`: the first MOST_NAMES of those listed by name, best first; `mine` is the asker's own, None for nothing.
    """

    top: tuple[Tally, ...]
    people: int
    total: int
    mine: Tally | None = None


@dataclass(frozen=True)
class Leaderboard:
    """What was asked for, and last month beside it while this month is in its first week.

    `is_beginning`: readers are measured, and nobody had a single one yet, whenever. `totals_only`: the company shows
    nobody by name, whatever they chose.
    """

    board: Board
    before: Board | None = None
    measure: Measure = Measure.SAID
    is_beginning: bool = False
    totals_only: bool = False


def parse_period(text: str) -> PeriodName:
    """The period somebody typed, in English or Dutch; nothing typed is this month. Raises PeriodNotUnderstood."""
    typed = re.sub(r"\s+", " ", text.strip().casefold())
    for name, ways in _TYPED.items():
        if typed in ways:
            return PeriodName(name)
    raise PeriodNotUnderstood


def period_of(name: PeriodName, now: datetime, zone: ZoneInfo | str) -> Period:
    """The period as the calendar in `zone` has it at `now` (UTC): weeks start on Monday, 30 days end today."""
    return _period(name, local(now, zone).date(), zone)


@lru_cache(maxsize=256)
def _period(name: PeriodName, day: date, zone: ZoneInfo | str) -> Period:
    first, last = _days(name, day)
    return Period(name, moment_of(first, time(), zone), moment_of(last, time(), zone))


def days_of(period: Period, zone: ZoneInfo | str) -> tuple[int, int]:
    """The period's first and last day on the wall clock in `zone`, as Python numbers days."""
    return day_of(period.start, zone), day_of(period.end, zone) - 1


def is_first_week(now: datetime, zone: ZoneInfo | str) -> bool:
    """Whether the month in `zone` has only begun."""
    return local(now, zone).day <= FIRST_WEEK


def without_people(board: Board) -> Board:
    """The same for a company that shows totals alone: the asker's own number, and no place among others."""
    own = None if board.own is None else replace(board.own, place=None)
    return replace(board, rows=(), own=own)


def make_board(period: Period, sums: Sums) -> Board:
    """The board as it is shown."""
    rows = tuple(Row(_place(tally.count, sums.top), tally.name or "", tally.count) for tally in sums.top)
    return Board(period, rows, sums.people, sums.total, _own(sums))


def sum_up(tallies: Iterable[Tally], asker: int | None = None) -> Sums:
    """From the tallies of everybody (`asker` is a person's id, or None for somebody who did nothing yet)."""
    passed = [tally for tally in tallies if tally.count > 0]
    mine = next((tally for tally in passed if tally.person_id == asker), None)
    return Sums(tuple(ranked(passed)[:MOST_NAMES]), len(passed), sum(tally.count for tally in passed), mine)


def ranked(tallies: Iterable[Tally]) -> list[Tally]:
    """Those with a name and something that counts: most first, equals by name."""
    named = [tally for tally in tallies if tally.name and tally.count > 0]
    return sorted(named, key=lambda tally: (-tally.count, listed_as(tally.name) or "", tally.person_id))


def shown_name(name: str, standing: str, *, is_active: bool) -> str | None:
    """The name as it stands in a row; None for whoever is not named, or whose name Slack did not tell."""
    return " ".join(name.split()) or None if standing == Standing.NAMED and is_active else None


def listed_as(shown: str | None) -> str | None:
    """What a board orders the shown name by. Cut off, so that it fits an index."""
    return None if shown is None else by_name(shown)[:MOST_LETTERS]


def by_name(name: str) -> str:
    """What names are put in order by: case and accents make no difference, so Zoë is not after Zwaan."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold()


def first_day(name: PeriodName, today: date) -> date:
    """The first day of the period that this day is in."""
    return _days(name, today)[0]


def _days(name: PeriodName, today: date) -> tuple[date, date]:
    """The first day, and the day after the last."""
    month = today.replace(day=1)
    match name:
        case PeriodName.WEEK:
            monday = today - DAY * today.weekday()
            return monday, monday + 7 * DAY
        case PeriodName.MONTH:
            return month, _later(month, 1)
        case PeriodName.LAST_MONTH:
            return _later(month, -1), month
        case PeriodName.QUARTER:
            first = _later(month, -((month.month - 1) % 3))
            return first, _later(first, 3)
        case PeriodName.DAYS:
            return today - 29 * DAY, today + DAY


def _later(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, index + 1, 1)


def _place(count: int, top: Sequence[Tally]) -> int:
    """Right up to MOST_NAMES; whoever stands below it only gets to hear that they do."""
    return 1 + sum(other.count > count for other in top)


def _own(sums: Sums) -> Own | None:
    """Somebody who is counted for nothing has no line: no zero row, not even for themselves."""
    if sums.mine is None:
        return None
    place = _place(sums.mine.count, sums.top)
    return Own(sums.mine.count, place if place <= MOST_NAMES else None, bool(sums.mine.name))
