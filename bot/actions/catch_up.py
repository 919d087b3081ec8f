"""Stories that could not go out at their time get another one, and whose they are hears it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions.move_story import give_time
from bot.actions.tell_editor import owe_notice
from bot.domain.setup import Setup
from bot.domain.slots import NoSlots, next_free
from bot.domain.stories import Story
from bot.store import stories
from bot.store.engine import Connection

HOUR = timedelta(hours=1)


def put_off(
    connection: Connection, setup: Setup, late: Sequence[Story], now: datetime, but_tell_not: str | None = None
) -> tuple[Story, ...]:
    """Give each the next slot that is free in its channels, in their order; answers them as they stand now.

    Their editors are told, except the one with the key `but_tell_not`, who is told in another way.
    """
    return tuple(_put_off(connection, setup, story, now, tell=story.queued_by != but_tell_not) for story in late)


def _put_off(connection: Connection, setup: Setup, story: Story, now: datetime, *, tell: bool) -> Story:
    due_at = _next_time(connection, setup, story, now)
    give_time(connection, story, due_at)
    if tell or story.queued_by is None:
        params = {"title": story.title, "was": story.due_at, "at": due_at}
        key = f"put_off:{story.id}:{story.version}"
        owe_notice(connection, setup, story.queued_by, key, "queue.notice.put_off", now, params, story.id)
    moved = stories.find(connection, story.id)
    assert moved is not None
    return moved


def _next_time(connection: Connection, setup: Setup, story: Story, now: datetime) -> datetime:
    taken = stories.taken(connection, story.channels, but=story.id)
    try:
        return next_free(setup.slots, setup.zone, now, taken)
    except NoSlots:
        # A week without slots: an hour apart, so that they still do not come all at once.
        return next(at for hours in range(1, len(taken) + 2) if (at := now + hours * HOUR) not in taken)
