"""The play: the clock jumps to the next thing due, and stands still while anything is under way."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.actions.next_due import next_due
from bot.cli.demo.clock import DemoClock
from bot.compose import House
from bot.jobs.timetable import TIMETABLE
from bot.sandbox.people import Staff
from bot.sandbox.server import Sandbox

OFTEN = ("inbox", "publish", "digest", "deliver")
SETTLES_WITHIN = 20.0
NIGHT = timedelta(days=1)
MOST_ROUNDS = 500


class NeverAtRest(Exception):
    """Something keeps being due, or a request hangs."""


class Play:
    """Bot, workspace, staff and the public on one clock."""

    def __init__(self, house: House, sandbox: Sandbox, staff: Staff, clock: DemoClock) -> None:
        self.house, self.sandbox, self.staff, self.clock = house, sandbox, staff, clock
        self.public = staff.public
        self._night = clock() + timedelta(hours=20)
        self._bot_due: datetime | None = None

    def until(self, end: datetime, tell: Callable[[datetime], None]) -> None:
        """Play up to `end`; `tell` hears of every moment something happens at."""
        while True:
            self.work()
            self.staff.look()
            self.public.look()
            moment = self._next()
            if moment is None or moment > end:
                break
            self.clock.to(moment)
            self._at_night()
            tell(moment)
            if moment == self.public.next_due():
                self.public.act()
            if moment != self.staff.next_due():
                continue
            if self._bot_due == moment:
                self.work()
            self.staff.act()
        self.clock.to(end)
        self.work()
        self._seldom()

    def work(self) -> None:
        """Let the jobs come round until nothing is due at this moment and nothing is under way."""
        for _ in range(MOST_ROUNDS):
            self.settle()
            if not self._is_due():
                return
            for job in TIMETABLE:
                if job.name in OFTEN:
                    job.come_round(self.house.desk, self.clock)
            self.sandbox.pump()
        raise NeverAtRest(f"something stays due at {self.clock()}")

    def settle(self) -> None:
        """Wait until no request, no event, no listener and nothing in the background is under way."""
        deadline = time.monotonic() + SETTLES_WITHIN
        while not (self.sandbox.idle() and self.house.is_at_rest and self.sandbox.idle()):
            if time.monotonic() > deadline:
                raise NeverAtRest(f"something hangs at {self.clock()}")
            time.sleep(0.0005)

    def _is_due(self) -> bool:
        self._bot_due = next_due(self.house.desk, self.clock())
        moments = (self._bot_due, self.sandbox.socket.next_due())
        return any(moment is not None and moment <= self.clock() for moment in moments)

    def _next(self) -> datetime | None:
        """The bot was asked when it came to rest."""
        people = (self.staff.next_due(), self.public.next_due())
        moments = (self._bot_due, self.sandbox.socket.next_due(), *people, self._night)
        return min((moment for moment in moments if moment is not None), default=None)

    def _at_night(self) -> None:
        """What comes round more seldom does so once a night, and at the end."""
        if self.clock() < self._night:
            return
        self._night += NIGHT
        self._seldom()

    def _seldom(self) -> None:
        """The jobs that nothing is due for."""
        for job in TIMETABLE:
            if job.name not in OFTEN:
                job.come_round(self.house.desk, self.clock)
                self.settle()
