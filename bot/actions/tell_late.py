"""A story comes later than its time: nobody could post, or Slack did not take it."""

from datetime import datetime

from bot.actions.tell_editor import owe_notice
from bot.domain.setup import Setup
from bot.domain.stories import Story
from bot.store.engine import Connection


def tell_late(connection: Connection, setup: Setup, story: Story, was_due: datetime | None, now: datetime) -> None:
    """Its editor hears that it goes out now instead of at its time."""
    params = {"title": story.title, "at": was_due}
    owe_notice(connection, setup, story.queued_by, f"late:{story.id}", "queue.notice.late", now, params, story.id)
