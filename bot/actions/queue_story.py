"""Comms queues a story: checked, booked, stored, all in one transaction; what follows comes later."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.post_story import owe_updates
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.problems import (
    EditedMeanwhile,
    NoChannels,
    QueuedBefore,
    SlotTaken,
    StoryCancelled,
    StoryGone,
    TimePast,
)
from bot.domain.setup import Channel
from bot.domain.slots import next_free
from bot.domain.stories import Story, StoryDraft, StoryState
from bot.store import editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class Queued:
    """What was understood, to be said back."""

    story: Story
    channels: tuple[Channel, ...]


def queue_story(desk: Desk, asker: Asker, draft: StoryDraft, now: datetime) -> Queued:
    """Put a story in the queue.

    Raises:
        NotForYou, NoChannels, QueuedBefore (field `link`), TimePast, SlotTaken (field `due_at`).
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        before = stories.find_link(connection, draft.link)
        if before is not None:
            raise QueuedBefore(field="link", title=before.title, at=before.due_at or before.posted_at)
        booked = _booked(connection, draft, now)
        who = _who(connection, desk, asker, now)
        story_id = stories.add(connection, booked, who, now)
        editor_steps.note(connection, who, "queue", now, story_id)
        return _queued(connection, story_id)

    return desk.store.write(work)


def edit_story(desk: Desk, asker: Asker, story_id: int, version: int, draft: StoryDraft, now: datetime) -> Queued:
    """Change a story; its messages follow. Queued stories may change their time too.

    Raises:
        NotForYou, StoryGone, StoryCancelled, EditedMeanwhile, and what `queue_story` raises.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        story = _editable(connection, story_id)
        other = stories.find_link(connection, draft.link)
        if other is not None and other.id != story_id:
            raise QueuedBefore(field="link", title=other.title, at=other.due_at or other.posted_at)
        is_queued = story.state is StoryState.QUEUED
        changed = _booked(connection, draft, now, story) if is_queued else replace(draft, due_at=None)
        if not stories.change(connection, story_id, version, changed):
            raise EditedMeanwhile
        if is_queued:
            stories.book(connection, story_id, changed.channels, changed.due_at)
        editor_steps.note(connection, _who(connection, desk, asker, now), "edit", now, story_id)
        done = _queued(connection, story_id)
        owe_updates(connection, done.story, now)
        return done

    done = desk.store.write(work)
    desk.wake()
    return done


def _editable(connection: Connection, story_id: int) -> Story:
    story = stories.find(connection, story_id)
    if story is None:
        raise StoryGone
    if story.state is StoryState.CANCELLED:
        raise StoryCancelled
    return story


def _booked(connection: Connection, draft: StoryDraft, now: datetime, story: Story | None = None) -> StoryDraft:
    """The draft with its channels and a time that is free."""
    channels = draft.channels or default_channels(connection, draft.language)
    if not channels:
        raise NoChannels(field="channels")
    taken = stories.taken(connection, channels, but=story.id if story else None)
    due_at = draft.due_at
    if due_at is None:
        setup = setup_store.load_setup(connection)
        due_at = next_free(setup.slots, setup.zone, now, taken)
    elif due_at <= now and not (story and story.due_at == due_at):
        raise TimePast(field="due_at", at=due_at)
    if due_at in taken:
        other = stories.find(connection, taken[due_at])
        raise SlotTaken(field="due_at", at=due_at, title=other.title if other else "")
    return replace(draft, channels=channels, due_at=due_at)


def default_channels(connection: Connection, language: str) -> tuple[str, ...]:
    """The channels in the story's language; all of them when there is none."""
    known = setup_store.list_channels(connection)
    same = tuple(channel.id for channel in known if channel.language == language)
    return same or tuple(channel.id for channel in known)


def _queued(connection: Connection, story_id: int) -> Queued:
    story = stories.find(connection, story_id)
    assert story is not None
    known = setup_store.list_channels(connection)
    return Queued(story, tuple(channel for channel in known if channel.id in story.channels))


def _who(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> str | None:
    person = remember(connection, desk, asker.profile, now)
    return person.key if person else None
