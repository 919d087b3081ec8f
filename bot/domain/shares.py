"""Shares: one person passing one story along on one network, and what we know of it.

`Opened`: the network's button was pressed. `Said` holds while at least one source holds: the person said so
(`claimed_at`), or a counting reaction stands on any placement (`reacted_at`). The network `unknown` (a reaction names
none) is absorbed by the first known one.

What an editor set aside is not said until it is put back, whatever its sources say: it stays, so that a reaction that
is counted anew goes there and not beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Share:
    """One share's sources. All times UTC."""

    network: str
    opened_at: datetime | None = None
    claimed_at: datetime | None = None
    reacted_at: datetime | None = None
    said_at: datetime | None = None
    caption_id: int | None = None
    own_words: bool = False
    disclosure: str | None = None
    post_url: str | None = None
    set_aside_at: datetime | None = None

    @property
    def is_said(self) -> bool:
        """Whether at least one source says that it was shared, and no editor set that aside."""
        return self.set_aside_at is None and (self.claimed_at is not None or self.reacted_at is not None)

    @property
    def is_empty(self) -> bool:
        """Nothing is known of it any more."""
        return self.opened_at is None and self.set_aside_at is None and not self.is_said


@dataclass(frozen=True)
class Words:
    """What the share went out with: a ready caption or own words, and the disclosure line offered."""

    caption_id: int | None = None
    own_words: bool = False
    disclosure: str | None = None


def opened(shares: Sequence[Share], network: str, at: datetime, words: Words = Words()) -> tuple[Share, ...]:
    """The network's button was pressed."""
    share = _of(shares, network)
    first = replace(
        share,
        opened_at=share.opened_at or at,
        caption_id=words.caption_id,
        own_words=words.own_words,
        disclosure=words.disclosure,
    )
    return _settled(_absorb(_with(shares, first), network), at)


def claimed(
    shares: Sequence[Share], networks: Sequence[str], at: datetime, post_url: str | None = None
) -> tuple[Share, ...]:
    """*I shared it*, for these networks (none given: `unknown`)."""
    result = tuple(shares)
    for network in networks or (UNKNOWN,):
        share = _of(result, network)
        share = replace(share, claimed_at=share.claimed_at or at, post_url=post_url or share.post_url)
        result = _absorb(_with(result, share), network)
    return _settled(result, at)


def unclaimed(shares: Sequence[Share], at: datetime) -> tuple[Share, ...]:
    """*I didn't share it*: ends what the person said; a reaction that stands is a source of its own."""
    return _settled(tuple(replace(s, claimed_at=None, post_url=None) for s in shares), at)


def reacted(shares: Sequence[Share], at: datetime) -> tuple[Share, ...]:
    """A counting reaction stands on some placement."""
    if any(s.reacted_at for s in shares):
        return _settled(shares, at)
    known = [s for s in shares if s.set_aside_at] or [s for s in shares if s.network != UNKNOWN]
    share = min(known, key=_first_seen) if known else _of(shares, UNKNOWN)
    return _settled(_with(shares, replace(share, reacted_at=at)), at)


def unreacted(shares: Sequence[Share], at: datetime) -> tuple[Share, ...]:
    """The last counting reaction was taken away."""
    return _settled(tuple(replace(s, reacted_at=None) for s in shares), at)


def set_aside(shares: Sequence[Share], network: str, at: datetime) -> tuple[Share, ...]:
    """An editor found that this one was counted wrongly."""
    share = _of(shares, network)
    return _settled(_with(shares, replace(share, set_aside_at=share.set_aside_at or at)), at)


def put_back(shares: Sequence[Share], network: str, at: datetime) -> tuple[Share, ...]:
    """It counts again, from when it was said, if a source still says so."""
    share = _of(shares, network)
    if share.set_aside_at is None:
        return tuple(shares)
    first = _earliest(share.claimed_at, share.reacted_at)
    return _settled(_with(shares, replace(share, set_aside_at=None, said_at=first)), at)


def _of(shares: Sequence[Share], network: str) -> Share:
    return next((s for s in shares if s.network == network), Share(network))


def _with(shares: Sequence[Share], share: Share) -> tuple[Share, ...]:
    return (*(s for s in shares if s.network != share.network), share)


def _first_seen(share: Share) -> datetime:
    seen = (share.opened_at, share.claimed_at, share.reacted_at, share.set_aside_at)
    return min(at for at in seen if at is not None)


def _absorb(shares: Sequence[Share], network: str) -> tuple[Share, ...]:
    """What was known without a network now belongs to this one."""
    nameless = next((s for s in shares if s.network == UNKNOWN and s.set_aside_at is None), None)
    if nameless is None or network == UNKNOWN:
        return tuple(shares)
    share = _of(shares, network)
    merged = replace(
        share,
        claimed_at=_earliest(share.claimed_at, nameless.claimed_at),
        reacted_at=_earliest(share.reacted_at, nameless.reacted_at),
        said_at=_earliest(share.said_at, nameless.said_at),
        post_url=share.post_url or nameless.post_url,
    )
    return _with(tuple(s for s in shares if s.network != UNKNOWN), merged)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [at for at in (one, other) if at is not None]
    return min(known, default=None)


def _settled(shares: Sequence[Share], at: datetime) -> tuple[Share, ...]:
    """`said_at` follows the sources (it keeps the first time while one holds); shares without a source are gone."""
    kept = (replace(s, said_at=(s.said_at or at) if s.is_said else None) for s in shares)
    return tuple(s for s in kept if not s.is_empty)
