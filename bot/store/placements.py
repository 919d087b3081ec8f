"""Where stories stand in Slack."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, func, select, update

from bot.domain.stories import Placement
from bot.store.rows import insert_or_ignore
from bot.store.tables import deliveries, placements


def add(connection: Connection, placement: Placement) -> bool:
    """Note where a story stands. Answers False when it was noted before."""
    return insert_or_ignore(
        connection,
        placements,
        channel=placement.channel,
        ts=placement.ts,
        story_id=placement.story_id,
        posted_at=placement.posted_at,
        is_gone=False,
    )


def at(connection: Connection, channel: str, ts: str) -> Placement | None:
    """The story message here, if it is one."""
    row = connection.execute(select(placements).where(placements.c.channel == channel, placements.c.ts == ts)).first()
    return None if row is None else _placement(row)


def of_story(connection: Connection, story_id: int) -> list[Placement]:
    """Every message of a story that still stands."""
    return _list(connection, placements.c.story_id == story_id)


def since(connection: Connection, moment: datetime) -> list[Placement]:
    """Messages posted since this moment that still stand."""
    return _list(connection, placements.c.posted_at >= moment)


def came_late(connection: Connection, since: datetime, patience: timedelta) -> dict[str, datetime]:
    """Channels in which a story came so much later than it was due, and when; `since` says how far to look back."""
    same = (deliveries.c.story_id == placements.c.story_id) & (deliveries.c.target == placements.c.channel)
    query = (
        select(placements.c.channel, placements.c.posted_at, deliveries.c.due_at)
        .join(deliveries, same & (deliveries.c.kind == "story"))
        .where(placements.c.posted_at >= since)
        .order_by(placements.c.posted_at)
    )
    return {row.channel: row.posted_at for row in connection.execute(query) if row.posted_at - row.due_at > patience}


def lost_of_story(connection: Connection, story_id: int) -> list[Placement]:
    """The messages of a story that somebody deleted."""
    query = select(placements).where(placements.c.story_id == story_id, placements.c.is_gone)
    return [_placement(row) for row in connection.execute(query.order_by(placements.c.posted_at))]


def nowhere(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Of these stories, those that stood somewhere and of which every message was deleted."""
    query = select(placements.c.story_id, func.min(case((placements.c.is_gone, 1), else_=0)).label("all_gone"))
    rows = connection.execute(query.where(placements.c.story_id.in_(ids)).group_by(placements.c.story_id))
    return frozenset(row.story_id for row in rows if row.all_gone)


def mark_gone(connection: Connection, channel: str, ts: str) -> bool:
    """Somebody deleted the message; the shares stay. Answers whether a message of ours stood there until now."""
    here = (placements.c.channel == channel) & (placements.c.ts == ts) & placements.c.is_gone.is_(False)
    return connection.execute(update(placements).where(here).values(is_gone=True)).rowcount == 1


def _list(connection: Connection, condition: Any) -> list[Placement]:
    query = select(placements).where(condition, placements.c.is_gone.is_(False)).order_by(placements.c.posted_at)
    return [_placement(row) for row in connection.execute(query)]


def _placement(row: Row[Any]) -> Placement:
    return Placement(row.story_id, row.channel, row.ts, row.posted_at)
