"""One who waits for a piece of work to be done by whoever has the turn."""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds after which somebody who waits looks by themselves: whoever was called may have been interrupted."""


class Waiter(Generic[T]):
    """Work, and its answer once `is_done`. A call that comes before the waiting is not lost."""

    def __init__(self, work: Callable[..., T]) -> None:
        self.work = work
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


def failing(error: BaseException) -> Callable[[], Any]:
    """An answer that raises."""

    def fail() -> Any:
        raise error

    return fail
