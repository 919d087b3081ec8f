"""A story's message is not there any more: somebody deleted it. What was shared stays; its editor hears once."""

from datetime import datetime

from bot.actions.tell_editor import owe_notice
from bot.domain.stories import StoryState
from bot.store import placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def lose_message(connection: Connection, channel: str, ts: str, now: datetime) -> None:
    """Note that it is gone. Of a story that was taken back nobody needs to hear that. Twice it does nothing more."""
    found = placements.at(connection, channel, ts)
    if found is None or not placements.mark_gone(connection, channel, ts):
        return
    story = stories.find(connection, found.story_id)
    if story is None or story.state is not StoryState.POSTED or story.is_over(now):
        return
    word = "notice.message_deleted" if placements.of_story(connection, story.id) else "notice.last_message_deleted"
    setup = setup_store.load_setup(connection)
    params = {"title": story.title, "channel": channel}
    owe_notice(connection, setup, story.queued_by, f"deleted:{story.id}:{channel}", word, now, params, story.id)
