"""What Slack shows of an idea follows what is kept of it: its card, and the names below its story."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, select, update

from bot.domain.deliveries import Owed
from bot.domain.ideas import Idea
from bot.store import deliveries, ideas, placements
from bot.store.tables import idea_senders
from bot.store.tables import ideas as idea_rows

CARD, CARD_UPDATE = "idea_card", "idea_card_update"


def owe_card(connection: Connection, idea_id: int, channel: str, now: datetime) -> None:
    """Its card, once a channel."""
    owed = Owed(CARD, f"{CARD}:{idea_id}:{channel}", channel, {"idea": idea_id})
    deliveries.owe(connection, owed, now)


def redraw_card(connection: Connection, idea: Idea, now: datetime) -> None:
    """Its card, if it has one, is to say what holds now."""
    if idea.channel is not None and idea.ts is not None:
        redraw_where(connection, idea.id, idea.channel, idea.ts, now)


def redraw_where(connection: Connection, idea_id: int, channel: str, ts: str, now: datetime) -> None:
    """The card that stands there, also of an idea that is gone."""
    key = f"{CARD_UPDATE}:{idea_id}:{secrets.token_hex(8)}"
    deliveries.owe(connection, Owed(CARD_UPDATE, key, channel, {"idea": idea_id, "ts": ts}), now)


def redraw_story(connection: Connection, story_id: int, now: datetime) -> None:
    """Who suggested it is said otherwise now, wherever it stands."""
    for placement in placements.of_story(connection, story_id):
        key = f"update:{story_id}:{secrets.token_hex(8)}:{placement.channel}"
        owed = Owed("story_update", key, placement.channel, {"ts": placement.ts}, story_id=story_id)
        deliveries.owe(connection, owed, now)


def redraw(connection: Connection, found: Collection[Idea], now: datetime) -> None:
    """Both, of each of these."""
    for idea in found:
        redraw_card(connection, idea, now)
    for story_id in sorted({idea.story_id for idea in found if idea.story_id is not None}):
        redraw_story(connection, story_id, now)


def leave(connection: Connection, person_id: int, now: datetime) -> None:
    """Who leaves is thanked by name nowhere, nor when they come back."""
    mine = and_(idea_senders.c.person_id == person_id, idea_senders.c.is_credited)
    found = _of(connection, mine)
    connection.execute(update(idea_senders).where(mine).values(is_credited=False))
    redraw(connection, found, now)


def forget_person(connection: Connection, person_id: int, now: datetime) -> None:
    """Their words go, and what they alone suggested goes as a whole; a story that came of it stays."""
    mine = idea_senders.c.person_id == person_id
    found = _of(connection, mine)
    connection.execute(delete(idea_senders).where(mine))
    ids = [idea.id for idea in found]
    others = exists().where(idea_senders.c.idea_id == idea_rows.c.id)
    connection.execute(delete(idea_rows).where(idea_rows.c.id.in_(ids), idea_rows.c.story_id.is_(None), ~others))
    redraw(connection, found, now)


def forget_writer(connection: Connection, key: str, now: datetime) -> None:
    """The words in which this one of comms answered go."""
    theirs = idea_rows.c.written_by == key
    ids = connection.execute(select(idea_rows.c.id).where(theirs)).scalars().all()
    connection.execute(update(idea_rows).where(theirs).values(words=None, written_by=None, is_signed=False))
    for found in filter(None, (ideas.find(connection, idea_id) for idea_id in ids)):
        redraw_card(connection, found, now)


def forget_before(connection: Connection, moment: datetime, now: datetime) -> None:
    """Ideas that were answered, or came, before this: who suggested them, their words, and comms' answer."""
    old = func.coalesce(idea_rows.c.answered_at, idea_rows.c.made_at) < moment
    ids = connection.execute(select(idea_rows.c.id).where(old)).scalars().all()
    found = [idea for idea in (ideas.find(connection, idea_id) for idea_id in ids) if idea is not None]
    connection.execute(delete(idea_rows).where(idea_rows.c.id.in_(ids)))
    redraw(connection, found, now)


def _of(connection: Connection, condition: ColumnElement[bool]) -> list[Idea]:
    query = select(idea_senders.c.idea_id).where(condition).distinct().order_by(idea_senders.c.idea_id)
    ids = connection.execute(query).scalars().all()
    return [idea for idea in (ideas.find(connection, idea_id) for idea_id in ids) if idea is not None]
