"""The queue as editors look at it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.setup import Channel
from bot.domain.stories import Story


@dataclass(frozen=True)
class QueueView:
    """The coming two weeks, next first. `after`: how many come later; `free`: the next free slots (UTC)."""

    stories: tuple[Story, ...]
    after: int
    free: tuple[datetime, ...]
    is_paused: bool
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Queued:
    """What was understood, to be said back. `lost`: where its message was deleted; `stands`: one stands somewhere."""

    story: Story
    channels: tuple[Channel, ...]
    is_paused: bool = False
    lost: tuple[str, ...] = ()
    stands: bool = True


@dataclass(frozen=True)
class Resumed:
    """Posting goes on: what goes out right away, and what was put off (as it stands in the queue now)."""

    going: tuple[Story, ...] = field(default=())
    put_off: tuple[Story, ...] = field(default=())
