"""How feeds are asked politely: when again, and what becomes of one that moved, is gone, or does not answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.hooks import Feed, FeedEntry

LONGEST_WAIT = timedelta(days=1)
SHORTEST_WAIT_WHEN_TOLD = timedelta(minutes=1)
WAIT_WHEN_TOO_OFTEN = timedelta(hours=1)


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


def next_ask(
    trouble: FeedTrouble | None, failures: int, retry_after: timedelta | None, usual: timedelta, now: datetime
) -> datetime | None:
    """When to ask this feed again (UTC); None when never by ourselves: it says that it is gone for good.

    `failures`: in a row, this one counted in. A server that says when to come back is listened to, up to a day.
    """
    if trouble is FeedTrouble.GONE:
        return None
    wait = usual if trouble is None else usual * 2 ** min(failures, 12)
    if trouble is FeedTrouble.TOO_OFTEN:
        wait = max(wait, WAIT_WHEN_TOO_OFTEN)
    if retry_after is not None:
        wait = max(usual, retry_after, SHORTEST_WAIT_WHEN_TOLD)
    return now + min(wait, max(LONGEST_WAIT, usual))


LEASE = timedelta(minutes=2)
"""How long a feed may be read before another copy takes it up."""


@dataclass(frozen=True)
class WatchedFeed:
    """A feed as it is remembered. `is_own`: comms added it in Slack; else it stands in feeds.toml.

    `read_at` None: it was never read, so all that is in it is old. `moved_to`: where it is read from since it moved.
    `next_at` None: not any more. `hint`: the address of the feed, where a page was given.
    """

    id: int
    feed: Feed
    is_own: bool
    asked: Asked
    moved_to: str
    next_at: datetime | None
    read_at: datetime | None
    failures: int
    trouble: FeedTrouble | None
    hint: str

    @property
    def address(self) -> str:
        """Where to read it."""
        return self.moved_to or self.feed.url
