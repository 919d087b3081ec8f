"""The copies of the bot, by their heartbeats."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.domain.copies import Copy, above_since
from bot.store.rows import upsert
from bot.store.tables import copies


def every(connection: Connection) -> list[Copy]:
    """All that are known, those included that died without a goodbye."""
    return [_copy(row) for row in connection.execute(select(copies).order_by(copies.c.started_at, copies.c.name))]


def beat(connection: Connection, name: str, version: str, started_at: datetime, now: datetime) -> None:
    """This copy is here."""
    upsert(connection, copies, {"name": name}, {"version": version, "started_at": started_at, "seen_at": now})


def hello(connection: Connection, name: str, connections: int, now: datetime) -> None:
    """Slack says how many connections there are. What that means counts for all copies."""
    since = above_since(every(connection), connections, now)
    mine = update(copies).where(copies.c.name == name)
    connection.execute(mine.values(connections=connections, hello_at=now))
    connection.execute(update(copies).values(above_since=since))


def leave(connection: Connection, name: str) -> None:
    """A clean goodbye."""
    connection.execute(delete(copies).where(copies.c.name == name))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Copies that were not heard of since then go."""
    connection.execute(delete(copies).where(copies.c.seen_at < moment))


def _copy(row: Row[Any]) -> Copy:
    return Copy(row.name, row.version, row.started_at, row.seen_at, row.connections, row.hello_at, row.above_since)
