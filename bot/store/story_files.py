"""What a story's file said when it was taken over last: so that it is known what changed since, and where."""

from typing import Any

from sqlalchemy import Connection, select

from bot.domain.stories import StoryState
from bot.store.rows import upsert
from bot.store.tables import stories, story_files


def note(connection: Connection, story_id: int, base: dict[str, Any]) -> None:
    """From now on the file is held against this."""
    upsert(connection, story_files, {"story_id": story_id}, {"base": base})


def noted(connection: Connection, story_id: int) -> dict[str, Any]:
    """The file's parts by name, as plain values; none of a story that was not in a file."""
    query = select(story_files.c.base).where(story_files.c.story_id == story_id)
    return dict(connection.execute(query).scalar() or {})


def slugs(connection: Connection) -> list[str]:
    """Of all stories from files that are queued or out, by name."""
    alive = stories.c.state.in_([StoryState.QUEUED, StoryState.POSTED])
    query = select(stories.c.slug).join(story_files, story_files.c.story_id == stories.c.id).where(alive)
    return list(connection.execute(query.order_by(stories.c.slug)).scalars())
