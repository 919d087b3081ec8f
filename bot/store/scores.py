"""Scores by person and period, changed in the transaction that changes a share. The shares are the truth.

Whoever changes a person's scores holds that person's row first (`shares.to_change`), and then the one row of `scoring`,
so that scores are not counted anew at the same moment.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from bot.domain.leaderboard import MOST_NAMES, Period, PeriodName, Sums, Tally, shown_name
from bot.domain.people import Standing
from bot.domain.scores import Scoring, changes
from bot.store.prepared import Prepared, inserting
from bot.store.tables import people, scores, scoring

SAME = and_(
    scores.c.person_id == bindparam("person"),
    scores.c.period == bindparam("name"),
    scores.c.start == bindparam("from"),
)


def find_scoring(connection: Connection) -> Scoring | None:
    """What scores are kept of; None before they were ever counted."""
    return _scoring(connection.execute(select(scoring)).first())


def hold_scoring(connection: Connection) -> Scoring | None:
    """The same, for whoever changes scores: it stays so until they are done."""
    return _scoring(_HELD.first(connection, {}))


def change_scores(connection: Connection, person_id: int, before: set[datetime], after: set[datetime]) -> None:
    """What changed of one person's shares of one story: when they said so, before and after, on each network."""
    if before == after:
        return
    found = hold_scoring(connection)
    if found is None:
        return
    by_sign: dict[int, list[dict[str, Any]]] = {1: [], -1: []}
    for period, sign in changes(found, before, after).items():
        by_sign[sign].append({"person": person_id, **_key(period)})
    if by_sign[1]:
        _ADD.run_each(connection, by_sign[1])
    if by_sign[-1]:
        _TAKE.run_each(connection, by_sign[-1])
        _DROP_EMPTY.run(connection, {"person": person_id})


def list_as(connection: Connection, person_id: int, listed_as: str | None) -> None:
    """From now on boards list this person so, or not at all."""
    hold_scoring(connection)
    connection.execute(update(scores).where(scores.c.person_id == person_id).values(listed_as=listed_as))


def drop_person(connection: Connection, person_id: int) -> None:
    """This person stands on no board any more."""
    hold_scoring(connection)
    connection.execute(delete(scores).where(scores.c.person_id == person_id))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Periods that began before this are not whole any more: shares of then have lost their person."""
    hold_scoring(connection)
    connection.execute(delete(scores).where(scores.c.start < moment))


def sums(connection: Connection, period: Period, asker: int | None) -> Sums:
    """What a board of this period is drawn from. Only for periods that are kept (`scores.is_kept`)."""
    key = _key(period)
    top = tuple(
        Tally(person, shown_name(name, Standing.NAMED, is_active=True), count)
        for person, name, count in connection.execute(_TOP, key)
    )
    number, times = connection.execute(_TOTALS, key).one()
    return Sums(top, number, times or 0, None if asker is None else _mine(connection, asker, key))


def kind_of(period: Period) -> PeriodName:
    """Last month's scores are those of a month like any other."""
    return PeriodName.MONTH if period.name is PeriodName.LAST_MONTH else period.name


def _mine(connection: Connection, asker: int, key: dict[str, Any]) -> Tally | None:
    row = connection.execute(_MINE, {"person": asker, **key}).first()
    return None if row is None else Tally(asker, row.listed_as, row.stories)


def _key(period: Period) -> dict[str, Any]:
    return {"name": kind_of(period), "from": period.start}


def _scoring(row: Any) -> Scoring | None:
    if row is None:
        return None
    _, zone, start, end, is_whole = row
    return Scoring(zone, None if start is None else Period(PeriodName.DAYS, start, end), is_whole)


def _addition(insert: Any) -> Any:
    """One story more for somebody who takes part, on the row of the period or on a new one."""
    values = select(
        people.c.id, bindparam("name", type_=scores.c.period.type), bindparam("from", type_=scores.c.start.type), 1
    )
    values = values.add_columns(people.c.listed_as)
    values = values.where(people.c.id == bindparam("person"), people.c.standing != Standing.OUT)
    names = ["person_id", "period", "start", "stories", "listed_as"]
    insert = insert.from_select(names, values)
    return insert.on_conflict_do_update(index_elements=names[:3], set_={"stories": scores.c.stories + 1})


_HELD = Prepared(select(scoring).with_for_update(read=True))
_ADD = inserting(scores, _addition)
_TAKE = Prepared(update(scores).where(SAME).values(stories=scores.c.stories - 1))
_DROP_EMPTY = Prepared(delete(scores).where(scores.c.person_id == bindparam("person"), scores.c.stories < 1))
_OF_PERIOD = and_(scores.c.period == bindparam("name"), scores.c.start == bindparam("from"))
_BEST_FIRST = (scores.c.stories.desc(), scores.c.listed_as, scores.c.person_id)
_TOP_ROWS = (
    select(scores.c.person_id, scores.c.stories, scores.c.listed_as)
    .where(_OF_PERIOD, scores.c.listed_as.is_not(None))
    .order_by(*_BEST_FIRST)
    .limit(MOST_NAMES)
    .subquery()
)
_TOP = (
    select(people.c.id, people.c.name, _TOP_ROWS.c.stories)
    .join(_TOP_ROWS, _TOP_ROWS.c.person_id == people.c.id)
    .order_by(_TOP_ROWS.c.stories.desc(), _TOP_ROWS.c.listed_as, people.c.id)
)
_TOTALS = select(func.count(), func.sum(scores.c.stories)).where(_OF_PERIOD)
_MINE = select(scores.c.stories, scores.c.listed_as).where(SAME)
