"""The minute: stories whose slot has come become deliveries, one a channel."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_editor import owe_notice
from bot.domain.deliveries import Owed
from bot.domain.stories import Story, StoryState
from bot.store import deliveries, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def publish_due(desk: Desk, now: datetime) -> int:
    """Make deliveries of every story that is due. Answers how many stories left the queue.

    While everything is paused stories stay in the queue. Run twice, or by two copies, a story goes out once.
    """
    if desk.setup().paused:
        return 0
    due = desk.store.read(lambda connection: stories.due(connection, now))
    gone = sum(_publish_one(desk, story, now) for story in due)
    if gone:
        desk.wake()
    return gone


def publish_now(connection: Connection, story: Story, now: datetime) -> bool:
    """Let this story go out at once, in the caller's transaction. False when somebody else was first."""
    if not stories.end(connection, story.id, [StoryState.QUEUED], StoryState.POSTED, now):
        return False
    for channel in story.channels:
        key = f"story:{story.id}:{channel}"
        deliveries.owe(connection, Owed("story", key, channel, story_id=story.id), now)
    return True


def _publish_one(desk: Desk, story: Story, now: datetime) -> bool:
    return desk.store.write(lambda connection: _publish(connection, story, now))


def _publish(connection: Connection, story: Story, now: datetime) -> bool:
    if story.is_over(now):
        return _expire(connection, story, now)
    return publish_now(connection, story, now)


def _expire(connection: Connection, story: Story, now: datetime) -> bool:
    """Past its best-before: it is not posted, and its editor is told."""
    if not stories.end(connection, story.id, [StoryState.QUEUED], StoryState.EXPIRED, now):
        return False
    setup = setup_store.load_setup(connection)
    params = {"title": story.title, "best_before": story.best_before}
    owe_notice(connection, setup, story.queued_by, f"expired:{story.id}", "notice.expired", now, params, story.id)
    return True
