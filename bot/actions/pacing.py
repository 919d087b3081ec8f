"""How fast this copy may write to many people; in memory, as Slack says soon enough when it is too fast."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.domain.pace import Pace


@dataclass
class Pacing:
    """The pace as it is now. Slack counts all copies together, so each finds its own."""

    pace: Pace = field(default_factory=Pace)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def may_send(self, now: datetime) -> bool:
        """Whether one may go now."""
        return self.pace.may_send(now)

    def next_at(self, now: datetime) -> datetime:
        """When the next may go."""
        return self.pace.next_at(now)

    def sent(self, now: datetime) -> None:
        """One went."""
        with self._lock:
            self.pace = self.pace.sent(now)

    def too_many(self, now: datetime, seconds: float) -> None:
        """Slack had enough, for so many seconds."""
        with self._lock:
            self.pace = self.pace.too_many(now, seconds)
