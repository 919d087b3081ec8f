"""What people are going to do, in order. A visit is a row of steps; between two of them some time goes by."""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

Visit = Iterator[float]
"""Each step yields the seconds until the next one."""

LATER = timedelta(minutes=10)


class Agenda:
    """One thing at a time, and no person in two visits at once."""

    def __init__(self) -> None:
        self._coming: list[tuple[datetime, int, str, Visit]] = []
        self._numbers = count()
        self._busy: dict[str, Visit] = {}
        self._gone: set[str] = set()

    def add(self, at: datetime, user: str, visit: Visit) -> None:
        """Somebody will begin this visit then."""
        heapq.heappush(self._coming, (at, next(self._numbers), user, visit))

    def next_due(self) -> datetime | None:
        """When the next step is taken."""
        return self._coming[0][0] if self._coming else None

    def call_off(self, user: str) -> None:
        """They are not here any more."""
        self._gone.add(user)

    def act(self, now: datetime) -> None:
        """Take the next step. Who is still at something else comes back later."""
        _, _, user, visit = heapq.heappop(self._coming)
        if user in self._gone:
            return
        if self._busy.setdefault(user, visit) is not visit:
            self.add(now + LATER, user, visit)
            return
        try:
            seconds = next(visit)
        except StopIteration:
            del self._busy[user]
            return
        self.add(now + timedelta(seconds=seconds), user, visit)
