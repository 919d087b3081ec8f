"""An editor moves a story up in the queue: to the free slot before it, else in the place of the story before it."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.queue_story import said_back, who_did
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, require_editor
from bot.domain.problems import AlreadyPosted, EditedMeanwhile, SlotTaken, StoryExpired
from bot.domain.queue_problems import FirstAlready, InTheWay
from bot.domain.queue_view import Queued
from bot.domain.slots import occurrences
from bot.domain.stories import Story, StoryState
from bot.store import editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def move_up(desk: Desk, asker: Asker, story_id: int, now: datetime) -> Queued:
    """One place up: the nearest free slot after the story before it; when there is none, the two change places.

    Raises:
        NotForYou, StoryGone, StoryCancelled, AlreadyPosted, StoryExpired, FirstAlready, InTheWay.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        stories.lock_queue(connection)
        story = still_queued(connection, story_id)
        _step_up(connection, story, _story_before(stories.queued(connection), story, now), now)
        editor_steps.note(connection, who_did(connection, desk, asker, now), "move_up", now, story_id)
        return said_back(connection, story_id)

    return desk.store.write(work)


def still_queued(connection: Connection, story_id: int) -> Story:
    """The story, when it has a time to come. Raises what says why not."""
    story = which_story(connection, story_id)
    if story.state is StoryState.POSTED:
        raise AlreadyPosted
    if story.state is StoryState.EXPIRED:
        raise StoryExpired
    return story


def give_time(connection: Connection, story: Story, due_at: datetime) -> None:
    """Another time for a queued story. Raises SlotTaken, or EditedMeanwhile when it changed since it was read."""
    if not stories.move(connection, story.id, story.version, due_at):
        raise EditedMeanwhile
    stories.book(connection, story.id, story.channels, due_at)


def _step_up(connection: Connection, story: Story, before: Story | None, now: datetime) -> None:
    free = _free_slot(connection, story, before.due_at if before and before.due_at else now)
    if free is not None:
        give_time(connection, story, free)
    elif before is not None:
        _change_places(connection, story, before)
    else:
        raise FirstAlready(title=story.title)


def stands_first(connection: Connection, queue: Sequence[Story], story: Story, now: datetime) -> bool:
    """Whether there is nothing to move it up to: no story before it in the queue, and no free slot."""
    if story.due_at is None or story.due_at <= now:
        return True
    return _story_before(queue, story, now) is None and _free_slot(connection, story, now) is None


def _story_before(queue: Sequence[Story], story: Story, now: datetime) -> Story | None:
    """The last of those that go out before it in one of its channels."""
    assert story.due_at is not None
    earlier = [
        other
        for other in queue
        if other.due_at is not None
        and now < other.due_at < story.due_at
        and set(other.channels).intersection(story.channels)
    ]
    return earlier[-1] if earlier else None


def _free_slot(connection: Connection, story: Story, after: datetime) -> datetime | None:
    """The last free slot between then and the story's time."""
    assert story.due_at is not None
    setup = setup_store.load_setup(connection)
    taken = stories.taken(connection, story.channels, but=story.id)
    last = None
    for moment in occurrences(setup.slots, setup.zone, after):
        if moment >= story.due_at:
            break
        last = last if moment in taken else moment
    return last


def _change_places(connection: Connection, story: Story, before: Story) -> None:
    assert story.due_at is not None
    assert before.due_at is not None
    if before.is_over(story.due_at):
        raise InTheWay(title=before.title)
    stories.book(connection, before.id, before.channels, None)
    try:
        give_time(connection, story, before.due_at)
        give_time(connection, before, story.due_at)
    except SlotTaken as taken:
        # In a channel that only one of them goes to, a third story has that time.
        raise InTheWay(title=before.title) from taken
