"""How often something happened in this minute, by whom; in memory, and in no more of it however many there are."""

import time
from collections.abc import Hashable

MINUTE = 60.0
MOST = 50_000


class Often:
    """Counts anew every minute. Beyond `most` different ones the newcomers are not counted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._counts: dict[Hashable, int] = {}
        self._since = 0.0

    def once_more(self, who: Hashable) -> int:
        """How often it is now, this time included."""
        if time.monotonic() - self._since > MINUTE:
            self._counts.clear()
            self._since = time.monotonic()
        count = self._counts.get(who, 0) + 1
        if count > 1 or len(self._counts) < self._most:
            self._counts[who] = count
        return count

    def how_often(self, who: Hashable) -> int:
        """How often it was in this minute."""
        return self._counts.get(who, 0) if time.monotonic() - self._since <= MINUTE else 0
