"""Those who wait for a piece of work to be done by whoever has the turn."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Item = TypeVar("Item")
Many = Callable[[Connection, Sequence[Item]], Sequence[T]]
Answer = Callable[[], Any]

PATIENCE = 0.5
"""Seconds after which somebody who waits looks by themselves: whoever was called may have been interrupted."""


class Waiter(Generic[Item, T]):
    """An item of work for `many`, and its answer once `is_done`. A call that comes before the waiting is not lost."""

    def __init__(self, many: Many[Item, T], item: Item, name: str) -> None:
        self.many = many
        self.item = item
        self.name = name
        self.is_done = False
        self._answer: Callable[[], T]
        self._call = Lock()
        self._call.acquire()

    def wait(self) -> None:
        """Until called."""
        self._call.acquire(timeout=PATIENCE)

    def call(self) -> None:
        """Look again: it is done, or it may be your turn. Only whoever has the turn, or just had it, calls."""
        if self._call.locked():
            self._call.release()

    def done(self, answer: Callable[[], T]) -> None:
        """Here is what came of it, or what raises it."""
        self._answer = answer
        self.is_done = True
        self.call()

    def answer(self) -> T:
        """What came of it; raises what it raised."""
        return self._answer()


Group = list[Waiter[Any, Any]]
"""Those whose work is the same, with items of their own."""


class Line:
    """Who comes stands in line; whoever has the turn does `drain`, which takes others along (`take`)."""

    def __init__(self, drain: Callable[[], None]) -> None:
        self.turn = Lock()
        self._drain = drain
        self._waiting: deque[Waiter[Any, Any]] = deque()

    def wait_all(self, mine: Sequence[Waiter[Any, T]]) -> list[Callable[[], T]]:
        """Until they are done, perhaps by ourselves. What came of each; calling it raises what the work raised."""
        self._waiting.extend(mine)
        for waiter in mine:
            while not waiter.is_done:
                if self.turn.acquire(blocking=False):
                    self._take_turn()
                else:
                    waiter.wait()
        return [waiter.answer for waiter in mine]

    def take(self, most: int | None = None) -> list[Waiter[Any, Any]]:
        """The first in line: so many at most, or all. Only for whoever has the turn."""
        count = len(self._waiting)
        return [self._waiting.popleft() for _ in range(count if most is None else min(count, most))]

    def _take_turn(self) -> None:
        try:
            self._drain()
        finally:
            self.turn.release()
            # Who came meanwhile, and did not get the turn, waits to be called.
            with suppress(IndexError):
                self._waiting[0].call()


def grouped(waiting: Sequence[Waiter[Any, Any]]) -> list[Group]:
    """Those whose work is the same, together."""
    groups: dict[Any, Group] = {}
    for waiter in waiting:
        groups.setdefault(waiter.many, []).append(waiter)
    return list(groups.values())


def run(group: Group, connection: Connection) -> Sequence[Any]:
    """Do the work of all of them; what it answers, in their order."""
    return group[0].many(connection, [waiter.item for waiter in group])


def answering(results: Sequence[Any]) -> list[Answer]:
    """Answers that give these."""
    return [lambda result=result: result for result in results]  # type: ignore[misc]


def failing(error: BaseException) -> Answer:
    """An answer that raises."""

    def fail() -> Any:
        raise error

    return fail
