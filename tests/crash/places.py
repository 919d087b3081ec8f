"""Where a bot process may be told to die."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.fault_points import FaultPoint

SENT = "delivery sent"
"""Slack has done it and its answer is on the way: the one place that the other side has to watch."""


@dataclass(frozen=True)
class Death:
    """Where to die: the first time this place is reached with this detail ("" for any), from `since` on (UTC)."""

    point: str
    detail: str = ""
    since: datetime | None = None

    def is_at(self, point: FaultPoint, detail: str, now: datetime) -> bool:
        here = FaultPoint.DELIVERY_BEGUN.value if self.point == SENT else self.point
        is_time = self.since is None or now >= self.since
        return here == point.value and self.detail in ("", detail) and is_time

    def __str__(self) -> str:
        where = f"{self.point}: {self.detail}" if self.detail else str(self.point)
        return where if self.since is None else f"{where} from {self.since:%A %H:%M}"
