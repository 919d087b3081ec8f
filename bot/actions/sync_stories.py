"""Story files and the queue come to say the same: what is new is queued, what changed in a file is taken over."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.actions.answer_idea import accept_ideas
from bot.actions.hear_voice import hear_voice
from bot.actions.post_story import owe_updates
from bot.actions.queue_story import default_channels
from bot.domain.captions import Caption
from bot.domain.language import Meter
from bot.domain.local_time import zone_of
from bot.domain.problems import SlotTaken
from bot.domain.slots import NoSlots, next_free
from bot.domain.stories import Story, StoryDraft, StoryState, draft_of
from bot.domain.story_file import StoryFile
from bot.domain.story_sync import Change, StoryParts, Turn, as_base, compared, draft_with, merged, next_base, parts_of
from bot.store import setup as setup_store
from bot.store import stories, story_files
from bot.store.engine import Connection, Store


class Came(StrEnum):
    """What came of one file, or of one story whose file is gone."""

    QUEUED = "queued"
    SAME = "same"
    DIFFERS = "differs"
    ELSEWHERE = "its link is in the queue already, from Slack or from another file"
    NO_PLACE = "no channel or no slot for it yet"
    SLOT_TAKEN = (
        "another story has its time in a channel that the file adds, so nothing of the file was taken: "
        "move one of the two in Slack"
    )
    TOO_LATE = "its best-before comes before its turn, so nothing of the file was taken"
    ENDED = "cancelled or expired in Slack; its file is left alone"
    NO_FILE = "its file is gone; the story stays as it is"


@dataclass(frozen=True)
class Synced:
    """`due_at` (UTC) of what is queued; `changes` of what differs.

    `was`: the name that the file had before. `other`: the title of the story that has its link.
    """

    slug: str
    came: Came
    due_at: datetime | None = None
    changes: tuple[Change, ...] = ()
    was: str | None = None
    other: str = ""


@dataclass(frozen=True)
class _Run:
    """`there`: the slugs of all files, of those too that cannot be read just now."""

    now: datetime
    overwrite: Collection[str]
    there: Collection[str]
    meter: Meter | None


_IN_THE_WAY = frozenset({Came.ELSEWHERE, Came.SLOT_TAKEN})
"""What another story had may be free once that one's file was taken over."""
_TURNS = 3
"""How often a file is tried whose time somebody else books at that moment."""


class _NothingIsDone(Exception):
    """Ends a transaction that was only to show what it would do."""


def sync_stories(
    store: Store,
    files: Sequence[StoryFile],
    now: datetime,
    *,
    overwrite: Collection[str] = (),
    unreadable: Collection[str] = (),
    is_trial: bool = False,
    meter: Meter | None = None,
) -> list[Synced]:
    """Go through all files in the order given; run twice, the second time changes nothing.

    `overwrite`: slugs of files that are right whatever was edited in Slack since. `is_trial`: nothing is changed.
    `unreadable`: slugs of files that cannot be read just now: they are not gone.
    `meter`: hears how what is new or changed sounds.
    Each file is a transaction of its own; a trial is one for all, so that it books the same slots.

    Raises DatabaseTrouble.
    """
    going = _Run(now, overwrite, {*unreadable, *(file.slug for file in files)}, meter)
    if is_trial:
        return _tried(store, files, going)
    found = _each(files, lambda file: _in_turn(store, file, _for_one(file, going)))
    return found + store.read(lambda connection: _without_file(connection, going))


def _each(files: Sequence[StoryFile], sync: Callable[[StoryFile], Synced]) -> list[Synced]:
    """In the order of the files; what another story was in the way of comes round again for as long as that helps."""
    found: dict[str, Synced] = {}
    waiting = files
    while waiting:
        found |= {file.slug: sync(file) for file in waiting}
        left = [file for file in waiting if found[file.slug].came in _IN_THE_WAY]
        waiting = left if len(left) < len(waiting) else ()
    return list(found.values())


def _in_turn(store: Store, file: StoryFile, sync_story: Callable[[Connection], Synced]) -> Synced:
    """Somebody who books the same time at that moment is seen the next time."""
    for _ in range(_TURNS):
        try:
            return store.write(sync_story)
        except SlotTaken:
            continue
    return Synced(file.slug, Came.SLOT_TAKEN)


def _tried(store: Store, files: Sequence[StoryFile], going: _Run) -> list[Synced]:
    found: list[Synced] = []

    def try_all(connection: Connection) -> None:
        found[:] = _each(files, lambda file: _sync(connection, file, going))
        found.extend(_without_file(connection, going))
        raise _NothingIsDone

    try:
        store.write(try_all)
    except _NothingIsDone:
        return found
    raise AssertionError("a trial never ends well")


def _for_one(file: StoryFile, going: _Run) -> Callable[[Connection], Synced]:
    def sync_story(connection: Connection) -> Synced:
        found = _sync(connection, file, going)
        if found.came is Came.QUEUED or any(change.turn is Turn.TAKEN for change in found.changes):
            story = stories.find_slug(connection, file.slug)
            assert story is not None
            hear_voice(connection, going.meter, story)
        return found

    return sync_story


def _sync(connection: Connection, file: StoryFile, going: _Run) -> Synced:
    story = stories.find_slug(connection, file.slug)
    if story is not None:
        return _held(connection, story.id, file, going)
    other = stories.find_link(connection, file.link)
    if other is None:
        return _queue(connection, file, going.now)
    if other.slug is None or other.slug in going.there:
        return Synced(file.slug, Came.ELSEWHERE, other=other.title)
    stories.rename(connection, other.id, file.slug)
    return replace(_held(connection, other.id, file, going), was=other.slug)


def _held(connection: Connection, story_id: int, file: StoryFile, going: _Run) -> Synced:
    """With the story as it stands once whoever is editing it is done, and that nobody edits meanwhile."""
    story = stories.hold(connection, story_id)
    assert story is not None
    if story.state not in {StoryState.QUEUED, StoryState.POSTED}:
        return Synced(file.slug, Came.ENDED)
    return _change(connection, story, file, going.now, is_right=file.slug in going.overwrite)


def _queue(connection: Connection, file: StoryFile, now: datetime) -> Synced:
    draft = _draft(connection, file)
    channels = draft.channels or default_channels(connection, file.language)
    due_at = _free(connection, channels, now)
    if due_at is None:
        return Synced(file.slug, Came.NO_PLACE)
    booked = replace(draft, channels=channels, due_at=due_at)
    if _is_over(booked):
        return Synced(file.slug, Came.TOO_LATE)
    story_id = stories.add(connection, booked, None, now)
    story_files.note(connection, story_id, as_base(_of_file(draft)))
    accept_ideas(connection, None, file.link, story_id, now)
    return Synced(file.slug, Came.QUEUED, due_at)


def _change(connection: Connection, story: Story, file: StoryFile, now: datetime, *, is_right: bool) -> Synced:
    theirs, here = _of_file(_draft(connection, file)), parts_of(draft_of(story))
    base = story_files.noted(connection, story.id)
    changes = compared(base, here, theirs, overwrite=is_right, is_out=story.state is StoryState.POSTED)
    if taken := {change.part for change in changes if change.turn is Turn.TAKEN}:
        draft = draft_with(draft_of(story), merged(here, changes))
        other = stories.find_link(connection, file.link) if "link" in taken else None
        if other is not None and other.id != story.id:
            return Synced(file.slug, Came.ELSEWHERE, other=other.title)
        if "best_before" in taken and _is_over(draft):
            return Synced(file.slug, Came.TOO_LATE)
        if "channels" in taken and draft.due_at in stories.taken(connection, draft.channels, but=story.id):
            return Synced(file.slug, Came.SLOT_TAKEN)
        _take_over(connection, story, draft, now)
    story_files.note(connection, story.id, next_base(base, theirs, changes))
    return Synced(file.slug, Came.DIFFERS if changes else Came.SAME, changes=changes)


def _is_over(draft: StoryDraft) -> bool:
    """Whether its best-before comes before its turn; what is out has no turn any more."""
    return draft.best_before is not None and draft.due_at is not None and draft.best_before <= draft.due_at


def _take_over(connection: Connection, story: Story, draft: StoryDraft, now: datetime) -> None:
    """As an editor's edit goes: its time stays, its messages follow."""
    if not stories.change(connection, story.id, story.version, draft):
        raise AssertionError("nobody changes a story that is held")
    if story.state is StoryState.QUEUED:
        stories.book(connection, story.id, draft.channels, draft.due_at)
    changed = stories.find(connection, story.id)
    assert changed is not None
    owe_updates(connection, changed, now)


def _draft(connection: Connection, file: StoryFile) -> StoryDraft:
    known = {channel.name: channel.id for channel in setup_store.list_channels(connection)}
    return StoryDraft(
        link=file.link,
        title=file.title,
        sentence=file.sentence,
        language=file.language,
        captions=tuple(Caption(None, caption.language, caption.text) for caption in file.captions),
        background=file.background,
        topics=file.topics,
        image=file.image,
        alt=file.alt,
        commercial=file.commercial,
        best_before=file.best_before_at(zone_of(setup_store.load_setup(connection).zone)),
        channels=tuple(known[name] for name in file.channels if name in known),
        slug=file.slug,
        dilemma=file.dilemma,
    )


def _of_file(draft: StoryDraft) -> StoryParts:
    """Without channels where the file names none that the bot is in."""
    parts = parts_of(draft)
    return replace(parts, channels=parts.channels or None)


def _free(connection: Connection, channels: tuple[str, ...], now: datetime) -> datetime | None:
    if not channels:
        return None
    setup = setup_store.load_setup(connection)
    try:
        return next_free(setup.slots, setup.zone, now, stories.taken(connection, channels))
    except NoSlots:
        return None


def _without_file(connection: Connection, going: _Run) -> list[Synced]:
    """Stories that came from a file which is not there any more."""
    return [Synced(slug, Came.NO_FILE) for slug in story_files.slugs(connection) if slug not in going.there]
