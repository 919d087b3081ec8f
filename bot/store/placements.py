"""Where stories stand in Slack."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.domain.stories import Placement
from bot.store.rows import insert_or_ignore
from bot.store.tables import placements


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


def mark_gone(connection: Connection, channel: str, ts: str) -> None:
    """Somebody deleted the message; the shares stay."""
    here = (placements.c.channel == channel) & (placements.c.ts == ts)
    connection.execute(update(placements).where(here).values(is_gone=True))


def _list(connection: Connection, condition: Any) -> list[Placement]:
    query = select(placements).where(condition, placements.c.is_gone.is_(False)).order_by(placements.c.posted_at)
    return [_placement(row) for row in connection.execute(query)]


def _placement(row: Row[Any]) -> Placement:
    return Placement(row.story_id, row.channel, row.ts, row.posted_at)
