"""Scores by person and period, changed in the transaction that changes a share. The shares are the truth.

Whoever changes a person's scores holds that person's row first (`shares.to_change`), and then the one row of `scoring`,
so that scores are not counted anew at the same moment. How many people passed along, and how often in all, is kept
beside them (`score_sums`), for a few of the people in a row, so that hardly anybody waits for another.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, case, delete, func, literal, select, update

from bot.domain.leaderboard import MOST_NAMES, Period, PeriodName, Sums, Tally, shown_name
from bot.domain.people import Standing
from bot.domain.scores import Scoring, changes
from bot.store.given import Given, as_rows, for_given, types_of
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
    held = hold_scoring(connection) if changed else None
    if held is None:
        return
    steps: list[dict[str, Any]] = [
        {"person_id": person, "period": period.name, "start": period.start, "sign": sign, "edge": max(sign, 0)}
        for person, before, after in changed
        for period, sign in changes(held, before, after).items()
    ]
    # In one order, so that those who change the same sums take turns.
    steps.sort(key=_in_order)
    added, taken = ([step for step in steps if step["sign"] == sign] for sign in (1, -1))
    if added:
        _ADD.run(connection, as_rows(added))
    if taken:
        _TAKE.run_each(connection, taken)
    if steps:
        _SUM_UP.run(connection, as_rows(steps))
    _DROP_EMPTY.run_each(connection, [{"person": person} for person in sorted({step["person_id"] for step in taken})])


def _in_order(step: Values) -> tuple[str, datetime, int, int]:
    return step["period"], step["start"], step["person_id"] % PARTS, step["person_id"]


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


def _add_all(insert: Any, given: Given) -> Any:
    """One story more for those of them who take part, on the row of the period or on a new one."""
    values = select(people.c.id, given.c["period"], given.c["start"], literal(1), people.c.listed_as)
    values = values.select_from(given.source.join(people, people.c.id == given.c["person_id"]))
    names = ["person_id", "period", "start", "stories", "listed_as"]
    insert = insert(scores).from_select(names, values.where(people.c.standing != Standing.OUT))
    return insert.on_conflict_do_update(index_elements=names[:3], set_={"stories": scores.c.stories + 1})


def _sum_up(insert: Any, given: Given) -> Any:
    """Scores that changed by one: somebody came in at 1, or went out at 0, or was there anyway."""
    sign = given.c["sign"]
    came = func.sum(case((scores.c.stories == given.c["edge"], sign), else_=0))
    key = (scores.c.period, scores.c.start, PART)
    same = [scores.c[name] == given.c[name] for name in ("person_id", "period", "start")]
    values = select(*key, came, func.sum(sign)).select_from(given.source.join(scores, and_(*same)))
    return _into_sums(insert(score_sums), values.group_by(*key).order_by(*key))


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
_STEP = {**types_of(scores, ["person_id", "period", "start"]), "sign": BigInteger(), "edge": BigInteger()}
_ADD = for_given(_STEP, _add_all)
_TAKE = Prepared(
    update(scores)
    .where(*(scores.c[name] == bindparam(name) for name in ("person_id", "period", "start")))
    .values(stories=scores.c.stories - 1)
)
_SUM_UP = for_given(_STEP, _sum_up)
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
