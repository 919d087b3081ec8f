"""Scores by person and period, changed in the transaction that changes a share. The shares are the truth.

Whoever changes a person's scores holds that person's row first (`shares.to_change`), and then the one row of `scoring`,
so that scores are not counted anew at the same moment. How many people passed along, and how often in all, is kept
beside them (`score_sums`), for a few of the people in a row, so that hardly anybody waits for another.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, delete, func, literal, select, update

from bot.domain.leaderboard import MOST_NAMES, Period, PeriodName, Sums, Tally, shown_name
from bot.domain.people import Standing
from bot.domain.scores import Scoring, changes
from bot.store.prepared import Prepared, Values, inserting
from bot.store.tables import people, score_sums, scores, scoring

Changed = tuple[int, set[datetime], set[datetime]]
"""A person, and when they said that they shared a story, before and after, on each network."""
PARTS = 32
"""In how many rows a period is summed up."""
PART = scores.c.person_id % PARTS


def find_scoring(connection: Connection) -> Scoring | None:
    """What scores are kept of; None before they were ever counted."""
    return _scoring(_FOUND.first(connection, {}))


def hold_scoring(connection: Connection) -> Scoring | None:
    """The same, for whoever changes scores: it stays so until they are done."""
    return _scoring(_HELD.first(connection, {}))


def change_scores(connection: Connection, changed: Collection[Changed]) -> None:
    """What changed of people's shares of one story each; nobody twice."""
    changed = [each for each in changed if each[1] != each[2]]
    found = hold_scoring(connection) if changed else None
    if found is None:
        return
    steps: list[dict[str, Any]] = [
        {"person": person, "name": period.name, "from": period.start, "sign": sign, "edge": max(sign, 0)}
        for person, before, after in changed
        for period, sign in changes(found, before, after).items()
    ]
    # In one order, so that those who change the same sums take turns.
    steps.sort(key=_in_order)
    taken = [step for step in steps if step["sign"] < 0]
    _ADD.run_each(connection, [step for step in steps if step["sign"] > 0])
    _TAKE.run_each(connection, taken)
    _SUM_UP.run_each(connection, steps)
    _DROP_EMPTY.run_each(connection, [{"person": person} for person in sorted({step["person"] for step in taken})])


def _in_order(step: Values) -> tuple[str, datetime, int, int]:
    return step["name"], step["from"], step["person"] % PARTS, step["person"]


def list_as(connection: Connection, person_id: int, listed_as: str | None) -> None:
    """From now on boards list this person so, or not at all."""
    hold_scoring(connection)
    connection.execute(update(scores).where(scores.c.person_id == person_id).values(listed_as=listed_as))


def drop_person(connection: Connection, person_id: int) -> None:
    """This person stands on no board any more."""
    hold_scoring(connection)
    sum_person(connection, person_id, -1)
    connection.execute(delete(scores).where(scores.c.person_id == person_id))


def sum_person(connection: Connection, person_id: int, sign: int) -> None:
    """Put all scores of a person into the sums (1), or take them out again (-1)."""
    _SUM_PERSON.run(connection, {"person": person_id, "sign": sign})


def forget_before(connection: Connection, moment: datetime) -> None:
    """Periods that began before this are not whole any more: shares of then have lost their person."""
    hold_scoring(connection)
    for table in (scores, score_sums):
        connection.execute(delete(table).where(table.c.start < moment))


def sums(connection: Connection, period: Period, asker: int | None) -> Sums:
    """What a board of this period is drawn from. Only for periods that are kept (`scores.is_kept`)."""
    key = {"name": kind_of(period), "from": period.start}
    top = tuple(
        Tally(person, shown_name(name, Standing.NAMED, is_active=True), count)
        for person, name, count in _TOP.rows(connection, key)
    )
    [(number, times)] = _TOTALS.rows(connection, key)
    return Sums(top, int(number or 0), int(times or 0), None if asker is None else _mine(connection, asker, key))


def kind_of(period: Period) -> PeriodName:
    """Last month's scores are those of a month like any other."""
    return PeriodName.MONTH if period.name is PeriodName.LAST_MONTH else period.name


def _mine(connection: Connection, asker: int, key: dict[str, Any]) -> Tally | None:
    row = _MINE.first(connection, {"person": asker, **key})
    return None if row is None else Tally(asker, row[1], row[0])


def _scoring(row: Any) -> Scoring | None:
    if row is None:
        return None
    _, zone, start, end, is_whole = row
    return Scoring(zone, None if start is None else Period(PeriodName.DAYS, start, end), is_whole)


def _addition(insert: Any) -> Any:
    """One story more for somebody who takes part, on the row of the period or on a new one."""
    key = (bindparam("name", type_=scores.c.period.type), bindparam("from", type_=scores.c.start.type))
    values = select(people.c.id, *key, literal(1), people.c.listed_as)
    values = values.where(people.c.id == bindparam("person"), people.c.standing != Standing.OUT)
    names = ["person_id", "period", "start", "stories", "listed_as"]
    insert = insert.from_select(names, values)
    return insert.on_conflict_do_update(index_elements=names[:3], set_={"stories": scores.c.stories + 1})


def _sum_up(insert: Any) -> Any:
    """A score changed by one: somebody came in at 1, or went out at 0, or was there anyway."""
    sign = bindparam("sign", type_=score_sums.c.times.type)
    came = case((scores.c.stories == bindparam("edge"), sign), else_=0)
    return _into_sums(insert, select(scores.c.period, scores.c.start, PART, came, sign).where(_SAME))


def _sum_person(insert: Any) -> Any:
    sign = bindparam("sign", type_=score_sums.c.times.type)
    values = select(scores.c.period, scores.c.start, PART, sign, sign * scores.c.stories)
    mine = values.where(scores.c.person_id == bindparam("person"))
    return _into_sums(insert, mine.order_by(scores.c.period, scores.c.start))


def _into_sums(insert: Any, values: Any) -> Any:
    insert = insert.from_select(["period", "start", "part", "people", "times"], values)
    new = insert.excluded
    summed = {"people": score_sums.c.people + new.people, "times": score_sums.c.times + new.times}
    return insert.on_conflict_do_update(index_elements=["period", "start", "part"], set_=summed)


_OF_PERIOD = and_(scores.c.period == bindparam("name"), scores.c.start == bindparam("from"))
_SAME = and_(scores.c.person_id == bindparam("person"), _OF_PERIOD)
_FOUND = Prepared(select(scoring))
_HELD = Prepared(select(scoring).with_for_update(read=True))
_ADD = inserting(scores, _addition)
_TAKE = Prepared(update(scores).where(_SAME).values(stories=scores.c.stories - 1))
_SUM_UP = inserting(score_sums, _sum_up)
_SUM_PERSON = inserting(score_sums, _sum_person)
_DROP_EMPTY = Prepared(delete(scores).where(scores.c.person_id == bindparam("person"), scores.c.stories < 1))
_TOP_ROWS = (
    select(scores.c.person_id, scores.c.stories, scores.c.listed_as)
    .where(_OF_PERIOD, scores.c.listed_as.is_not(None))
    .order_by(scores.c.stories.desc(), scores.c.listed_as, scores.c.person_id)
    .limit(MOST_NAMES)
    .subquery()
)
_TOP = Prepared(
    select(people.c.id, people.c.name, _TOP_ROWS.c.stories)
    .join(_TOP_ROWS, _TOP_ROWS.c.person_id == people.c.id)
    .order_by(_TOP_ROWS.c.stories.desc(), _TOP_ROWS.c.listed_as, people.c.id)
)
_TOTALS = Prepared(
    select(func.sum(score_sums.c.people), func.sum(score_sums.c.times)).where(
        score_sums.c.period == bindparam("name"), score_sums.c.start == bindparam("from")
    )
)
_MINE = Prepared(select(scores.c.stories, scores.c.listed_as).where(_SAME))
