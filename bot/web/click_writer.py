"""Clicks are written together: whoever comes while one commit is under way goes into the next."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import monotonic

from bot.actions.count_clicks import Came, ClickCounter
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.problems import DatabaseTrouble

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that somebody waits to be counted, before they are sent on uncounted."""
MOST = 512
"""Clicks of one commit."""
CROWD = 8
"""From so many in one commit on, for CROWDED seconds, the next one waits for GATHER seconds, so that more go along."""
CROWDED = 0.1
GATHER = 0.002
QUIET = 60.0
"""Seconds between two words in the log about clicks that are not counted."""
WAITING = 20_000
"""Clicks that wait at most. Beyond that people are sent on uncounted."""


class Together:
    """Those who go into one commit, and wait for it together."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.came: list[Came] = []
        self.done: asyncio.Future[bool] = loop.create_future()
        # From the first of them on: what is ahead of them may hang.
        self._giving_up = loop.call_later(PATIENCE, self.finish, False)

    def finish(self, is_counted: bool) -> None:
        """Let them go."""
        self._giving_up.cancel()
        if not self.done.done():
            self.done.set_result(is_counted)


class ClickWriter:
    """One commit at a time, in a thread of its own; used by one event loop."""

    def __init__(self, counter: ClickCounter, clock: Callable[[], datetime]) -> None:
        self._counter, self._clock = counter, clock
        self._thread = ThreadPoolExecutor(1, "clicks")
        self._next: Together | None = None
        self._rest: list[Together] = []
        self._is_writing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._uncounted, self._quiet_until = 0, 0.0
        self._crowded_until = 0.0

    def add(self, came: Came) -> "asyncio.Future[bool]":
        """Count this one; the answer comes when it is durable (True), or when waiting any longer helps nobody."""
        together = self._next
        if together is None or len(together.came) >= MOST:
            together = self._begin()
        together.came.append(came)
        return together.done

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _begin(self) -> Together:
        loop = self._loop or asyncio.get_running_loop()
        self._loop = loop
        self._next = Together(loop)
        self._rest.append(self._next)
        if len(self._rest) * MOST > WAITING:
            self._give_up(self._rest.pop(0))
        if not self._is_writing:
            self._is_writing = True
            self._write_soon()
        return self._next

    def _write_soon(self) -> None:
        """Whoever arrives in the same turn of the loop goes along; in a crowd, those who were let go just now as well:
        fewer commits for the same clicks."""
        assert self._loop is not None
        if self._loop.time() < self._crowded_until:
            self._loop.call_later(GATHER, self._write)
        else:
            self._loop.call_soon(self._write)

    def _write(self) -> None:
        assert self._loop is not None
        together = self._rest.pop(0)
        if self._next is together:
            self._next = None
        self._thread.submit(self._count, together)

    def _count(self, together: Together) -> None:
        is_counted = self._is_counted(together.came)
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._written, together, is_counted)

    def _give_up(self, together: Together) -> None:
        together.finish(False)
        self._say_uncounted(len(together.came), "too many at once")

    def _is_counted(self, came: list[Came]) -> bool:
        try:
            now = self._clock()
            reached(FaultPoint.CLICKS_RECEIVED)
            hashed, salt = self._counter.hashed(came, now)
            self._counter.count(hashed, salt, now)
            reached(FaultPoint.CLICKS_COUNTED)
        except DatabaseTrouble:
            self._say_uncounted(len(came), "the database does not answer")
            return False
        except Exception as error:
            self._say_uncounted(len(came), type(error).__name__)
            return False
        return True

    def _say_uncounted(self, how_many: int, why: str) -> None:
        """Once a minute at most: there may be thousands of commits in it."""
        self._uncounted += how_many
        if monotonic() >= self._quiet_until:
            log.error("%d clicks not counted (%s); their readers were sent on all the same", self._uncounted, why)
            self._uncounted, self._quiet_until = 0, monotonic() + QUIET

    def _written(self, together: Together, is_counted: bool) -> None:
        together.finish(is_counted)
        if len(together.came) >= CROWD:
            assert self._loop is not None
            self._crowded_until = self._loop.time() + CROWDED
        self._is_writing = bool(self._rest)
        if self._rest:
            self._write_soon()
