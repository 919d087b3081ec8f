"""How often something happened lately, by whom; in memory, and in no more of it however many there are.

Who it was is kept as Python's hash of it, which nobody outside this process can make.
"""

import time
from collections.abc import Hashable

MINUTE = 60.0
DAY = 86_400.0
MOST = 50_000


class Often:
    """Counts anew every so many seconds. Beyond `most` different ones the newcomers are not counted."""

    def __init__(self, seconds: float = MINUTE, most: int = MOST) -> None:
        self._seconds, self._most = seconds, most
        self._counts: dict[int, int] = {}
        self._since = 0.0

    def once_more(self, who: Hashable) -> int:
        """How often it is now, this time included."""
        if time.monotonic() - self._since > self._seconds:
            self._counts.clear()
            self._since = time.monotonic()
        key = hash(who)
        count = self._counts.get(key, 0) + 1
        if count > 1 or len(self._counts) < self._most:
            self._counts[key] = count
        return count

    def how_often(self, who: Hashable) -> int:
        """How often it was."""
        return self._counts.get(hash(who), 0) if time.monotonic() - self._since <= self._seconds else 0
