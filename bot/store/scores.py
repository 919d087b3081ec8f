"""Scores by person, measure and period; the ledgers are the truth.

What was said changes in the transaction that changes a share. Readers follow a little later (`score_readers`).

Whoever changes a person's scores holds that person's row first (`shares.hold`), and then the one row of `scoring`,
so that scores are not counted anew at the same moment. How many people there are, and how much in all, is kept
beside them (`score_sums`), for a few of the people in a row, so that hardly anybody waits for another.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, case, delete, func, literal_column, select, update

from bot.domain.leaderboard import MOST_NAMES, Measure, Period, PeriodName, Sums, Tally, shown_name
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
    steps = [
        _step(person, period, sign)
        for person, before, after in changed
        for period, sign in changes(held, before, after).items()
    ]
    # In one order, so that those who change the same sums take turns.
    steps.sort(key=_in_order)
    added, taken = ([step for step in steps if step["more"] == sign] for sign in (1, -1))
    if added:
        _ADD[Measure.SAID].run(connection, _as_rows(added))
    if taken:
        _TAKE.run_each(connection, taken)
    if steps:
        _SUM_UP[Measure.SAID].run(connection, _as_rows(steps))
    _drop_empty(connection, taken)


def add_readers(connection: Connection, readers: Mapping[tuple[int, Period], int]) -> None:
    """So many more readers (or fewer, below 0) of these people in these periods. The people and `scoring` are held."""
    steps = sorted((_step(person, period, more) for (person, period), more in readers.items() if more), key=_in_order)
    if steps:
        _ADD[Measure.READ].run(connection, _as_rows(steps))
        _SUM_UP[Measure.READ].run(connection, _as_rows(steps))
        _drop_empty(connection, [step for step in steps if step["more"] < 0])


def _step(person: int, period: Period, more: int) -> dict[str, Any]:
    return {"person_id": person, "period": period.name, "start": period.start, "more": more}


def _as_rows(steps: Collection[Values]) -> dict[str, str]:
    return as_rows([step[name] for name in _STEP] for step in steps)


def _in_order(step: Values) -> tuple[str, datetime, int, int]:
    return step["period"], step["start"], step["person_id"] % PARTS, step["person_id"]


def _drop_empty(connection: Connection, taken: Collection[Values]) -> None:
    _DROP_EMPTY.run_each(connection, [{"person": person} for person in sorted({step["person_id"] for step in taken})])


def list_as(connection: Connection, person_id: int, listed_as: str | None) -> None:
    """From now on boards list this person, who is held, so, or not at all."""
    hold_scoring(connection)
    connection.execute(update(scores).where(scores.c.person_id == person_id).values(listed_as=listed_as))


def drop_person(connection: Connection, person_id: int) -> None:
    """This person, who is held, stands on no board any more."""
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


def sums(connection: Connection, measure: Measure, period: Period, asker: int | None) -> Sums:
    """What a board of this period is drawn from. Only for periods that are kept (`scores.is_kept`)."""
    key = {"measure": measure, "name": kind_of(period), "from": period.start}
    top = tuple(
        Tally(person, shown_name(name, Standing.NAMED, is_active=True), count)
        for person, name, count in _TOP.rows(connection, key)
    )
    [(number, total)] = _TOTALS.rows(connection, key)
    return Sums(top, int(number or 0), int(total or 0), None if asker is None else _mine(connection, asker, key))


def count_above(connection: Connection, measure: Measure, period: Period, value: int) -> int:
    """How many people, named or not, have more than this in a period that is kept."""
    key = {"measure": measure, "name": kind_of(period), "from": period.start, "value": value}
    [(number,)] = _ABOVE.rows(connection, key)
    return int(number)


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


def _add_all(measure: Measure, insert: Any, given: Given) -> Any:
    """More for those of them who take part, on the row of the period or on a new one."""
    values = select(people.c.id, _is(measure), given.c["period"], given.c["start"], given.c["more"], people.c.listed_as)
    values = values.select_from(given.source.join(people, people.c.id == given.c["person_id"]))
    names = ["person_id", "measure", "period", "start", "value", "listed_as"]
    insert = insert(scores).from_select(names, values.where(people.c.standing != Standing.OUT))
    more = {"value": scores.c.value + insert.excluded.value}
    return insert.on_conflict_do_update(index_elements=names[:4], set_=more)


def _sum_up(measure: Measure, insert: Any, given: Given) -> Any:
    """Scores that changed by `more`: somebody came in with just that, or went out at 0, or was there anyway."""
    more = given.c["more"]
    came = func.sum(case((scores.c.value == more, 1), (scores.c.value == 0, -1), else_=0))
    key = (scores.c.measure, scores.c.period, scores.c.start, PART)
    same = [scores.c[name] == given.c[name] for name in ("person_id", "period", "start")]
    changed = given.source.join(scores, and_(scores.c.measure == _is(measure), *same))
    values = select(*key, came, func.sum(more)).select_from(changed)
    return _into_sums(insert(score_sums), values.group_by(*key).order_by(*key))


def _sum_person(insert: Any) -> Any:
    sign = bindparam("sign", type_=score_sums.c.total.type)
    values = select(scores.c.measure, scores.c.period, scores.c.start, PART, sign, sign * scores.c.value)
    mine = values.where(scores.c.person_id == bindparam("person"))
    return _into_sums(insert, mine.order_by(scores.c.measure, scores.c.period, scores.c.start))


def _into_sums(insert: Any, values: Any) -> Any:
    key = ["measure", "period", "start", "part"]
    insert = insert.from_select([*key, "people", "total"], values)
    new = insert.excluded
    summed = {"people": score_sums.c.people + new.people, "total": score_sums.c.total + new.total}
    return insert.on_conflict_do_update(index_elements=key, set_=summed)


def _is(measure: Measure) -> Any:
    """Written out in the statement: each measure has its own, and nothing of it is handed over each time."""
    return literal_column(f"'{measure}'", scores.c.measure.type)


_OF_PERIOD = and_(
    scores.c.measure == bindparam("measure"),
    scores.c.period == bindparam("name"),
    scores.c.start == bindparam("from"),
)
_SAME = and_(scores.c.person_id == bindparam("person"), _OF_PERIOD)
_FOUND = Prepared(select(scoring))
_HELD = Prepared(select(scoring).with_for_update(read=True))
_STEP = {**types_of(scores, ["person_id", "period", "start"]), "more": BigInteger()}
_ADD = {measure: for_given(_STEP, partial(_add_all, measure), by_place=True) for measure in Measure}
_TAKE = Prepared(
    update(scores)
    .where(scores.c.measure == _is(Measure.SAID))
    .where(*(scores.c[name] == bindparam(name) for name in ("person_id", "period", "start")))
    .values(value=scores.c.value - 1)
)
_SUM_UP = {measure: for_given(_STEP, partial(_sum_up, measure), by_place=True) for measure in Measure}
_SUM_PERSON = inserting(score_sums, _sum_person)
_DROP_EMPTY = Prepared(delete(scores).where(scores.c.person_id == bindparam("person"), scores.c.value < 1))
_TOP_ROWS = (
    select(scores.c.person_id, scores.c.value, scores.c.listed_as)
    .where(_OF_PERIOD, scores.c.listed_as.is_not(None))
    .order_by(scores.c.value.desc(), scores.c.listed_as, scores.c.person_id)
    .limit(MOST_NAMES)
    .subquery()
)
_TOP = Prepared(
    select(people.c.id, people.c.name, _TOP_ROWS.c.value)
    .join(_TOP_ROWS, _TOP_ROWS.c.person_id == people.c.id)
    .order_by(_TOP_ROWS.c.value.desc(), _TOP_ROWS.c.listed_as, people.c.id)
)
_TOTALS = Prepared(
    select(func.sum(score_sums.c.people), func.sum(score_sums.c.total)).where(
        score_sums.c.measure == bindparam("measure"),
        score_sums.c.period == bindparam("name"),
        score_sums.c.start == bindparam("from"),
    )
)
_ABOVE = Prepared(select(func.count()).select_from(scores).where(_OF_PERIOD, scores.c.value > bindparam("value")))
_MINE = Prepared(select(scores.c.value, scores.c.listed_as).where(_SAME))
