"""The digest of a week as it was counted a moment ago: everybody who asked for it by direct message gets the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.digest import StaffDigest, Week

KEPT = timedelta(minutes=1)

Stamp = tuple[int, int, int]
"""Who may be named, and the set-up: when either changes, it is counted anew."""


@dataclass(frozen=True)
class _Kept:
    week: Week
    stamp: Stamp
    at: datetime
    digest: StaffDigest | None


class KeptDigest:
    """One week's, in memory."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def has(self, week: Week, stamp: Stamp, now: datetime) -> bool:
        """Whether what is kept holds for this week still."""
        kept = self._kept
        return kept is not None and (kept.week, kept.stamp) == (week, stamp) and kept.at <= now < kept.at + KEPT

    def get(self) -> StaffDigest | None:
        """What is kept; None when there was nothing to tell."""
        return None if self._kept is None else self._kept.digest

    def put(self, week: Week, stamp: Stamp, now: datetime, digest: StaffDigest | None) -> None:
        """Keep it for a minute."""
        self._kept = _Kept(week, stamp, now, digest)
