"""The queue for editors to look at, and which story somebody means."""

from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from bot.actions.desk import Desk
from bot.actions.move_story import stands_first
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.queue_view import QueueView
from bot.domain.setup import Channel, Setup
from bot.domain.slots import occurrences
from bot.domain.stories import Story, StoryState, link_key
from bot.domain.typed_command import split_command
from bot.store import crises, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

TWO_WEEKS = timedelta(days=14)
FREE_SLOTS = 3
LATELY = 50


def show_queue(desk: Desk, now: datetime) -> QueueView:
    """The coming two weeks; what is over time (everything is paused) stands first."""
    return desk.store.read(lambda connection: queue_view(connection, now))


def queue_view(connection: Connection, now: datetime) -> QueueView:
    """The same, in the caller's transaction."""
    setup = setup_store.load_setup(connection)
    channels = setup_store.list_channels(connection)
    queue = stories.queued(connection)
    soon = tuple(story for story in queue if story.due_at is not None and story.due_at < now + TWO_WEEKS)
    free = _free_slots(connection, setup, channels, now)
    first = frozenset(story.id for story in soon if stands_first(connection, queue, story, now))
    return QueueView(
        soon, len(queue) - len(soon), free, setup.paused, channels, first, crises.stops_promotion(connection)
    )


def story_to_edit(desk: Desk, asker: Asker, story_id: int) -> Story:
    """The story, for its form. Raises NotForYou, StoryGone, StoryCancelled."""
    require_editor(asker)
    return desk.store.read(lambda connection: which_story(connection, story_id))


def known_link(desk: Desk, link: str) -> Story | None:
    """The story that has this link already."""
    return desk.store.read(lambda connection: stories.find_link(connection, link))


def stories_meant(desk: Desk, typed: str, states: tuple[StoryState, ...]) -> list[Story]:
    """Stories in these states that have this link, or all these words in their title: queue first, then the newest.

    Nothing typed means the whole queue. A title that is the typed words exactly is meant alone.
    """
    link, words = split_command(typed)
    found = desk.store.read(lambda connection: _candidates(connection, states))
    if link:
        return [story for story in found if link_key(story.link) == _key(link)]
    if not words:
        return [story for story in found if story.state is StoryState.QUEUED]
    wanted = _folded(words)
    exact = [story for story in found if _folded(story.title) == wanted]
    return exact or [story for story in found if all(word in _folded(story.title) for word in wanted.split())]


def _key(link: str) -> str | None:
    try:
        urlsplit(link)
    except ValueError:
        return None
    return link_key(link)


def _candidates(connection: Connection, states: tuple[StoryState, ...]) -> list[Story]:
    posted = stories.posted(connection, LATELY) if StoryState.POSTED in states else []
    expired = stories.expired(connection, LATELY) if StoryState.EXPIRED in states else []
    return [*stories.queued(connection), *posted, *expired]


def _folded(text: str) -> str:
    """Slack's escapes, quotation marks and capitals make no difference."""
    for escaped, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, char)
    return " ".join(text.casefold().replace("’", "'").strip(" \"'“”‘").split())


def _free_slots(
    connection: Connection, setup: Setup, channels: tuple[Channel, ...], now: datetime
) -> tuple[datetime, ...]:
    """The next slots at which no channel has anything."""
    taken = stories.taken(connection, [channel.id for channel in channels])
    soon = islice(occurrences(setup.slots, setup.zone, now), 100)
    return tuple(islice((moment for moment in soon if moment not in taken), FREE_SLOTS))
