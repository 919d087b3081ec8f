"""Scores counted anew from the ledgers, a period at a time, so that nobody waits long for the database.

While that goes on they are not whole: boards count shares and readers instead, and what people do meanwhile is added as
always. A period that is counted is right from then on; the others are when their turn comes.

Of readers those are counted that were taken into scores before (`scored`); `score_readers` takes in the others.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
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

from bot.domain.leaderboard import Measure, Period, PeriodName, days_of, listed_as, shown_name
from bot.domain.people import Standing
from bot.domain.scores import Scoring, noon_of, periods_between
from bot.store.rows import insert_or_ignore
from bot.store.scores import PART, find_scoring, hold_scoring, sum_person
from bot.store.tables import people, reader_days, score_sums, scores, scoring, shares

ONLY = 1
"""The number of the one row of `scoring`."""


def begin(connection: Connection, zone: str, days: Period | None) -> list[Period]:
    """From now on scores are kept of the calendar in `zone` and of these 30 days. Answers what is to be counted."""
    # People before scores, as everybody does.
    _list_everybody(connection)
    _hold_alone(connection)
    _put(connection, Scoring(zone, days, is_whole=False))
    wanted = _periods(connection, Scoring(zone, days), None)
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
        if period.name is PeriodName.DAYS and period != found.days:
            continue  # another copy has turned to other days meanwhile
        for table in (scores, score_sums):
            connection.execute(delete(table).where(_of(table, period)))
        _count(connection, zone, period, None)
        _sum_up(connection, period)


def finish(connection: Connection, zone: str) -> None:
    """All is counted, and can be shown."""
    found = _hold_alone(connection)
    if found is not None and found.zone == zone:
        connection.execute(update(scoring).values(is_whole=True))


def turn_to(connection: Connection, days: Period) -> None:
    """From now on scores are kept of these 30 days, and no more of those before."""
    found = _hold_alone(connection)
    if found is not None:
        connection.execute(update(scoring).values(days_start=days.start, days_end=days.end))
        for table in (scores, score_sums):
            connection.execute(delete(table).where(table.c.period == PeriodName.DAYS))
        _count(connection, found.zone, days, None)
        _sum_up(connection, days)


def everything(connection: Connection, zone: str) -> None:
    """All of it at once, where nobody else is at work."""
    count(connection, zone, begin(connection, zone, None))
    finish(connection, zone)


def count_person(connection: Connection, person_id: int) -> None:
    """Somebody takes part again: their shares and readers of before count."""
    found = hold_scoring(connection)
    if found is None:
        return
    connection.execute(
        update(reader_days).where(reader_days.c.person_id == person_id).values(scored=reader_days.c.readers)
    )
    for period in _periods(connection, found, person_id):
        _count(connection, found.zone, period, person_id)
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
    if not _listed_otherwise(connection, query):
        return
    held = query.order_by(people.c.id).with_for_update(key_share=True)
    changed = [{"person": id_, "shown": shown} for id_, shown in _listed_otherwise(connection, held).items()]
    if changed:
        same = people.c.id == bindparam("person")
        connection.execute(update(people).where(same).values(listed_as=bindparam("shown")), changed)


def _listed_otherwise(connection: Connection, query: Select[Any]) -> dict[int, str | None]:
    """By id, what boards should list these people as, where that is not what is kept."""
    return {
        row.id: shown
        for row in connection.execute(query)
        if (shown := listed_as(shown_name(row.name, row.standing, is_active=row.is_active))) != row.listed_as
    }


def _periods(connection: Connection, found: Scoring, person_id: int | None) -> list[Period]:
    """Every period that may hold a share or a reader of theirs (None: of anybody), as far as scores are kept of it."""
    said, day = shares.c.said_at, reader_days.c.day
    whose = _whose(shares, person_id), shares.c.person_id.is_not(None)
    moments = list(connection.execute(select(func.min(said), func.max(said)).where(*whose)).one())
    days = connection.execute(select(func.min(day), func.max(day)).where(_whose(reader_days, person_id))).one()
    moments += [None if day is None else noon_of(day, found.zone) for day in days]
    known = [moment for moment in moments if moment is not None]
    calendar = list(periods_between(found.zone, min(known), max(known))) if known else []
    return calendar if found.days is None else [*calendar, found.days]


def _whose(table: Table, person_id: int | None) -> ColumnElement[bool]:
    return true() if person_id is None else table.c.person_id == person_id


def _of(table: Table, period: Period) -> ColumnElement[bool]:
    return and_(table.c.period == period.name, table.c.start == period.start)


def _count(connection: Connection, zone: str, period: Period, person_id: int | None) -> None:
    names = ["person_id", "measure", "period", "start", "value", "listed_as"]
    for found in (_said(period, person_id), _read(period, zone, person_id)):
        connection.execute(insert(scores).from_select(names, found))


def _said(period: Period, person_id: int | None) -> Select[Any]:
    within = shares.c.said_at >= period.start, shares.c.said_at < period.end
    found = _scores(Measure.SAID, period, func.count(shares.c.story_id.distinct()))
    found = found.join(shares, shares.c.person_id == people.c.id)
    return found.where(*within, _whose(shares, person_id))


def _read(period: Period, zone: str, person_id: int | None) -> Select[Any]:
    within = reader_days.c.day.between(*days_of(period, zone)), reader_days.c.scored != 0
    found = _scores(Measure.READ, period, func.sum(reader_days.c.scored))
    found = found.join(reader_days, reader_days.c.person_id == people.c.id)
    return found.where(*within, _whose(reader_days, person_id))


def _scores(measure: Measure, period: Period, value: ColumnElement[int]) -> Select[Any]:
    """Of everybody who takes part; what is counted is still to be joined."""
    key = {"measure": measure, "period": period.name, "start": period.start}
    columns = [literal(given, scores.c[name].type) for name, given in key.items()]
    found = select(people.c.id, *columns, value, people.c.listed_as).select_from(people)
    return found.where(people.c.standing != Standing.OUT).group_by(people.c.id, people.c.listed_as)


def _sum_up(connection: Connection, period: Period) -> None:
    key = (scores.c.measure, scores.c.period, scores.c.start, PART)
    found = select(*key, func.count(), func.sum(scores.c.value)).where(_of(scores, period)).group_by(*key)
    names = ["measure", "period", "start", "part", "people", "total"]
    connection.execute(insert(score_sums).from_select(names, found))
