"""What Slack does not let us do, while it lasts, so that it is told once: the token, a scope, a channel."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.rows import insert_or_ignore
from bot.store.tables import alarms

PREFIX = "slack:"
TOKEN = "token"


def of_scope(scope: str) -> str:
    """The name of the trouble that this scope is missing."""
    return f"scope:{scope}"


def of_channel(channel: str) -> str:
    """The name of the trouble that nothing gets into this channel."""
    return f"channel:{channel}"


def begin(connection: Connection, what: str, now: datetime) -> bool:
    """It began, or lasts. Answers whether that is news."""
    return insert_or_ignore(connection, alarms, what=PREFIX + what, since=now, told_at=now)


def end(connection: Connection, what: str) -> datetime | None:
    """It is over. Answers since when it was there; None when it was not, or another copy was first."""
    gone = delete(alarms).where(alarms.c.what == PREFIX + what).returning(alarms.c.since)
    since: datetime | None = connection.execute(gone).scalar()
    return since


def missing_scopes(connection: Connection) -> Mapping[str, datetime]:
    """The scopes that are missing, each with since when."""
    return _lasting(connection, PREFIX + of_scope(""))


def closed_channels(connection: Connection) -> Mapping[str, datetime]:
    """The channels that nothing gets into, each with since when."""
    return _lasting(connection, PREFIX + of_channel(""))


def _lasting(connection: Connection, beginning: str) -> Mapping[str, datetime]:
    rows = connection.execute(select(alarms.c.what, alarms.c.since).where(alarms.c.what.startswith(beginning)))
    return {row.what.removeprefix(beginning): row.since for row in rows}
