"""The whole bot in a process of its own, that does what it is told and dies where it is told."""

import logging
import multiprocessing
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event

from bot.compose import House, build, build_link_server
from bot.config import Settings
from bot.domain.fault_points import FaultPoint, watch
from bot.domain.picture import SaidPicture
from bot.jobs.timetable import TIMETABLE, Job
from bot.store import prepared
from tests.crash.places import SENT, Death
from tests.crash.protections import is_late, take_out
from tests.crash.shared_clock import SharedClock

PRELOADED = [
    "tests.crash.bot_process",
    "alembic.command",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg",
]
"""What every life would import anew."""
OFTEN = ("inbox", "publish", "digest", "deliver")
BEAT = timedelta(seconds=1)
"""No job goes on for longer than that before the others come round too, as they would beside it."""
PATIENCE = 60.0
ANSWERED = (FaultPoint.REQUEST_ACKNOWLEDGED, FaultPoint.REQUEST_FOLLOWED)
"""Bolt answers in another thread: at these places Slack is about to hear, and must have heard when it dies there."""
WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Orders:
    """What a bot process is started with. `after`: it dies when it has come past this many places."""

    settings: Settings
    clock: Path
    deaths: tuple[Death, ...] = ()
    after: int | None = None
    without: str | None = None


@dataclass
class Census:
    """Which places were reached how often, and which tables were written."""

    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    tables: set[str] = field(default_factory=set)

    def add(self, other: "Census") -> None:
        self.places += other.places
        self.tables |= other.tables


@dataclass
class Work:
    """How much each job did when it came round, and what went wrong in it."""

    done: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)


class Watcher:
    """Counts, and kills the process at the place it was told."""

    def __init__(self, orders: Orders, pipe: Pipe, clock: SharedClock) -> None:
        self.orders, self.pipe, self.clock, self.census = orders, pipe, clock, Census()
        self._lock, self._times = Lock(), 0
        self.has_answered: Callable[[], bool] = lambda: True

    def __call__(self, point: FaultPoint, detail: str) -> None:
        with self._lock:
            self.census.places[point.value, detail] += 1
            self._times += 1
            if self.orders.after is not None and self._times >= self.orders.after:
                self._die(Death(point.value, detail))
            death = next((death for death in self.orders.deaths if death.is_at(point, detail, self.clock())), None)
            if death is not None:
                self._die(death)

    def _die(self, death: Death) -> None:
        self.pipe.send(("dying", death))
        if death.point == SENT:
            # Slack does it, keeps the answer back, and kills us. Another place is no longer waited for.
            self.orders = replace(self.orders, deaths=())
            self.pipe.recv()
        else:
            self._wait_for_answer(death)
            os.kill(os.getpid(), signal.SIGKILL)

    def _wait_for_answer(self, death: Death) -> None:
        end = time.monotonic() + 1
        while death.point in ANSWERED and not self.has_answered() and time.monotonic() < end:
            time.sleep(0.001)

    def wrote(self, _c: Any, _u: Any, statement: str, *_: Any) -> None:
        found = WRITES.match(statement)
        if found:
            self.census.tables.add(found[1])

    def watch_writes(self) -> None:
        """Those by way of SQLAlchemy, and those that go straight to the driver."""
        event.listen(Engine, "before_cursor_execute", self.wrote)
        at_driver = prepared._at_driver

        def watched(connection: Any, how: str, text: str, parameters: Any) -> Any:
            self.wrote(None, None, text)
            return at_driver(connection, how, text, parameters)

        prepared._at_driver = watched


class Painter:
    """Draws at once, so that a life is no longer for it."""

    def draw(self, picture: SaidPicture) -> bytes:
        return picture.title.encode()


def live(orders: Orders, pipe: Pipe) -> None:
    """The life of the process: connect, say so, then do what the pipe says until it is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    clock = SharedClock(orders.clock)
    watcher = Watcher(orders, pipe, clock)
    watch(watcher)
    watcher.watch_writes()
    take_out(orders.without)
    house = build(orders.settings, clock=clock, painter=Painter)
    watcher.has_answered = lambda: house.pools[0].count == 0
    house.open()
    links = build_link_server(orders.settings, house.store, clock=clock, words=house.front.words)
    links.start()
    pipe.send(("up", None))
    answers: dict[str, Callable[[], Any]] = {
        "work": lambda: _work(house, clock, OFTEN),
        "crisis": lambda: _work(house, clock, (*OFTEN, "crisis")),
        "night": lambda: _work(house, clock, [job.name for job in TIMETABLE]),
        "census": lambda: watcher.census,
        "stop": lambda: (links.stop(), house.close()),
    }
    order = ""
    while order != "stop":
        order = pipe.recv()
        pipe.send((order, answers[order]()))


def _work(house: House, clock: SharedClock, names: Any) -> Work:
    """Let these jobs come round once each; answers what was done."""
    _rest(house)
    work = Work()
    for job in (job for job in TIMETABLE if job.name in names):
        _come_round(house, job, clock, work)
        _rest(house)
    return work


def _come_round(house: House, job: Job, clock: SharedClock, work: Work) -> None:
    end = clock() + BEAT
    try:
        work.done[job.name] += int(job.come_round(house.desk, clock, lambda: clock() >= end))
    except Exception as trouble:  # as the runner does: it comes round again
        work.done[job.name] += 1
        work.trouble.append(f"{job.name}: {trouble!r}")


def _rest(house: House) -> None:
    end = time.monotonic() + PATIENCE
    while is_late() or not house.is_at_rest:
        assert time.monotonic() < end, "the bot never comes to rest"
        time.sleep(0.001)


class Died(Exception):
    """The process is gone."""


class BotProcess:
    """The parent's hold on it."""

    def __init__(self, orders: Orders, on_dying: Callable[["BotProcess", Death], None]) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._pipe, theirs = context.Pipe()
        self._on_dying = on_dying
        self.process = context.Process(target=live, args=(orders, theirs), daemon=True)
        self.process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive()

    def wait_until_up(self) -> None:
        self._answer("up")

    def ask(self, order: str) -> Any:
        """Raises Died."""
        try:
            self._pipe.send(order)
        except OSError as gone:
            # The pipe goes before the process does; until it is gone it passes for alive.
            self.process.join(10)
            raise Died from gone
        return self._answer(order)

    def last_words(self) -> None:
        """Where it died, when nobody asked it anything just then."""
        self.process.join(10)
        with suppress(EOFError, ConnectionError):
            while self._pipe.poll():
                what, answer = self._pipe.recv()
                if what == "dying":
                    self._on_dying(self, answer)

    def kill(self) -> None:
        self.process.kill()
        self.process.join(10)

    def go_on(self) -> None:
        """What waited at the place that we watch may go on."""
        self._pipe.send("go on")

    def _answer(self, order: str) -> Any:
        while True:
            try:
                if not self._pipe.poll(PATIENCE):
                    raise AssertionError(f"no answer to {order}")
                what, answer = self._pipe.recv()
            except (EOFError, ConnectionError) as gone:
                self.process.join(10)
                raise Died from gone
            if what == "dying":
                self._on_dying(self, answer)
                continue
            return answer
