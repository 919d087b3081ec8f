"""Several copies of the bot on one PostgreSQL: each a real process, killed and started at random."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.crash.bot_process import BotProcess, Died, Orders, Work
from tests.crash.company import ROUNDS, Company, NeverThrough, free_port
from tests.crash.places import Death
from tests.crash.shared_clock import SharedClock

KILL, START = 0.08, 0.25
"""The chance that, while the copies work, one is killed, and that a dead one is started."""
SOON = 0.04
"""Seconds within which it is killed: in the middle of a request, of a commit, of nothing."""
PLACES = 150
"""Every second life dies by itself, after so many places at most."""


@dataclass(frozen=True)
class Plan:
    """`apart`: how much the clocks of the copies differ, from the slowest to the fastest. `kills`: how many at most."""

    copies: int = 2
    apart: timedelta = timedelta(0)
    kills: int = 60
    seed: int = 1
    without: str | None = None


class Copies(Company):
    """A workspace, a clock, and the copies; people and what they do are those of a company with one bot."""

    def __init__(self, folder: Path, now: datetime, database_url: str, plan: Plan) -> None:
        self.plan, self.random = plan, Random(plan.seed)
        self.lives: list[BotProcess | None] = [None] * plan.copies
        self.kills = self.starts = self.together = 0
        super().__init__(folder, now, database_url)
        self.without = plan.without
        self._off = [plan.apart * (number / max(plan.copies - 1, 1) - 0.5) for number in range(plan.copies)]
        self._clocks = [SharedClock(folder / f"clock{number}", now) for number in range(plan.copies)]
        self._binds = [("127.0.0.1", free_port()) for _ in range(plan.copies)]
        self._pool = ThreadPoolExecutor(plan.copies)

    def work(self, order: str = "work") -> None:
        """Let all copies that live do what is due, at once, until nothing is left at this moment."""
        self._set_clocks()
        for _ in range(ROUNDS):
            self._start_some()
            done, all_lived = self._ask_all(order)
            done += self.sandbox.pump()
            self._wait_for_slack()
            if all_lived and not done:
                return
        raise NeverThrough("the copies never come to rest")

    def close(self) -> None:
        for life in self._living():
            life.kill()
        self._pool.shutdown()
        self.sandbox.stop()

    # --- time

    def _set_clocks(self) -> None:
        for clock, off in zip(self._clocks, self._off, strict=True):
            clock.to(self.clock() + off)

    def _wait_for_slack(self) -> None:
        end = time.monotonic() + 60
        while not self.sandbox.idle():
            if time.monotonic() > end:
                raise NeverThrough("a request hangs")
            time.sleep(0.001)

    # --- life and death

    def _serving(self) -> int:
        """Any of those who live: each serves all links."""
        self._start_some()
        return self.random.choice(
            [bind[1] for bind, life in zip(self._binds, self.lives, strict=True) if life and life.is_alive]
        )

    def _living(self) -> list[BotProcess]:
        return [life for life in self.lives if life is not None and life.is_alive]

    def _start_some(self) -> None:
        for number, life in enumerate(self.lives):
            if life is not None and life.is_alive:
                continue
            if life is None or not self._living() or self.random.random() < START:
                self._start(number)

    def _start(self, number: int) -> None:
        while (life := self.lives[number]) is None or not life.is_alive:
            dies = self.kills < self.plan.kills and self.random.random() < 0.5
            after = self.random.randint(1, PLACES) if dies else None
            settings = replace(self.settings, public_bind=self._binds[number])
            orders = Orders(settings, self._clocks[number].file, (), after, self.without)
            self.lives[number] = life = BotProcess(orders, self._note_death)
            self.starts += 1
            with suppress(Died):
                life.wait_until_up()

    def _ask_all(self, order: str) -> tuple[int, bool]:
        """How much was done, and whether nobody died over it."""
        living = self._living()
        self.together = max(self.together, len(living))
        answers = [self._pool.submit(life.ask, order) for life in living]
        self._kill_one(living)
        done = [_answer(answer) for answer in answers]
        return sum(answer or 0 for answer in done), None not in done

    def _kill_one(self, living: list[BotProcess]) -> None:
        if len(living) < 2 or self.kills >= self.plan.kills or self.random.random() >= KILL:
            return
        time.sleep(self.random.random() * SOON)
        self.random.choice(living).kill()
        self.kills += 1

    def _note_death(self, bot: BotProcess, death: Death) -> None:
        self.kills += 1


def _answer(answer: "Future[Work]") -> int | None:
    try:
        return answer.result().done.total()
    except Died:
        return None


@contextmanager
def copies(folder: Path, now: datetime, database_url: str, plan: Plan) -> Iterator[Copies]:
    """For the length of a `with`."""
    found = Copies(folder, now, database_url, plan)
    with found.site:
        try:
            yield found
        finally:
            found.close()
