"""An editor looks at a story as it will be: the real message, in a direct message."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.post_story import names_of
from bot.actions.say_notice import language_of_channel
from bot.actions.say_to_asker import say_to_asker
from bot.actions.tell_editor import owe_notice
from bot.actions.who_asks import Asker, require_editor, who_asks
from bot.domain.deliveries import Delivery
from bot.domain.messages import Message, Posted, StoryMessage
from bot.domain.problems import StoryGone
from bot.domain.stories import Story
from bot.store import people, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def preview_story(desk: Desk, asker: Asker, story_id: int, now: datetime) -> None:
    """Send the message of a story to the editor alone. Raises NotForYou, StoryGone."""
    require_editor(asker)
    story = desk.store.read(lambda connection: stories.find(connection, story_id))
    if story is None:
        raise StoryGone
    say_to_asker(desk, asker, "preview", story_id, {}, _message(desk, asker, story), now)


def compose_preview(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The story as it is at this moment."""
    story_id = delivery.story_id
    story = None if story_id is None else desk.store.read(lambda connection: stories.find(connection, story_id))
    return None if story is None else _message(desk, who_asks(desk, delivery.target), story)


def note_preview(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """The editor hears when Slack did not like the picture: that is what a preview is for."""
    if not isinstance(said, StoryMessage) or said.with_image or not said.story.image:
        return
    person = people.by_user(connection, delivery.target)
    setup = setup_store.load_setup(connection)
    word, params = "queue.notice.preview_without_image", {"title": said.story.title}
    owe_notice(
        connection, setup, person.key if person else None, f"{delivery.key}:image", word, now, params, said.story.id
    )


def _message(desk: Desk, asker: Asker, story: Story) -> StoryMessage:
    """In the language of the first channel it goes to."""
    language = language_of_channel(desk, story.channels[0]) if story.channels else story.language
    names = desk.store.read(lambda connection: names_of(connection, story.id))
    said = StoryMessage(story, language, desk.setup(), suggested_by=names)
    return replace(said, is_preview=True, editor_language=asker.language)
