"""The queue as editors look at it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.setup import Channel
from bot.domain.stories import Story
from bot.domain.voice import Voice


@dataclass(frozen=True)
class QueueView:
    """The coming two weeks, next first. `after`: how many come later; `free`: the next free slots (UTC).

    `first`: ids of those that have nothing to move up to. `is_crisis`: nothing goes out because of one.
    """

    stories: tuple[Story, ...]
    after: int
    free: tuple[datetime, ...]
    is_paused: bool
    channels: tuple[Channel, ...] = ()
    first: frozenset[int] = frozenset()
    is_crisis: bool = False


@dataclass(frozen=True)
class Queued:
    """What was understood, to be said back. `lost`: where its message was deleted; `stands`: one stands somewhere.

    `voice`: how its texts sound; None when nothing changed in them, or nobody wants to hear it.
    """

    story: Story
    channels: tuple[Channel, ...]
    is_paused: bool = False
    lost: tuple[str, ...] = ()
    stands: bool = True
    voice: Voice | None = None
    is_crisis: bool = False


@dataclass(frozen=True)
class Resumed:
    """Posting goes on: what goes out right away, and what was put off (as it stands in the queue now).

    `was_paused`: False, and nothing was done, when it went on all along.
    """

    was_paused: bool
    going: tuple[Story, ...] = field(default=())
    put_off: tuple[Story, ...] = field(default=())
