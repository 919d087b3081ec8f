"""The salts that visitors are told apart with, each for its own time, and the hashes that were made with them."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.domain.visitors import Salt
from bot.store.rows import insert_or_ignore
from bot.store.tables import salts, visitors


def salt(connection: Connection, start: datetime, end: datetime) -> Salt:
    """The salt of this time, the same for all copies; drawn now if there is none yet. Others go, with their hashes."""
    insert_or_ignore(connection, salts, start=start, end=end, value=secrets.token_hex(32))
    forget_but(connection, start)
    row = connection.execute(select(salts).where(salts.c.start == start)).one()
    return Salt(row.start, row.end, bytes.fromhex(row.value))


def forget_but(connection: Connection, start: datetime) -> None:
    """Salts of earlier times go, and what was made with them."""
    connection.execute(delete(salts).where(salts.c.start < start))
    connection.execute(delete(visitors).where(visitors.c.start < start))


def forget_before(connection: Connection, now: datetime, moment: datetime) -> None:
    """Salts whose time is over, and hashes of theirs; whatever happened, none that began before `moment` is left."""
    connection.execute(delete(salts).where((salts.c.end <= now) | (salts.c.start < moment)))
    connection.execute(delete(visitors).where(visitors.c.start.not_in(select(salts.c.start))))
