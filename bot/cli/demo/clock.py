"""The demo's clock: it stands still until it is told, and later runs a second a second."""

import time
from datetime import UTC, datetime, timedelta

START = datetime(2027, 2, 1, 7, 0, tzinfo=UTC)
"""A Monday, eight o'clock in Amsterdam. No clock changes in the four weeks from it, and they are one month."""


class DemoClock:
    """Call it for the time (UTC)."""

    def __init__(self, start: datetime = START) -> None:
        self._now, self._running_since = start, 0.0

    def __call__(self) -> datetime:
        if not self._running_since:
            return self._now
        return self._now + timedelta(seconds=time.monotonic() - self._running_since)

    def to(self, moment: datetime) -> None:
        """Jump there; never back."""
        self._now = max(self._now, moment)

    def run(self) -> None:
        """From now on it runs by itself."""
        self._running_since = time.monotonic()
