"""How stories sound, and for which of them nobody wants to hear it."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.language_line import STORIES
from bot.domain.stories import StoryState
from bot.store.tables import stories

STANDING = (StoryState.QUEUED, StoryState.POSTED)


def keep(connection: Connection, story_id: int, score: float | None) -> None:
    """The score goes with the story; None when nothing of it counts."""
    connection.execute(update(stories).where(stories.c.id == story_id).values(voice=score))


def scores(connection: Connection, but: int) -> list[float]:
    """Of the last fifty other stories that have one, newest first."""
    others = (stories.c.voice.is_not(None), stories.c.id != but, stories.c.state.in_(STANDING))
    query = select(stories.c.voice).where(*others).order_by(stories.c.id.desc()).limit(STORIES)
    return list(connection.execute(query).scalars())


def posted_within(connection: Connection, start: datetime, end: datetime) -> dict[int, float]:
    """The scores of stories that went out within [start, end) and still stand, by id."""
    within = (stories.c.posted_at >= start, stories.c.posted_at < end, stories.c.state == StoryState.POSTED)
    query = select(stories.c.id, stories.c.voice).where(stories.c.voice.is_not(None), *within)
    return {row.id: row.voice for row in connection.execute(query)}


def skip_tips(connection: Connection, story_id: int) -> None:
    """Nobody wants tips for this one."""
    connection.execute(update(stories).where(stories.c.id == story_id).values(no_tips=True))


def has_no_tips(connection: Connection, story_id: int) -> bool:
    """Whether somebody said so."""
    return bool(connection.execute(select(stories.c.no_tips).where(stories.c.id == story_id)).scalar())
