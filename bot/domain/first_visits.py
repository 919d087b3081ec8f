"""Which of many clicks are readers: each visitor once, credited to the share they followed first."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from bot.domain.company_files import DAY

_SHARES = 1 << 32


class FirstVisits:
    """Counts clicks in any order, in little memory: a number a reader, and nothing of who it was.

    By the month a visitor counts once a colleague, whatever share of theirs they follow; by the day once a link.
    """

    def __init__(self, by: str) -> None:
        """`by`: "daily" or "monthly"."""
        self._is_monthly = by == "monthly"
        self._first: dict[int, int] = {}
        self.last_day = 0
        """Of all clicks that were added."""

    def add(self, share: int, person: int, visitor: str, second: int) -> None:
        """Somebody followed this share of that person; shares and people are numbers of the caller's."""
        who = (person, _month(second // DAY)) if self._is_monthly else (share, second // DAY)
        self.last_day = max(self.last_day, second // DAY)
        # 64 bits of a hash keyed anew in each process: a million visitors are as good as never mistaken.
        key, came = hash((*who, visitor)), second * _SHARES + share
        before = self._first.get(key)
        if before is None or came < before:
            self._first[key] = came

    def readers(self) -> Mapping[int, Mapping[int, int]]:
        """By share, and by day."""
        counts = Counter((came % _SHARES, came // _SHARES // DAY) for came in self._first.values())
        found: dict[int, dict[int, int]] = {}
        for (share, day), readers in counts.items():
            found.setdefault(share, {})[day] = readers
        return found


@lru_cache(maxsize=10_000)
def _month(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * 12 + found.month
