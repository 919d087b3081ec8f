"""One person's own part: what they opened and shared, for their eyes."""

from sqlalchemy import Connection, and_, func, select

from bot.domain.shares import Share
from bot.store import shares as share_store
from bot.store.tables import shares


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
