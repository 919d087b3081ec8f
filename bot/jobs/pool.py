"""Threads whose work is counted, so that one can tell when all of it is done."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from bot.domain.problems import DatabaseTrouble

log = logging.getLogger(__name__)


class Pool(ThreadPoolExecutor):
    """`count` says how much is under way or waits for a thread."""

    def __init__(self, threads: int, name: str) -> None:
        super().__init__(threads, thread_name_prefix=name)
        self._counting = Lock()
        self.count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it in a thread."""
        self._add(1)
        try:
            future = super().submit(fn, *args, **kwargs)
        except RuntimeError:
            self._add(-1)
            raise
        future.add_done_callback(lambda _: self._add(-1))
        return future

    def run_later(self, work: Callable[[], None]) -> None:
        """Run it some time soon; nobody waits for it, so what it raises goes to the log."""
        self.submit(_logged, work)

    def _add(self, number: int) -> None:
        with self._counting:
            self.count += number


def _logged(work: Callable[[], None]) -> None:
    try:
        work()
    except DatabaseTrouble:
        log.info("Something in the background found no database; it comes round again")
    except Exception:
        log.exception("Something in the background failed")
