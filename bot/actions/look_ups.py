"""Messages whose reactions are to be looked up, in memory: after a start all of them are, anyway."""

from collections.abc import Iterable
from threading import Lock

from bot.domain.stories import Placement


class LookUps:
    """Each message once, in order. What Slack had no answer for comes last, so that it keeps no other waiting."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[tuple[str, str], Placement] = {}

    def begin(self, all_of_them: Iterable[Placement]) -> None:
        """These, and nothing else."""
        with self._lock:
            self._waiting = {(placement.channel, placement.ts): placement for placement in all_of_them}

    def add(self, placement: Placement) -> None:
        """This one too, after the others."""
        with self._lock:
            self._waiting.setdefault((placement.channel, placement.ts), placement)

    def take(self) -> Placement | None:
        """The next one."""
        with self._lock:
            return self._waiting.pop(next(iter(self._waiting))) if self._waiting else None
