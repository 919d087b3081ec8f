"""What the people of each team brought together, those included who left since: of these there are sums alone."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, func, select, union

from bot.domain.champions import Team
from bot.domain.leaderboard import Measure, Period, PeriodName, days_of
from bot.domain.local_time import moment_of
from bot.domain.people import Standing
from bot.domain.teams import TOOK_PART, RestOf
from bot.store.scores import kind_of
from bot.store.tables import people, reader_days, scores, shares
from bot.store.team_rest import sums
from bot.store.teams import heads

Numbers = Mapping[str, int]
"""By team."""
Days = tuple[int, int]
"""The first and the last day, as Python numbers days."""


def of_period(connection: Connection, measure: Measure, period: Period, zone: str, *, is_kept: bool) -> list[Team]:
    """What each team brought in this period; `is_kept`: the scores know, so that nothing need be counted."""
    found = _from_scores(connection, measure, period) if is_kept else _counted(connection, measure, period, zone)
    return _teams(connection, found, _left_behind(connection, measure, period, zone))


def read_on(connection: Connection, days: Days) -> list[Team]:
    """How many readers each team had on these days, of the last thirty."""
    return _teams(connection, _read(connection, days), sums(connection, Measure.READ, RestOf.DAY, days))


def shown_to_comms(connection: Connection, days: Days, zone: str, *, is_kept: bool) -> list[Team]:
    """How many readers each team had on these days, from a Monday on, and how many of its people took part.

    `is_kept`: scores know who said so in which week; else the shares are looked through. Of who left there are whole
    weeks alone.
    """
    took_part = Counter(_took_part(connection, days, zone, is_kept=is_kept))
    took_part.update(sums(connection, TOOK_PART, RestOf.WEEK, days))
    read = Counter(_read(connection, days))
    read.update(sums(connection, Measure.READ, RestOf.WEEK, days))
    known = sorted(heads(connection).items())
    return [Team(name, number, read[name], min(number, took_part[name])) for name, number in known if name]


def _teams(connection: Connection, *found: Numbers) -> list[Team]:
    brought: Counter[str] = Counter()
    for numbers in found:
        brought.update(numbers)
    return [Team(name, number, brought[name]) for name, number in sorted(heads(connection).items()) if name]


def _from_scores(connection: Connection, measure: Measure, period: Period) -> Numbers:
    query = _by_team(func.sum(scores.c.value)).join(scores, scores.c.person_id == people.c.id)
    same = (scores.c.measure == measure, scores.c.period == kind_of(period), scores.c.start == period.start)
    return _numbers(connection, query.where(*same))


def _counted(connection: Connection, measure: Measure, period: Period, zone: str) -> Numbers:
    if measure is Measure.READ:
        return _read(connection, days_of(period, zone))
    said = select(shares.c.person_id, func.count(shares.c.story_id.distinct()).label("stories"))
    said = said.where(shares.c.said_at >= period.start, shares.c.said_at < period.end).group_by(shares.c.person_id)
    each = said.subquery()
    return _numbers(connection, _by_team(func.sum(each.c.stories)).join(each, each.c.person_id == people.c.id))


def _read(connection: Connection, days: Days) -> Numbers:
    query = _by_team(func.sum(reader_days.c.readers)).join(reader_days, reader_days.c.person_id == people.c.id)
    return _numbers(connection, query.where(reader_days.c.day.between(*days)))


def _took_part(connection: Connection, days: Days, zone: str, *, is_kept: bool) -> Numbers:
    """How many different people of each team passed something along or were read on these days."""
    start, end = _midnight(days[0], zone), _midnight(days[1] + 1, zone)
    read = select(reader_days.c.person_id).where(reader_days.c.day.between(*days), reader_days.c.readers > 0)
    if is_kept:
        said = select(scores.c.person_id).where(scores.c.measure == Measure.SAID, scores.c.period == PeriodName.WEEK)
        said = said.where(scores.c.start >= start, scores.c.start < end)
    else:
        said = select(shares.c.person_id).where(shares.c.said_at >= start, shares.c.said_at < end)
    each = union(read, said).subquery()
    return _numbers(connection, _by_team(func.count()).join(each, each.c.person_id == people.c.id))


def _by_team(brought: Any) -> Any:
    return select(people.c.team, brought).select_from(people).where(*_IN_A_TEAM).group_by(people.c.team)


def _numbers(connection: Connection, query: Any) -> Numbers:
    return {team: int(number) for team, number in connection.execute(query)}


def _left_behind(connection: Connection, measure: Measure, period: Period, zone: str) -> Numbers:
    days = days_of(period, zone)
    if period.name is PeriodName.DAYS:
        return sums(connection, measure, RestOf.DAY, days)
    return sums(connection, measure, RestOf(kind_of(period)), (days[0], days[0]))


def _midnight(day: int, zone: str) -> datetime:
    return moment_of(date.fromordinal(day), time(), zone)


_IN_A_TEAM = (people.c.standing != Standing.OUT, people.c.team.is_not(None))
