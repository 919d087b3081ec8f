"""An editor lets a queued story go out at once."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.move_story import still_queued
from bot.actions.publish_due import publish_now
from bot.actions.queue_story import said_back, who_did
from bot.actions.who_asks import Asker, require_editor
from bot.domain.problems import AlreadyPosted, NoChannels, StoryExpired
from bot.domain.queue_problems import PausedNow
from bot.domain.queue_view import Queued
from bot.store import editor_steps
from bot.store import setup as setup_store
from bot.store.engine import Connection


def post_now(desk: Desk, asker: Asker, story_id: int, now: datetime) -> Queued:
    """Post a story now instead of at its time.

    Raises:
        NotForYou, StoryGone, StoryCancelled, AlreadyPosted, StoryExpired, NoChannels, PausedNow.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        story = still_queued(connection, story_id)
        if story.is_over(now):
            raise StoryExpired
        if setup_store.load_setup(connection).paused:
            raise PausedNow
        if not said_back(connection, story_id).channels:
            raise NoChannels
        if not publish_now(connection, story, now):
            raise AlreadyPosted
        editor_steps.note(connection, who_did(connection, desk, asker, now), "post_now", now, story_id)
        return said_back(connection, story_id)

    done = desk.store.write(work)
    desk.wake()
    return done
