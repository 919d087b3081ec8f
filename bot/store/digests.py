"""Which weekly digests were made, or skipped. One row a digest: whoever puts it there makes it."""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.rows import insert_or_ignore
from bot.store.tables import digests, settings


def is_done(connection: Connection, due_at: datetime) -> bool:
    """Whether the digest of this moment was made or skipped."""
    return connection.execute(select(digests.c.due_at).where(digests.c.due_at == due_at)).first() is not None


def put(connection: Connection, due_at: datetime, now: datetime, *, is_skipped: bool) -> bool:
    """Note that it is made. False when somebody else was first."""
    return insert_or_ignore(connection, digests, due_at=due_at, made_at=now, is_skipped=is_skipped)


def setup_changed_at(connection: Connection) -> datetime | None:
    """When an admin last changed the set-up, the digest's time with it; None while it is all defaults."""
    return connection.execute(select(settings.c.changed_at).where(settings.c.name == "setup")).scalar()
