"""A hook in the comms channel: where it stands, and what an editor did with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.hook_stories import Hook
from bot.domain.problems import Problem


class HookState(StrEnum):
    """`REST`: in the round-up of what had no card. `OLD`: it waited until nobody needed it any more."""

    WAITING = "waiting"
    CARD = "card"
    REST = "rest"
    LATER = "later"
    NOT_THIS = "not_this"
    QUEUED = "queued"
    IDEA = "idea"
    OLD = "old"


class Mood(StrEnum):
    """What an editor says a hook is for us; nobody else does, and no machine."""

    GOOD = "good"
    BAD = "bad"
    MIXED = "mixed"


LATER = timedelta(hours=3)
FRESH_FOR = timedelta(hours=24)
"""What waited longer for a place on a card is in the round-up, or nowhere."""
ROUND_UP_HOUR = 16
MOST_IN_ROUND_UP = 10


@dataclass(frozen=True)
class KeptHook:
    """A hook as it is remembered. `version` goes up with every change that its card should show."""

    id: int
    hook: Hook
    state: HookState
    mood: Mood | None
    found_at: datetime
    not_before: datetime
    cards: int
    channel: str | None
    ts: str | None
    carded_at: datetime | None
    story_id: int | None
    version: int


@dataclass(frozen=True)
class Surge:
    """More mentions of us in a day than there usually are, and from how many sources."""

    mentions: int
    sources: int


@dataclass(frozen=True)
class Mutes:
    """What comms wants to hear nothing more of, as they read it on a card."""

    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class HookGone(Problem):
    """Somebody dealt with it already, or it is too long ago."""

    word = "hooks.problem.gone"


class HookKnown(Problem):
    """That page is a story already (`title`)."""

    word = "hooks.problem.story"


class FeedUnusable(Problem):
    """No address of a feed (`url`), or one inside our own network."""

    word = "hooks.problem.address"


class FeedKnown(Problem):
    """It is watched already."""

    word = "hooks.problem.known"


class TooManyFeeds(Problem):
    """As many as we watch at once."""

    word = "hooks.problem.too_many"


class FeedInFile(Problem):
    """It stands in feeds.toml, so it is removed there."""

    word = "hooks.problem.in_file"
