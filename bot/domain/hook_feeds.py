"""How feeds are asked politely: when again, and what becomes of one that moved, is gone, or does not answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.hooks import FeedEntry


class FeedTrouble(StrEnum):
    """What is wrong with a feed; each has its sentence (`hooks.trouble.…`)."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REFUSED = "refused"
    CIRCLES = "circles"
    NOT_FOUND = "not_found"
    GONE = "gone"
    CLOSED = "closed"
    TOO_OFTEN = "too_often"
    SERVER = "server"
    PAGE = "page"
    NO_FEED = "no_feed"
    BROKEN = "broken"
    BOMB = "bomb"
    TOO_BIG = "too_big"


@dataclass(frozen=True)
class Asked:
    """What we remember of the last answer, to ask politely: has it changed since?"""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class FeedAnswer:
    """What came of asking a feed. With a `trouble` there are no entries; `unchanged`: nothing new since last time.

    `asked`: what to ask with the next time. `moved_to`: its address from now on. `hint`: it is a page, and its feed is
    there.
    """

    entries: tuple[FeedEntry, ...] = ()
    title: str = ""
    unchanged: bool = False
    trouble: FeedTrouble | None = None
    asked: Asked = field(default_factory=Asked)
    moved_to: str = ""
    retry_after: timedelta | None = None
    hint: str = ""
