"""The digest of a week as it was counted a moment ago: everybody who asked for it by direct message gets the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.domain.digest import StaffDigest, Week

KEPT = timedelta(minutes=1)

Stamp = tuple[str, int]
"""Who may be named and how, and the set-up: when either changes, it is counted anew."""


class NotKept(Enum):
    """Nothing holds; None is a digest in which there was nothing to tell."""

    NOT_KEPT = 0


NOT_KEPT: Final = NotKept.NOT_KEPT


@dataclass(frozen=True)
class _Kept:
    week: Week
    stamp: Stamp
    at: datetime
    digest: StaffDigest | None


class KeptDigest:
    """One week's, in memory. Several threads may ask it: what is got was kept under that very stamp."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def get(self, week: Week, stamp: Stamp, now: datetime) -> StaffDigest | NotKept | None:
        """What is kept of this week, if that holds still; None when there was nothing to tell."""
        kept = self._kept
        if kept is None or (kept.week, kept.stamp) != (week, stamp) or not kept.at <= now < kept.at + KEPT:
            return NOT_KEPT
        return kept.digest

    def put(self, week: Week, stamp: Stamp, now: datetime, digest: StaffDigest | None) -> None:
        """Keep it for a minute."""
        self._kept = _Kept(week, stamp, now, digest)
