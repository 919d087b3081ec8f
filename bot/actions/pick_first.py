"""*Tell me the moment it's out*: for a story that waits for its time."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_followers import FIRST_PICK, out_key
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, remember
from bot.domain.deliveries import Owed
from bot.domain.first_pick import AHEAD, MOST, WAITS, Pick
from bot.domain.people import Person
from bot.domain.problems import StoryExpired
from bot.domain.share_problems import NothingIsKept
from bot.domain.stories import Story, StoryState
from bot.store import deliveries, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def pick_first(desk: Desk, asker: Asker, story_id: int, now: datetime) -> bool:
    """Owe a word that waits until the story is out. False: it is out already, so there is nothing to wait for.

    Raises:
        StoryGone, StoryCancelled, StoryExpired, NothingIsKept.
    """

    def work(connection: Connection) -> bool:
        story = _to_come(connection, story_id)
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            raise NothingIsKept
        if story.state is not StoryState.QUEUED:
            return False
        owed = _owed(story, person, now)
        if not deliveries.owe(connection, owed, now):
            deliveries.want_again(connection, owed, now)
        return True

    return desk.store.write(work)


def picks_of(connection: Connection, person: Person, now: datetime) -> tuple[Pick, ...]:
    """What goes out in the coming two days; nothing while all posting is paused, or in a crisis."""
    if setup_store.load_setup(connection).paused:
        return ()
    soon = [one for one in stories.coming(connection) if one.due_at and now < one.due_at <= now + AHEAD][:MOST]
    asked = deliveries.waiting_stories(connection, person.id, FIRST_PICK)
    return tuple(Pick(story, story.id in asked) for story in soon)


def _to_come(connection: Connection, story_id: int) -> Story:
    story = which_story(connection, story_id)
    if story.state is StoryState.EXPIRED:
        raise StoryExpired
    return story


def _owed(story: Story, person: Person, now: datetime) -> Owed:
    """Its time may change, so it waits for the story itself (`deliveries.release`)."""
    at = (story.due_at or now) + WAITS
    key = out_key(story.id, person.id)
    return Owed(FIRST_PICK, key, person.user, not_before=at, story_id=story.id, person_id=person.id)
