"""One person's own part: what they opened and shared, for their eyes."""

from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from bot.domain.shares import Share
from bot.store import shares as share_store
from bot.store.readers import Days
from bot.store.tables import reader_days, shares


def said_by(connection: Connection, person_id: int) -> set[int]:
    """Ids of the stories this person said they shared."""
    mine = and_(shares.c.person_id == person_id, shares.c.said_at.is_not(None))
    return set(connection.execute(select(shares.c.story_id).where(mine)).scalars())


def shares_by(connection: Connection, person_id: int, most: int) -> list[tuple[int, tuple[Share, ...]]]:
    """Ids of the stories this person did something with, the latest first, with their shares of each."""
    latest = func.max(func.coalesce(shares.c.said_at, shares.c.opened_at))
    query = select(shares.c.story_id).where(shares.c.person_id == person_id).group_by(shares.c.story_id)
    ids = connection.execute(query.order_by(latest.desc(), shares.c.story_id.desc()).limit(most)).scalars().all()
    return [(story_id, share_store.of_person(connection, story_id, person_id)) for story_id in ids]


def said_within(connection: Connection, person_id: int, start: datetime, end: datetime) -> int:
    """How many stories this person said within [start, end) that they shared."""
    mine = and_(shares.c.person_id == person_id, shares.c.said_at >= start, shares.c.said_at < end)
    return connection.execute(select(func.count(shares.c.story_id.distinct())).where(mine)).scalar_one()


def readers_within(connection: Connection, person_id: int, days: Days) -> int:
    """How many readers this person's links brought in these days, as boards count them."""
    mine = and_(reader_days.c.person_id == person_id, reader_days.c.day.between(*days))
    return int(connection.execute(select(func.coalesce(func.sum(reader_days.c.readers), 0)).where(mine)).scalar_one())
