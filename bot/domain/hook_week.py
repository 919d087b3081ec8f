"""A week in the media, for comms: what was seen, what became of it, how quick it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.hook_cards import Mood


@dataclass(frozen=True)
class HookCounts:
    """Of what was found: how many in all, with a card of their own, queued, turned into an idea."""

    seen: int = 0
    cards: int = 0
    queued: int = 0
    ideas: int = 0


@dataclass(frozen=True)
class HookWeek:
    """`moods`: as editors called them. Half of the hooks with a date went quicker than `to_card` from publication to
    their card, and than `to_post` to the channel; None where nothing could be measured.
    """

    counts: HookCounts = field(default_factory=HookCounts)
    moods: Mapping[Mood, int] = field(default_factory=dict)
    to_card: timedelta | None = None
    to_post: timedelta | None = None
