"""Stories that were not for people, and why: numbers alone."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.reasons import Reason
from bot.domain.stories import StoryState
from bot.store.rows import insert_or_ignore
from bot.store.tables import not_for_me_reasons, stories

Reasons = Mapping[Reason, int]


def count_reason(connection: Connection, story_id: int, reason: Reason) -> None:
    """One more said so; who it was is not kept."""
    table = not_for_me_reasons
    insert_or_ignore(connection, table, story_id=story_id, reason=reason, count=0)
    mine = update(table).where(table.c.story_id == story_id, table.c.reason == reason)
    connection.execute(mine.values(count=table.c.count + 1))


def reasons(connection: Connection, story_ids: Collection[int]) -> dict[int, Reasons]:
    """By story, those that somebody gave, most given first."""
    table, found = not_for_me_reasons, dict[int, dict[Reason, int]]()
    query = select(table.c.story_id, table.c.reason, table.c.count).where(table.c.story_id.in_(list(story_ids)))
    for story, reason, count in connection.execute(query.order_by(table.c.count.desc(), table.c.reason)):
        found.setdefault(story, {})[Reason(reason)] = count
    return dict(found)


def least_wanted(connection: Connection, since: datetime, most: int) -> list[tuple[int, int]]:
    """Stories that went out since then, and how many said *not for me*; most first, none of which nobody did."""
    posted = stories.c.state == StoryState.POSTED, stories.c.posted_at >= since
    query = select(stories.c.id, stories.c.not_for_me).where(*posted, stories.c.not_for_me > 0)
    ordered = query.order_by(stories.c.not_for_me.desc(), stories.c.id.desc()).limit(most)
    return [(story, count) for story, count in connection.execute(ordered)]
