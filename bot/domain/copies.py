"""Who runs: copies of the bot and their heartbeats, and connections that nobody holds any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT_SECONDS = 20
LIVE = timedelta(seconds=3 * BEAT_SECONDS)
"""A copy that was not heard of for three beats is taken for dead."""
PATIENCE = timedelta(minutes=10)
"""A connection that just went may be counted for a while; only what stays above it for so long is told."""


@dataclass(frozen=True)
class Copy:
    """A copy of the bot.

    `connections` is what Slack's last hello to it said (at `hello_at`), without one of its own that it was about to
    close. `above_since`: since when hellos speak of more connections than there are copies.
    """

    name: str
    version: str
    started_at: datetime
    seen_at: datetime
    connections: int | None = None
    hello_at: datetime | None = None
    above_since: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether its heart beats."""
        return now - self.seen_at <= LIVE


@dataclass(frozen=True)
class Ghosts:
    """More connections at Slack than copies here. Clicks that Slack sends down the others reach nobody."""

    connections: int
    copies: int
    since: datetime


def live(copies: Collection[Copy], now: datetime) -> list[Copy]:
    """Those whose heart beats, the oldest first."""
    return sorted((copy for copy in copies if copy.is_live(now)), key=lambda copy: (copy.started_at, copy.name))


def told_connections(copies: Collection[Copy], now: datetime) -> int | None:
    """How many connections Slack counted at its latest hello; it says so at no other time."""
    heard = [copy for copy in live(copies, now) if copy.hello_at is not None]
    return max(heard, key=lambda copy: (copy.hello_at, copy.name)).connections if heard else None


def above_since(copies: Collection[Copy], connections: int, now: datetime) -> datetime | None:
    """What to remember at a hello: since when there are too many connections; None when there are not."""
    if connections <= len(live(copies, now)):
        return None
    return min((copy.above_since for copy in copies if copy.above_since is not None), default=now)


def ghosts(copies: Collection[Copy], now: datetime) -> Ghosts | None:
    """What has to be told: too many connections, and that for ten minutes."""
    alive, told = live(copies, now), told_connections(copies, now)
    since = min((copy.above_since for copy in alive if copy.above_since is not None), default=None)
    if told is None or since is None or told <= len(alive) or now - since < PATIENCE:
        return None
    return Ghosts(told, len(alive), since)
