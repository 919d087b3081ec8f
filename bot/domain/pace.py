"""How fast messages to many people go: as fast as Slack takes them, which it only says by saying no.

It begins with what Slack lets anybody do, climbs until it is told to wait (429), comes back a little below that, and
feels its way up again. So it settles near a limit that nobody told us, and finds it again when it changes.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST = 1.0
"""Messages a second to begin with: Slack's own advice for calls of any kind."""
MOST = 20.0
"""Messages a second. Slack speaks of several hundred a minute, so it says no long before; if it never does, this is
what one copy and its database do with ease, and ten thousand people are told in nine minutes."""
LEAST = 0.2
"""Messages a second, below which it never goes: told to wait again and again, it still tries."""
DOUBLES_IN, DOUBLES_FOR = 4.0, 10.0
"""Seconds. So after ten it is between five and six a second, which is about what Slack's words come to."""
GENTLY = 0.2
"""From then on, so many a second more with each second."""
BACK = 0.85
"""What is left of the rate after a no."""
PROBE = 0.004
"""After the first no: by so much of itself it grows each second. From one no to the next that is forty seconds."""
SECOND = timedelta(seconds=1)
_NEARLY = 1 - 1e-6
"""A whole message, as far as sums of fractions go."""


@dataclass(frozen=True)
class Pace:
    """One message after another. Times are UTC; `rate` is in messages a second.

    `saved`: how many could go at `at`, at most what a second brings. `recent`: those of the last second. `held_at`,
    `held_for`: since when Slack wants us to wait, and for how long. `climbed`: seconds of sending before the first no.

    A clock that went back by more than a second makes all that was noted in its future count for nothing.
    """

    rate: float = FIRST
    saved: float = 1.0
    at: datetime | None = None
    recent: tuple[datetime, ...] = ()
    held_at: datetime | None = None
    held_for: timedelta = timedelta()
    climbed: float = 0.0
    was_refused: bool = False

    def may_send(self, now: datetime) -> bool:
        """Whether one may go now."""
        return self.next_at(now) <= now

    def next_at(self, now: datetime) -> datetime:
        """When the next may go, if none goes before it; `now` when it may go already."""
        wait = max(timedelta(), self._until_saved(now), self._until_few(now), self._until_let(now))
        return now + wait

    def sent(self, now: datetime) -> "Pace":
        """One went."""
        passed = min(max(self._passed(now), 0.0), 1.0)
        return replace(
            self,
            rate=self._grown(passed),
            saved=max(0.0, self._saved(now) - 1),
            at=now,
            recent=(*self._within_a_second(now), now)[-int(MOST) - 1 :],
            # A wait that is over is forgotten, or a clock that goes back would come into it once more.
            held_at=self.held_at if self._until_let(now) else None,
            climbed=self.climbed + passed,
        )

    def too_many(self, now: datetime, seconds: float) -> "Pace":
        """Slack answered one with 429, and `Retry-After` so many seconds. That one has not gone."""
        end = now + timedelta(seconds=seconds)
        if self._until_let(now):
            # One that was under way when the first no came: the same no, said twice.
            assert self.held_at is not None
            end, held_at, rate = max(end, self.held_at + self.held_for), max(now, self.held_at), self.rate
        else:
            held_at, rate = now, max(LEAST, self.rate * BACK)
        # Waiting saves nothing up: what comes after it would begin with a burst.
        return replace(self, rate=rate, saved=1.0, at=end, held_at=held_at, held_for=end - held_at, was_refused=True)

    def _grown(self, seconds: float) -> float:
        """The rate after so many seconds of sending."""
        if self.was_refused:
            rate = self.rate * (1 + PROBE * seconds)
        elif self.climbed < DOUBLES_FOR:
            rate = self.rate * 2 ** (seconds / DOUBLES_IN)
        else:
            rate = self.rate + GENTLY * seconds
        return min(rate, MOST)

    def _passed(self, now: datetime) -> float:
        return (now - self.at) / SECOND if self.at is not None else 0.0

    def _saved(self, now: datetime) -> float:
        """How many could go."""
        if self.at is not None and _is_ahead(self.at, now):
            return 1.0
        return min(max(1.0, self.rate), self.saved + max(0.0, self._passed(now)) * self.rate)

    def _until_saved(self, now: datetime) -> timedelta:
        missing = _NEARLY - self._saved(now)
        return timedelta(microseconds=math.ceil(missing / self.rate * 1e6)) if missing > 0 else timedelta()

    def _until_few(self, now: datetime) -> timedelta:
        """Until one more makes no more within a second than the rate and one."""
        most, recent = int(self.rate) + 1, self._within_a_second(now)
        return SECOND - (now - recent[-most]) if len(recent) >= most else timedelta()

    def _until_let(self, now: datetime) -> timedelta:
        """Until Slack lets us."""
        if self.held_at is None or _is_ahead(self.held_at, now):
            return timedelta()
        return max(timedelta(), self.held_at + self.held_for - now)

    def _within_a_second(self, now: datetime) -> tuple[datetime, ...]:
        return tuple(one for one in self.recent if abs(now - one) < SECOND)


def _is_ahead(noted: datetime, now: datetime) -> bool:
    """Whether the clock went back since."""
    return noted - now > SECOND
