"""The minute: stories whose slot has come become deliveries, one a channel."""

import logging
from datetime import datetime, timedelta

from bot.actions.catch_up import put_off
from bot.actions.desk import Desk
from bot.actions.show_hook import redraw_of_story
from bot.actions.tell_editor import owe_notice
from bot.actions.tell_late import tell_late
from bot.actions.tell_senders import tell_dropped
from bot.domain.catching_up import PATIENCE, is_late, split_overdue
from bot.domain.deliveries import Owed
from bot.domain.problems import EditedMeanwhile, SlotTaken
from bot.domain.setup import Setup
from bot.domain.stories import Story, StoryState
from bot.store import crises, deliveries, placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

log = logging.getLogger(__name__)

A_MOMENT = timedelta(minutes=5)
"""A story that is on its way for longer is not taken by Slack. What comes after it stays in the queue."""


def publish_due(desk: Desk, now: datetime) -> int:
    """Make deliveries of every story that is due. Answers how many stories left the queue.

    While everything is paused, or there is a crisis, stories stay in the queue. Run twice, or by two copies, a story
    goes out once. After a long silence a channel gets one story at once; the others get the next free slots, and their
    editors are told. The silence may be ours or Slack's: while Slack does not take a channel's story, its next ones
    stay in the queue.
    """
    if not desk.store.read(lambda connection: stories.due(connection, now)):
        return 0
    try:
        gone = desk.store.write(lambda connection: _publish_all(connection, now))
    except (EditedMeanwhile, SlotTaken):
        log.info("Somebody else changed the queue at this moment; it is looked at again")
        return 0
    if gone:
        desk.wake()
    return gone


def publish_now(connection: Connection, story: Story, now: datetime) -> bool:
    """Let this story go out at once, in the caller's transaction. False when somebody else was first.

    Where a channel refused it before, it is tried once more.
    """
    if not stories.end(connection, story.id, [StoryState.QUEUED], StoryState.POSTED, now):
        return False
    for channel in story.channels:
        key = f"story:{story.id}:{channel}"
        is_new = deliveries.owe(connection, Owed("story", key, channel, story_id=story.id), now)
        if not is_new:
            deliveries.try_once_more(connection, story.id, channel, now)
    return True


def _publish_all(connection: Connection, now: datetime) -> int:
    """One transaction, so that a crash in between cannot make a burst of what was to be put off."""
    setup = setup_store.load_setup(connection)
    if setup.paused or crises.hold_promotion(connection):
        return 0
    stories.lock_queue(connection)
    stuck = deliveries.stuck_channels(connection, now - A_MOMENT)
    due = [s for s in stories.due(connection, now) if s.is_over(now) or stuck.isdisjoint(s.channels)]
    had_late = placements.came_late(connection, now - PATIENCE, PATIENCE)
    going, later = split_overdue(due, now, had_late=had_late)
    gone = sum(_publish(connection, setup, story, now) for story in going)
    put_off(connection, setup, later, now)
    return gone


def _publish(connection: Connection, setup: Setup, story: Story, now: datetime) -> bool:
    if story.is_over(now):
        return _expire(connection, setup, story, now)
    if not publish_now(connection, story, now):
        return False
    if is_late(story, now):
        tell_late(connection, setup, story, story.due_at, now)
    return True


def _expire(connection: Connection, setup: Setup, story: Story, now: datetime) -> bool:
    """Past its best-before: it is not posted, and its editor is told."""
    if not stories.end(connection, story.id, [StoryState.QUEUED], StoryState.EXPIRED, now):
        return False
    tell_dropped(connection, story.id, now)
    redraw_of_story(connection, story.id, now)
    params = {"title": story.title, "best_before": story.best_before}
    # A story that was queued again and is late once more is told about once more.
    key = f"expired:{story.id}:{story.version}"
    owe_notice(connection, setup, story.queued_by, key, "notice.expired", now, params, story.id)
    return True
