"""Comms queues a story: checked, booked, stored, all in one transaction; what follows comes later."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.actions.answer_hook import note_queued
from bot.actions.answer_idea import accept_ideas
from bot.actions.desk import Desk
from bot.actions.hear_voice import hear_voice
from bot.actions.post_story import owe_updates
from bot.actions.show_hook import redraw_of_story
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.problems import (
    EditedMeanwhile,
    NoChannels,
    QueuedBefore,
    SlotTaken,
    TimePast,
)
from bot.domain.queue_problems import OverBeforeOut
from bot.domain.queue_view import Queued
from bot.domain.slots import NoSlots, next_free
from bot.domain.stories import Story, StoryDraft, StoryState, draft_of
from bot.domain.voice import texts_of
from bot.store import crises, editor_steps, placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def queue_story(
    desk: Desk, asker: Asker, draft: StoryDraft, now: datetime, *, idea: int | None = None, hook: int | None = None
) -> Queued:
    """Put a story in the queue.

    `idea`, `hook`: the one that it was made from. Whoever suggested the same page hears of it.

    Raises:
        NotForYou, NoChannels, QueuedBefore (field `link`), TimePast, SlotTaken (field `due_at`), OverBeforeOut
        (field `best_before`), NoSlots, IdeaAnswered.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        _check_link(connection, draft.link)
        booked = _booked(connection, draft, now)
        who = who_did(connection, desk, asker, now)
        story_id = stories.add(connection, booked, who, now)
        editor_steps.note(connection, who, "queue", now, story_id)
        accept_ideas(connection, idea, draft.link, story_id, now)
        if hook is not None:
            note_queued(connection, who, hook, story_id, now)
        return _heard(connection, desk, said_back(connection, story_id))

    queued = desk.store.write(work)
    desk.wake()
    return queued


def edit_story(desk: Desk, asker: Asker, story_id: int, version: int, draft: StoryDraft, now: datetime) -> Queued:
    """Change a story; its messages follow. Queued stories may change their time too, expired ones are queued again.

    The same edit once more (its sender never heard that it went in) changes nothing, and is no quarrel.

    Raises:
        NotForYou, StoryGone, StoryCancelled, EditedMeanwhile, and what `queue_story` raises.
    """
    require_editor(asker)

    def work(connection: Connection) -> Queued:
        story = which_story(connection, story_id)
        if story.version != version:
            if _is_so_already(story, draft):
                return said_back(connection, story_id)
            raise EditedMeanwhile
        _check_link(connection, draft.link, but=story_id)
        _write(connection, _revived(connection, story, now), draft, now)
        editor_steps.note(connection, who_did(connection, desk, asker, now), "edit", now, story_id)
        done = said_back(connection, story_id)
        owe_updates(connection, done.story, now)
        if story.state is not done.story.state:
            redraw_of_story(connection, story_id, now)
        return done if texts_of(done.story) == texts_of(story) else _heard(connection, desk, done)

    done = desk.store.write(work)
    desk.wake()
    return done


def _heard(connection: Connection, desk: Desk, queued: Queued) -> Queued:
    return replace(queued, voice=hear_voice(connection, desk.meter, queued.story))


def _is_so_already(story: Story, draft: StoryDraft) -> bool:
    """Whether all that this edit wants is how the story stands."""
    wanted = replace(
        draft,
        channels=draft.channels or story.channels,
        due_at=story.due_at if draft.due_at is None or story.state is not StoryState.QUEUED else draft.due_at,
        slug=story.slug,
    )
    return _without_ids(wanted) == _without_ids(draft_of(story))


def _without_ids(draft: StoryDraft) -> StoryDraft:
    return replace(draft, captions=tuple(replace(caption, id=None) for caption in draft.captions))


def default_channels(connection: Connection, language: str) -> tuple[str, ...]:
    """The channels in the story's language; all of them when there is none."""
    known = setup_store.list_channels(connection)
    same = tuple(channel.id for channel in known if channel.language == language)
    return same or tuple(channel.id for channel in known)


def said_back(connection: Connection, story_id: int) -> Queued:
    """The story as it stands now, with its channels."""
    story = stories.find(connection, story_id)
    assert story is not None
    known = setup_store.list_channels(connection)
    is_paused = setup_store.load_setup(connection).paused
    lost = tuple(placement.channel for placement in placements.lost_of_story(connection, story_id))
    return Queued(
        story,
        tuple(channel for channel in known if channel.id in story.channels),
        is_paused,
        lost,
        stands=bool(placements.of_story(connection, story_id)),
        is_crisis=crises.stops_promotion(connection),
    )


def who_did(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> str | None:
    """The key of who asks, for the log of editors' steps; None for whom nothing may be kept."""
    person = remember(connection, desk, asker.profile, now)
    return person.key if person else None


def _check_link(connection: Connection, link: str, but: int | None = None) -> None:
    other = stories.find_link(connection, link)
    if other is not None and other.id != but:
        raise QueuedBefore(field="link", title=other.title, at=other.due_at or other.posted_at)


def _revived(connection: Connection, story: Story, now: datetime) -> Story:
    """A story that was too late to post goes back in the queue with its edit."""
    if story.state is not StoryState.EXPIRED:
        return story
    stories.end(connection, story.id, [StoryState.EXPIRED], StoryState.QUEUED, now)
    return replace(story, state=StoryState.QUEUED, version=story.version + 1, due_at=None)


def _write(connection: Connection, story: Story, draft: StoryDraft, now: datetime) -> None:
    is_queued = story.state is StoryState.QUEUED
    changed = _booked(connection, draft, now, story) if is_queued else replace(draft, due_at=None)
    if not stories.change(connection, story.id, story.version, changed):
        raise EditedMeanwhile
    if is_queued:
        stories.book(connection, story.id, changed.channels, changed.due_at)


def _next_slot(connection: Connection, taken: Collection[datetime], now: datetime) -> datetime:
    setup = setup_store.load_setup(connection)
    try:
        return next_free(setup.slots, setup.zone, now, taken)
    except NoSlots:
        raise NoSlots(field="due_at") from None


def _booked(connection: Connection, draft: StoryDraft, now: datetime, story: Story | None = None) -> StoryDraft:
    """The draft with its channels and a time that is free."""
    channels = draft.channels or default_channels(connection, draft.language)
    if not channels:
        raise NoChannels(field="channels")
    taken = stories.taken(connection, channels, but=story.id if story else None)
    due_at = draft.due_at
    if due_at is None:
        due_at = _next_slot(connection, taken, now)
    elif due_at <= now and not (story and story.due_at == due_at):
        raise TimePast(field="due_at", at=due_at)
    if due_at in taken:
        other = stories.find(connection, taken[due_at])
        raise SlotTaken(field="due_at", at=due_at, title=other.title if other else "")
    if draft.best_before is not None and draft.best_before <= due_at:
        raise OverBeforeOut(field="best_before", at=due_at)
    return replace(draft, channels=channels, due_at=due_at)
