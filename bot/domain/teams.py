"""Teams: readers a head, so that a small one can stand beside a large one; never a team that brought nobody.

What people brought stays in their team's sums when they leave, in sums that are nobody's (`rests_of`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from bot.domain.champions import SMALLEST_TEAM, Team, readers_a_head
from bot.domain.leaderboard import MOST_NAMES, Measure, Period, PeriodName, by_name, first_day, parse_period
from bot.domain.setup import TeamsFrom

LONGEST_NAME = 60
WEEKS_SHOWN = 13
"""What comms sees of teams is of so many weeks, this one included."""
LEAST_TEAMS = 2
"""One team alone is no team of the week."""
MOST_DECIMALS = 3

_BY_TEAM = re.compile(r"\b(?:by|per)?\s*(?:teams?|afdeling(?:en)?)\b", re.IGNORECASE)


class RestOf(StrEnum):
    """What is kept of those who left: a period that begins on the day that stands beside it, or that day alone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


TOOK_PART = "people"
"""Beside the two measures: how many people took part for the last time in that week."""


@dataclass(frozen=True)
class Rest:
    """A sum: `measure` is "said", "read" or TOOK_PART, `day` the first of the period, as Python numbers days."""

    measure: str
    period: RestOf
    day: int


@dataclass(frozen=True)
class TeamRow:
    """A line of the board. Teams that show the same number stand on the same place, by name."""

    place: int
    name: str
    a_head: float


@dataclass(frozen=True)
class OwnTeam:
    """The asker's own team, for them alone. `place` is None below the ten, where a number says nothing kind."""

    name: str
    a_head: float
    place: int | None


@dataclass(frozen=True)
class TeamBoard:
    """One period. `decimals`: so many that no row reads zero."""

    period: Period
    rows: tuple[TeamRow, ...]
    own: OwnTeam | None = None
    decimals: int = 1


@dataclass(frozen=True)
class TeamLeaderboard:
    """What was asked for, and last month beside it while this month is in its first week.

    `is_known`: it is known of some teams that five people or more are in them. `is_by_part`: heads are those who take
    part, as nobody told how many there are.
    """

    board: TeamBoard
    before: TeamBoard | None = None
    measure: Measure = Measure.SAID
    is_known: bool = True
    is_by_part: bool = False


def parse_board(text: str) -> tuple[PeriodName, bool]:
    """The period somebody typed, and whether by team, in any order. Raises PeriodNotUnderstood."""
    period, teams = _BY_TEAM.subn(" ", text)
    return parse_period(period), bool(teams)


def shown_team(name: str) -> str | None:
    """A team's name on one line, as it is kept; None when nothing of it is left."""
    seen = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip() or None


def make_team_board(period: Period, teams: Sequence[Team], mine: str | None = None) -> TeamBoard:
    """Ten teams of five or more at most, the best first; `mine` is the asker's own team."""
    found = [(team, a_head) for team, a_head in readers_a_head(teams) if team.readers > 0]
    decimals = _decimals([a_head for _, a_head in found[:MOST_NAMES]])
    ordered = sorted(found, key=lambda one: (-round(one[1], decimals), by_name(one[0].name), one[0].name))
    rows = tuple(_rows(ordered, decimals))
    own = next((row for row in rows if row.name == mine), None)
    shown = None if own is None else OwnTeam(own.name, own.a_head, own.place if own.place <= MOST_NAMES else None)
    return TeamBoard(period, rows[:MOST_NAMES], shown, decimals)


def team_of_the_week(teams: Sequence[Team]) -> str | None:
    """The team with most readers a head; none while there are no two to choose from, or nobody had a reader."""
    found = readers_a_head(teams)
    if len(found) < LEAST_TEAMS:
        return None
    read = [(-round(a_head, 6), by_name(team.name), team.name) for team, a_head in found if team.readers > 0]
    return min(read)[-1] if read else None


def heads_by_team(order: Iterable[tuple[str, Collection[str]]]) -> tuple[dict[str, str], Counter[str]]:
    """The team of each person, the first one in this order that they are in; and how many people each has."""
    found: dict[str, str] = {}
    for team, members in order:
        for user in members:
            found.setdefault(user, team)
    return found, Counter(found.values())


def is_large_enough(heads: int) -> bool:
    """Whether what somebody leaves behind is hidden among others."""
    return heads >= SMALLEST_TEAM


def starts(day: int) -> Iterable[tuple[RestOf, int]]:
    """The first day of each period that this day is in."""
    this = date.fromordinal(day)
    for period in (RestOf.WEEK, RestOf.MONTH, RestOf.QUARTER):
        yield period, first_day(PeriodName(period), this).toordinal()


def rests_of(said: Iterable[tuple[int, int]], readers: Mapping[int, int]) -> Counter[Rest]:
    """All that somebody adds to the sums of their team, by period.

    `said`: stories with the days on which they said that they shared them; `readers`: how many, by day. A story counts
    once in each period. Of single days it counts on the last one: whoever left does nothing later.
    """
    found: Counter[Rest] = Counter()
    for _, days in groupby(sorted(said), key=lambda one: one[0]):
        on = [day for _, day in days]
        found.update({Rest(Measure.SAID, *start) for day in on for start in starts(day)})
        found[Rest(Measure.SAID, RestOf.DAY, max(on))] += 1
    for day, number in readers.items():
        for start in ((RestOf.DAY, day), *starts(day)):
            found[Rest(Measure.READ, *start)] += number
    if found:
        last = max(rest.day for rest in found if rest.period is RestOf.DAY)
        found[Rest(TOOK_PART, RestOf.WEEK, dict(starts(last))[RestOf.WEEK])] = 1
    return +found


def is_by_part(teams_from: TeamsFrom) -> bool:
    """Whether heads are those who take part: a profile field is looked at of nobody else."""
    return teams_from is TeamsFrom.FIELD


def first_week_shown(day: int) -> int:
    """The Monday of the first week of what comms sees on this day."""
    return dict(starts(day))[RestOf.WEEK] - 7 * (WEEKS_SHOWN - 1)


def _rows(ordered: Sequence[tuple[Team, float]], decimals: int) -> Iterable[TeamRow]:
    shown = [round(a_head, decimals) for _, a_head in ordered]
    for (team, _), a_head in zip(ordered, shown, strict=True):
        yield TeamRow(1 + sum(other > a_head for other in shown), team.name, a_head)


def _decimals(found: Sequence[float]) -> int:
    fit = (n for n in range(1, MOST_DECIMALS) if all(round(a_head, n) > 0 for a_head in found))
    return next(fit, MOST_DECIMALS)
