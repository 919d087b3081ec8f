"""How does a story sound? Heard when it is queued or changed, and its score kept with it."""

from bot.actions.desk import Desk
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.language import Meter
from bot.domain.language_line import lines_of
from bot.domain.stories import Story, StoryState
from bot.domain.voice import Voice, hear
from bot.store import own_words, voices
from bot.store.engine import Connection


def hear_voice(connection: Connection, meter: Meter | None, story: Story) -> Voice | None:
    """In the transaction that queues or changes it: its score stays with it, as it was when it went out.

    None when nobody reads texts here, or when somebody said that this one needs no tips.
    """
    if meter is None:
        return None
    lines = lines_of(voices.scores(connection, but=story.id))
    heard = hear(meter, story, lines, own_words.load(connection))
    if story.state is StoryState.QUEUED:
        voices.keep(connection, story.id, heard.score)
    return None if voices.has_no_tips(connection, story.id) else heard


def skip_tips(desk: Desk, asker: Asker, story_id: int) -> Story:
    """No tips for this one, whoever changes it. Raises NotForYou, StoryGone."""
    require_editor(asker)

    def work(connection: Connection) -> Story:
        voices.skip_tips(connection, story_id)
        return which_story(connection, story_id)

    return desk.store.write(work)


def hear_again(desk: Desk, asker: Asker, story_id: int) -> tuple[Story, Voice | None]:
    """How it sounds as things stand now. Raises NotForYou, StoryGone."""
    require_editor(asker)

    def work(connection: Connection) -> tuple[Story, Voice | None]:
        story = which_story(connection, story_id)
        return story, hear_voice(connection, desk.meter, story)

    return desk.store.write(work)
