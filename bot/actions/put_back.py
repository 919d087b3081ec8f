"""After a crisis: stories come back one by one, each when an editor has looked at it."""

from datetime import datetime

from bot.actions.catch_up import put_off
from bot.actions.desk import Desk
from bot.actions.post_story import owe_updates
from bot.actions.queue_story import who_did
from bot.actions.show_crisis import owe_card_update
from bot.actions.tell_followers import FIRST_PICK, TOPIC
from bot.actions.which_crisis import note, who_acts
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import Did
from bot.domain.crisis_desk import CrisisOn, HeldStory, Review
from bot.domain.problems import StoryExpired
from bot.domain.stories import Story, StoryState
from bot.store import crises, deliveries, editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

OF_STORY = ("story", "reminder", TOPIC, FIRST_PICK)


def look_at_held(desk: Desk, asker: Asker) -> Review:
    """All that wait. Raises NotForYou."""
    require_editor(asker)

    def look(connection: Connection) -> Review:
        held = tuple(HeldStory(story, story.state is StoryState.POSTED) for story in stories.held(connection))
        return Review(held, is_over=not crises.stops_promotion(connection))

    return desk.store.read(look)


def put_back(desk: Desk, asker: Asker, story_id: int, now: datetime) -> Story:
    """It can go out, or be shared, again. A queued one whose time has passed gets the next free slot.

    One that stands in channels comes back past its best-before too: it says then what it says of such stories.

    Put back twice, it is put back once. Raises NotForYou, StoryGone, StoryCancelled, StoryExpired; CrisisOn while the
    crisis goes on.
    """
    require_editor(asker)

    def work(connection: Connection) -> Story:
        if crises.hold_promotion(connection):
            raise CrisisOn
        stories.lock_queue(connection)
        story = which_story(connection, story_id)
        if story.is_over(now) and story.state is StoryState.QUEUED:
            raise StoryExpired
        if story.held_by is not None and stories.let_go(connection, story_id):
            _back(connection, desk, asker, story, now)
        return which_story(connection, story_id)

    done = desk.store.write(work)
    desk.wake()
    return done


def show_again(connection: Connection, story: Story, now: datetime) -> None:
    """It stands as it did before the crisis, and what had not arrived may arrive."""
    owe_updates(connection, story, now)
    for kind in OF_STORY:
        deliveries.release(connection, story.id, kind, now)


def note_put_back(connection: Connection, desk: Desk, asker: Asker, held: Story, now: datetime) -> None:
    """The log of the crisis says so; `held` is the story as it was."""
    if held.held_by is not None:
        _note(connection, desk, asker, held.held_by, Did.PUT_BACK, held, now)


def note_dropped(connection: Connection, desk: Desk, asker: Asker, story: Story, now: datetime) -> None:
    """A story that was cancelled while it was on hold: the log of the crisis says so."""
    if story.held_by is not None:
        _note(connection, desk, asker, story.held_by, Did.DROPPED, story, now)


def _back(connection: Connection, desk: Desk, asker: Asker, held: Story, now: datetime) -> None:
    story = which_story(connection, held.id)
    if story.state is StoryState.QUEUED and story.due_at is not None and story.due_at <= now:
        who = who_did(connection, desk, asker, now)
        put_off(connection, setup_store.load_setup(connection), [story], now, but_tell_not=who)
    elif story.state is StoryState.POSTED:
        show_again(connection, story, now)
    editor_steps.note(connection, who_did(connection, desk, asker, now), "put_back", now, story.id)
    note_put_back(connection, desk, asker, held, now)


def _note(
    connection: Connection, desk: Desk, asker: Asker, crisis_id: int, did: Did, story: Story, now: datetime
) -> None:
    if crises.find(connection, crisis_id) is None:
        return
    note(connection, crisis_id, did, who_acts(connection, desk, asker, now), now, title=story.title)
    crises.touch(connection, crisis_id)
    owe_card_update(connection, crisis_id, now)
