"""Readers, taken into scores a little after they were counted, so that no click waits for a score.

`scored` says of each day and person how many readers are in the scores already; what is missing is added, in the
transaction that says so. Whoever does that holds the people, so that two copies do not add the same readers.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.leaderboard import Period
from bot.domain.people import Standing
from bot.domain.scores import noon_of, periods_of
from bot.store.prepared import Prepared
from bot.store.scores import add_readers, hold_scoring
from bot.store.tables import people, reader_days


def waiting(connection: Connection, since: int) -> list[int]:
    """Ids of the people who have readers, since this day, that are not in their scores."""
    query = select(reader_days.c.person_id).distinct().join(people, people.c.id == reader_days.c.person_id)
    query = query.where(_missing(since), people.c.standing != Standing.OUT)
    return sorted(connection.execute(query).scalars())


def take_in(connection: Connection, ids: Sequence[int], since: int) -> None:
    """Add the readers of these people that are missing since this day; who left meanwhile is passed over."""
    held = _hold(connection, ids)
    scoring = hold_scoring(connection)
    if scoring is None:
        return
    missing = _missing_of(connection, held, since)
    periods = {row.day: periods_of(scoring, [noon_of(row.day, scoring.zone)]) for row in missing}
    more: Counter[tuple[int, Period]] = Counter()
    for row in missing:
        for period in periods[row.day]:
            more[row.person_id, period] += row.readers - row.scored
    add_readers(connection, more)
    rows = [{"the_day": row.day, "person": row.person_id} for row in missing]
    _TAKEN_IN.run_each(connection, rows)
    _DROP_EMPTY.run_each(connection, rows)


def _hold(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Those of them who take part; nobody else changes their scores until we are done."""
    query = select(people.c.id).where(people.c.id.in_(ids), people.c.standing != Standing.OUT).order_by(people.c.id)
    return list(connection.execute(query.with_for_update(key_share=True)).scalars())


def _missing_of(connection: Connection, ids: Sequence[int], since: int) -> Sequence[Any]:
    """Held as well, in the order in which clicks change them."""
    query = select(reader_days).where(_missing(since), reader_days.c.person_id.in_(ids))
    return connection.execute(query.order_by(reader_days.c.day, reader_days.c.person_id).with_for_update()).all()


def _missing(since: int) -> Any:
    return (reader_days.c.day >= since) & (reader_days.c.readers != reader_days.c.scored)


_SAME = (reader_days.c.day == bindparam("the_day"), reader_days.c.person_id == bindparam("person"))
_TAKEN_IN = Prepared(update(reader_days).where(*_SAME).values(scored=reader_days.c.readers))
# What counting the clicks anew took the last reader of.
_DROP_EMPTY = Prepared(delete(reader_days).where(*_SAME, reader_days.c.readers == 0))
