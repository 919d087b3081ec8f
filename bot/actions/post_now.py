"""An editor lets a queued story go out at once."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.move_story import still_queued
from bot.actions.publish_due import publish_now
from bot.actions.put_back import note_put_back, show_again
from bot.actions.queue_story import said_back, who_did
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis_desk import CrisisOn
from bot.domain.problems import AlreadyPosted, NoChannels, StoryExpired
from bot.domain.queue_problems import PausedNow
from bot.domain.queue_view import Queued
from bot.domain.setup import Channel
from bot.domain.stories import Story, StoryState
from bot.store import crises, deliveries, editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def post_now(desk: Desk, asker: Asker, story_id: int, now: datetime) -> Queued:
    """Post a story now instead of at its time; or, when it is out, in the channels that refused it then.

    Raises:
        NotForYou, StoryGone, StoryCancelled, AlreadyPosted, StoryExpired, NoChannels, PausedNow, CrisisOn.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        story = which_story(connection, story_id)
        refused = _refused(connection, story)
        if not refused:
            still_queued(connection, story_id)
        if story.is_over(now):
            raise StoryExpired
        if setup_store.load_setup(connection).paused:
            raise PausedNow
        if crises.hold_promotion(connection):
            raise CrisisOn
        was_held = stories.let_go(connection, story_id)
        done = _once_more(connection, story, refused, now) if refused else _publish(connection, story, now)
        if was_held:
            show_again(connection, which_story(connection, story_id), now)
            note_put_back(connection, desk, asker, story, now)
        editor_steps.note(connection, who_did(connection, desk, asker, now), "post_now", now, story_id)
        return done

    done = desk.store.write(work)
    desk.wake()
    return done


def _publish(connection: Connection, story: Story, now: datetime) -> Queued:
    if not said_back(connection, story.id).channels:
        raise NoChannels
    if not publish_now(connection, story, now):
        raise AlreadyPosted
    return said_back(connection, story.id)


def _refused(connection: Connection, story: Story) -> tuple[Channel, ...]:
    """The channels that refused a story which left the queue, as far as it still goes to them."""
    if story.state is StoryState.QUEUED:
        return ()
    refused = set(deliveries.refused_channels(connection, story.id)) & set(story.channels)
    known = {channel.id: channel for channel in setup_store.list_channels(connection, gone_too=True)}
    return tuple(known.get(channel) or Channel(channel, "", story.language) for channel in sorted(refused))


def _once_more(connection: Connection, story: Story, channels: tuple[Channel, ...], now: datetime) -> Queued:
    if story.state is StoryState.EXPIRED:
        stories.end(connection, story.id, [StoryState.EXPIRED], StoryState.POSTED, now)
    for channel in channels:
        deliveries.try_once_more(connection, story.id, channel.id, now)
    return Queued(said_back(connection, story.id).story, channels)
