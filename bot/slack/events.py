"""Events off the socket: they come in thousands when a story is good, too many for a thread and a commit each."""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from threading import Lock
from typing import Any

from bot.slack.inbound import OK

log = logging.getLogger(__name__)

MOST = 256
"""How many are taken together."""

Take = Callable[[Sequence[Mapping[str, Any]]], Sequence[int]]


class Events:
    """One worker takes all that wait, until none does; then those that are stored are acknowledged, all at once.

    `take` answers a status for each body; `acknowledge` tells Slack of these envelopes.
    """

    def __init__(self, take: Take, acknowledge: Callable[[Sequence[str]], None], workers: Executor) -> None:
        self._take, self._acknowledge, self._workers = take, acknowledge, workers
        self._lock = Lock()
        self._waiting: deque[tuple[str, Mapping[str, Any]]] = deque()
        self._is_working = False

    def put(self, envelope_id: str, body: Mapping[str, Any]) -> None:
        """One came; it is acknowledged some time soon, or Slack sends it again."""
        with self._lock:
            self._waiting.append((envelope_id, body))
            starts, self._is_working = not self._is_working, True
        if starts:
            self._workers.submit(self._work)

    def _work(self) -> None:
        while together := self._next():
            try:
                self._handle(together)
            except ConnectionError:
                log.info("The connection went before events were acknowledged; Slack will send them again")
            except Exception:
                log.exception("Events could not be handled; Slack will send them again")

    def _next(self) -> list[tuple[str, Mapping[str, Any]]]:
        with self._lock:
            together = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
            self._is_working = bool(together)
            return together

    def _handle(self, together: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        statuses = self._take([body for _, body in together])
        stored = [name for (name, _), status in zip(together, statuses, strict=True) if status == OK]
        if stored:
            self._acknowledge(stored)
