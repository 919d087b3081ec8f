"""App Home: what one person sees there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.crisis import Known
from bot.domain.digest import StoryCount
from bot.domain.first_pick import Pick
from bot.domain.ideas import Idea, MyIdea
from bot.domain.own_readers import OwnReaders
from bot.domain.people import Standing
from bot.domain.shares import Share
from bot.domain.stories import Story

MOST_FRESH = 5
MOST_LOOKED_AT = 25
"""Of the newest stories; those in the reader's own language come first."""
MOST_MINE = 10
MOST_QUEUED = 20
MOST_COUNTED = 15
MOST_CHAMPIONS = 5
MOST_IDEAS = 3
"""Of one's own, and of those that wait for comms."""
AHEAD = timedelta(days=14)
"""How far editors look into the queue."""


class Part(StrEnum):
    """What somebody is to us: that decides what Home offers.

    `NEW`: nothing is kept of them yet. `FORGOTTEN`: they were deleted. `OUTSIDER`: of another organisation, or a bot.
    """

    NEW = "new"
    IN = "in"
    OUT = "out"
    FORGOTTEN = "forgotten"
    OUTSIDER = "outsider"


@dataclass(frozen=True)
class MyStory:
    """A story this person opened or shared, with what is known of it. `readers`: so many their own links brought."""

    story: Story
    shares: tuple[Share, ...]
    readers: int = 0

    @property
    def opened(self) -> tuple[str, ...]:
        """Networks they went to, of a story they have not said that they shared."""
        if any(share.is_said for share in self.shares):
            return ()
        return tuple(share.network for share in self.shares if share.opened_at is not None)

    @property
    def can_be_unsaid(self) -> bool:
        """Whether they said so themselves: a reaction is taken back where it stands."""
        return any(share.claimed_at is not None for share in self.shares)

    @property
    def has_reaction(self) -> bool:
        """Whether a reaction of theirs stands under it."""
        return any(share.reacted_at is not None for share in self.shares)


@dataclass(frozen=True)
class ChampionLine:
    """One of the first on comms' list; `name` None: somebody without one. `score`: readers a week."""

    name: str | None
    score: float


@dataclass(frozen=True)
class EditorsHome:
    """What editors see below their own part. `more_queued`: how many of the coming two weeks are not listed.

    `nowhere`: of the counted stories, those of which every message was deleted. `counts_readers`: there is a public
    address, so links can be followed. `champions`: the first few by readers, up to the end of the day
    `champions_until`; none with `is_totals_only`, nor while `is_being_counted` for the first time. `ideas`: the oldest
    that wait for an answer, of `waiting_ideas` in all. `has_comms_channel`: cards have a place. `crisis`: the one that
    goes on, or waits for a second editor; else the rehearsal that does.
    """

    queue: tuple[Story, ...]
    more_queued: int
    counts: tuple[StoryCount, ...]
    is_paused: bool
    is_admin: bool
    nowhere: frozenset[int] = frozenset()
    counts_readers: bool = False
    champions: tuple[ChampionLine, ...] = ()
    is_totals_only: bool = False
    is_being_counted: bool = False
    champions_until: date | None = None
    ideas: tuple[Idea, ...] = ()
    waiting_ideas: int = 0
    has_comms_channel: bool = True
    crisis: Known | None = None


@dataclass(frozen=True)
class Home:
    """Everything on one person's Home.

    `said`: how many stories they passed along. `readers`: so many their links brought in thirteen months.
    `counts_readers`: there is a public address, so links can be followed. `note`: a word said once, on top.
    `is_first`: what they passed along this week is their first. `picks`: for those whom
    readers follow, what goes out soon. `own`: None for those whose readers are not counted. `totals_only`: the company
    shows nobody by name. `ideas`: the latest they sent; `ideas_out`: so many went out.
    """

    language: str
    zone: str
    now: datetime
    part: Part
    standing: Standing
    fresh: tuple[Story, ...]
    mine: tuple[MyStory, ...]
    said: int
    editors: EditorsHome | None
    note: str | None = None
    readers: int = 0
    counts_readers: bool = False
    is_first: bool = False
    picks: tuple[Pick, ...] = ()
    own: OwnReaders | None = None
    totals_only: bool = False
    ideas: tuple[MyIdea, ...] = ()
    ideas_out: int = 0
