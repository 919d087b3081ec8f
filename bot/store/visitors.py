"""The salts that visitors are told apart with, each for its own time, and the hashes that were made with them."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from bot.domain.visitors import Salt
from bot.store.rows import insert_or_ignore
from bot.store.tables import salts, visitors


def salt(connection: Connection, now: datetime, start: datetime, end: datetime) -> Salt:
    """The salt of this moment, the same for all copies; others go, with their hashes.

    It is the one that is kept, until its time is over, also when days begin at another moment since it was drawn; or
    one that is drawn now, good until `end`. `start` and `end` are the day, or the month, of this moment.
    """
    known = [_salt(row) for row in connection.execute(select(salts).order_by(salts.c.start))]
    # One of a month is none where a day is wanted since.
    fitting = [one for one in known if one.end - one.start < 2 * (end - start)]
    for one in known:
        if one not in fitting:
            _forget(connection, salts.c.start == one.start, visitors.c.start == one.start)
    good = [one for one in fitting if one.is_good(now)]
    # A new one begins where the last one ended.
    begins = max([start, *(one.end for one in fitting if one.end <= now)])
    found = good[-1] if good else _drawn(connection, begins, end)
    _forget(connection, salts.c.start < found.start, visitors.c.start < found.start)
    return found


def _drawn(connection: Connection, start: datetime, end: datetime) -> Salt:
    """Of copies that draw at the same moment one is first."""
    insert_or_ignore(connection, salts, start=start, end=end, value=secrets.token_hex(32))
    return _salt(connection.execute(select(salts).where(salts.c.start == start)).one())


def _salt(row: Any) -> Salt:
    return Salt(row.start, row.end, bytes.fromhex(row.value))


def _forget(connection: Connection, which: ColumnElement[bool], whose: ColumnElement[bool]) -> None:
    """Salts go, and what was made with them."""
    connection.execute(delete(salts).where(which))
    connection.execute(delete(visitors).where(whose))


def forget_before(connection: Connection, now: datetime, moment: datetime) -> None:
    """Salts whose time is over, and hashes of theirs; whatever happened, none that began before `moment` is left."""
    connection.execute(delete(salts).where((salts.c.end <= now) | (salts.c.start < moment)))
    connection.execute(delete(visitors).where(visitors.c.start.not_in(select(salts.c.start))))
