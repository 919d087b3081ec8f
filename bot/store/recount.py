"""Scores counted anew from the shares, a period at a time, so that nobody waits long for the database.

While that goes on they are not whole: boards count shares instead, and what people do meanwhile is added as always. A
period that is counted is right from then on; the others are when their turn comes.
"""

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    true,
    update,
)

from bot.domain.leaderboard import Period, PeriodName, listed_as, shown_name
from bot.domain.people import Standing
from bot.domain.scores import Scoring, periods_between
from bot.store.rows import insert_or_ignore
from bot.store.scores import PART, find_scoring, hold_scoring, sum_person
from bot.store.tables import people, score_sums, scores, scoring, shares

ONLY = 1
"""The number of the one row of `scoring`."""


def begin(connection: Connection, zone: str, days: Period | None) -> list[Period]:
    """From now on scores are kept of the calendar in `zone` and of these 30 days. Answers what is to be counted."""
    _hold_alone(connection)
    _put(connection, Scoring(zone, days, is_whole=False))
    _list_everybody(connection)
    wanted = _periods(connection, Scoring(zone, days), true())
    for table in (scores, score_sums):
        kept = or_(false(), *(_of(table, period) for period in wanted))
        connection.execute(delete(table).where(not_(kept)))
    return wanted


def count(connection: Connection, zone: str, periods: Iterable[Period]) -> None:
    """Count these periods, of a calendar in `zone`; nothing, when scores are kept of another one by now."""
    found = _hold_alone(connection)
    if found is None or found.zone != zone:
        return
    for period in periods:
        for table in (scores, score_sums):
            connection.execute(delete(table).where(_of(table, period)))
        _count(connection, period, true())
        _sum_up(connection, period)


def finish(connection: Connection, zone: str) -> None:
    """All is counted, and can be shown."""
    found = _hold_alone(connection)
    if found is not None and found.zone == zone:
        connection.execute(update(scoring).values(is_whole=True))


def turn_to(connection: Connection, days: Period) -> None:
    """From now on scores are kept of these 30 days, and no more of those before."""
    if _hold_alone(connection) is not None:
        connection.execute(update(scoring).values(days_start=days.start, days_end=days.end))
        for table in (scores, score_sums):
            connection.execute(delete(table).where(table.c.period == PeriodName.DAYS))
        _count(connection, days, true())
        _sum_up(connection, days)


def everything(connection: Connection, zone: str) -> None:
    """All of it at once, where nobody else is at work."""
    count(connection, zone, begin(connection, zone, None))
    finish(connection, zone)


def count_person(connection: Connection, person_id: int) -> None:
    """Somebody takes part again: their shares of before count."""
    found = hold_scoring(connection)
    if found is None:
        return
    for period in _periods(connection, found, shares.c.person_id == person_id):
        _count(connection, period, shares.c.person_id == person_id)
    sum_person(connection, person_id, 1)


def _hold_alone(connection: Connection) -> Scoring | None:
    """Nobody changes a score until we are done."""
    connection.execute(select(scoring.c.id).with_for_update())
    return find_scoring(connection)


def _put(connection: Connection, wanted: Scoring) -> None:
    days = wanted.days
    values = {
        "zone": wanted.zone,
        "days_start": days.start if days else None,
        "days_end": days.end if days else None,
        "is_whole": wanted.is_whole,
    }
    if not insert_or_ignore(connection, scoring, id=ONLY, **values):
        connection.execute(update(scoring).values(**values))


def _list_everybody(connection: Connection) -> None:
    query = select(people.c.id, people.c.name, people.c.standing, people.c.is_active, people.c.listed_as)
    changed = [
        {"person": row.id, "shown": shown}
        for row in connection.execute(query)
        if (shown := listed_as(shown_name(row.name, row.standing, is_active=row.is_active))) != row.listed_as
    ]
    if changed:
        same = people.c.id == bindparam("person")
        connection.execute(update(people).where(same).values(listed_as=bindparam("shown")), changed)


def _periods(connection: Connection, found: Scoring, whose: ColumnElement[bool]) -> list[Period]:
    """Every period in which one of these shares may be, as far as scores are kept of it."""
    said = shares.c.said_at
    query = select(func.min(said), func.max(said)).where(whose, shares.c.person_id.is_not(None))
    first, last = connection.execute(query).one()
    calendar = [] if first is None else list(periods_between(found.zone, first, last))
    return calendar if found.days is None else [*calendar, found.days]


def _of(table: Table, period: Period) -> ColumnElement[bool]:
    return and_(table.c.period == period.name, table.c.start == period.start)


def _count(connection: Connection, period: Period, whose: ColumnElement[bool]) -> None:
    key = (literal(period.name, scores.c.period.type), literal(period.start, scores.c.start.type))
    found = (
        select(people.c.id, *key, func.count(shares.c.story_id.distinct()), people.c.listed_as)
        .join(shares, shares.c.person_id == people.c.id)
        .where(shares.c.said_at >= period.start, shares.c.said_at < period.end, people.c.standing != Standing.OUT)
        .where(whose)
        .group_by(people.c.id, people.c.listed_as)
    )
    connection.execute(insert(scores).from_select(["person_id", "period", "start", "stories", "listed_as"], found))


def _sum_up(connection: Connection, period: Period) -> None:
    key = (scores.c.period, scores.c.start, PART)
    found = select(*key, func.count(), func.sum(scores.c.stories)).where(_of(scores, period)).group_by(*key)
    connection.execute(insert(score_sums).from_select(["period", "start", "part", "people", "times"], found))
