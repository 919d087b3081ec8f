"""One person's own part: what they opened and shared, for their eyes."""

from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from bot.domain.champions import Passed
from bot.domain.shares import Share
from bot.store import shares as share_store
from bot.store.links import OURS
from bot.store.readers import Days
from bot.store.tables import link_days, links, people, reader_days, shares


def said_by(connection: Connection, person_id: int) -> set[int]:
    """Ids of the stories this person said they shared."""
    mine = and_(shares.c.person_id == person_id, shares.c.said_at.is_not(None))
    return set(connection.execute(select(shares.c.story_id).where(mine)).scalars())


def shares_by(connection: Connection, person_id: int, most: int) -> list[tuple[int, tuple[Share, ...]]]:
    """Ids of the stories this person did something with, the latest first, with their shares of each."""
    latest = func.max(func.coalesce(shares.c.said_at, shares.c.opened_at, shares.c.set_aside_at))
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


def first_said(connection: Connection, person_id: int) -> datetime | None:
    """When they first said that they shared something, as far as that is kept with their name."""
    query = select(func.min(shares.c.said_at)).where(shares.c.person_id == person_id)
    return connection.execute(query).scalar()


def readers_by_day(connection: Connection, person_id: int, days: Days) -> dict[int, int]:
    """How many readers their links brought on each of these days that had any, as boards count them."""
    mine = and_(reader_days.c.person_id == person_id, reader_days.c.day.between(*days), reader_days.c.readers > 0)
    rows = connection.execute(select(reader_days.c.day, reader_days.c.readers).where(mine))
    return {day: int(readers) for day, readers in rows}


def passed_by(connection: Connection, person_id: int) -> list[Passed]:
    """Their shares that brought readers, as champions are found by."""
    mine = and_(links.c.person_id == person_id, link_days.c.for_person > 0)
    query = select(links.c.id, links.c.day, link_days.c.day.label("read_on"), link_days.c.for_person)
    found: dict[int, tuple[int, dict[int, int]]] = {}
    for link, day, read_on, readers in connection.execute(
        query.join(link_days, link_days.c.link_id == links.c.id).where(mine)
    ):
        found.setdefault(link, (day, {}))[1][read_on] = int(readers)
    return [Passed(day, readers) for day, readers in found.values()]


def since(connection: Connection, person_id: int) -> int | None:
    """The first day on which they could share, as far as anybody knows."""
    return connection.execute(select(people.c.since).where(people.c.id == person_id)).scalar()


def from_files(connection: Connection, person_id: int) -> int:
    """How many of their shares came along in a file."""
    query = select(func.count()).where(links.c.person_id == person_id, links.c.share != OURS)
    return connection.execute(query).scalar_one()


def team_of(connection: Connection, person_id: int) -> str | None:
    """In whose sums they count."""
    return connection.execute(select(people.c.team).where(people.c.id == person_id)).scalar()
