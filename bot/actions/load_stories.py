"""Story files come into the queue: each once, at the next free slot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.queue_story import default_channels
from bot.domain.local_time import zone_of
from bot.domain.slots import NoSlots, next_free
from bot.domain.stories import StoryDraft
from bot.domain.story_file import StoryFile
from bot.store import setup as setup_store
from bot.store import stories
from bot.store.engine import Connection, Store


@dataclass(frozen=True)
class Loaded:
    """What came of one file: queued for a time, or left alone for a reason (a key of content/words)."""

    slug: str
    due_at: datetime | None
    why: str | None = None


def load_stories(store: Store, files: Sequence[StoryFile], now: datetime) -> list[Loaded]:
    """Queue every file that is not there yet, in the order given. Run twice, it adds nothing."""
    return [_load(store, file, now) for file in files]


def _load(store: Store, file: StoryFile, now: datetime) -> Loaded:
    def work(connection: Connection) -> Loaded:
        if stories.find_slug(connection, file.slug) or stories.find_link(connection, file.link):
            return Loaded(file.slug, None, "there already")
        draft = _draft(connection, file, now)
        if draft is None:
            return Loaded(file.slug, None, "no channel or no slot for it yet")
        if draft.best_before is not None and draft.due_at is not None and draft.best_before <= draft.due_at:
            return Loaded(file.slug, None, "past its best-before by its turn")
        stories.add(connection, draft, None, now)
        return Loaded(file.slug, draft.due_at)

    return store.write(work)


def _draft(connection: Connection, file: StoryFile, now: datetime) -> StoryDraft | None:
    known = {channel.name: channel.id for channel in setup_store.list_channels(connection)}
    named = tuple(known[name] for name in (c.removeprefix("#") for c in file.channels) if name in known)
    channels = named or default_channels(connection, file.language)
    if not channels:
        return None
    setup = setup_store.load_setup(connection)
    try:
        due_at = next_free(setup.slots, setup.zone, now, stories.taken(connection, channels))
    except NoSlots:
        return None
    return StoryDraft(
        link=file.link,
        title=file.title,
        sentence=file.sentence,
        language=file.language,
        captions=file.captions,
        background=file.background,
        topics=file.topics,
        image=file.image,
        alt=file.alt,
        commercial=file.commercial,
        best_before=file.best_before_at(zone_of(setup.zone)),
        channels=channels,
        due_at=due_at,
        slug=file.slug,
    )
