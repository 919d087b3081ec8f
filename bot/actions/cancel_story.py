"""An editor takes a story back: out of the queue, or greyed out where it stands."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.post_story import owe_updates
from bot.actions.put_back import note_dropped
from bot.actions.queue_story import said_back, who_did
from bot.actions.show_hook import redraw_of_story
from bot.actions.tell_followers import FIRST_PICK, TOPIC
from bot.actions.tell_senders import tell_dropped
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.problems import StoryCancelled
from bot.domain.stories import Story, StoryState
from bot.store import deliveries, editor_steps, stories
from bot.store.engine import Connection

LIVE = (StoryState.QUEUED, StoryState.POSTED, StoryState.EXPIRED)


def cancel_story(desk: Desk, asker: Asker, story_id: int, now: datetime) -> Story:
    """Cancel a story. What waits to be posted is called off; what is on its way is greyed out after it arrived.

    Answers the story as it was. Raises NotForYou, StoryGone, StoryCancelled.
    """
    require_editor(asker)

    def work(connection: Connection) -> Story:
        story = which_story(connection, story_id)
        if not stories.end(connection, story_id, LIVE, StoryState.CANCELLED, now):
            raise StoryCancelled
        deliveries.call_off(connection, story_id=story_id, kinds=["story", TOPIC, FIRST_PICK], now=now)
        owe_updates(connection, said_back(connection, story_id).story, now)
        note_dropped(connection, desk, asker, story, now)
        if story.state is StoryState.QUEUED:
            tell_dropped(connection, story_id, now)
        redraw_of_story(connection, story_id, now)
        editor_steps.note(connection, who_did(connection, desk, asker, now), "cancel", now, story_id)
        return story

    story = desk.store.write(work)
    desk.wake()
    return story
