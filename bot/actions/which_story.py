"""Which story somebody means: as it stands, or why there is nothing to do with it."""

from bot.domain.problems import StoryCancelled, StoryGone
from bot.domain.stories import Story, StoryState
from bot.store import stories
from bot.store.engine import Connection


def which_story(connection: Connection, story_id: int) -> Story:
    """The story, as long as there is something to do with it. Raises StoryGone or StoryCancelled."""
    story = stories.find(connection, story_id)
    if story is None:
        raise StoryGone
    if story.state is StoryState.CANCELLED:
        raise StoryCancelled
    return story
