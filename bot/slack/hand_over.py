"""Files for one person: a second press on the same button, while the first is at work or just was, asks for nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

JUST_NOW = timedelta(seconds=5)
"""Slack takes a message a second in a conversation: the second of two quick ones would only be turned away."""


class HandOvers:
    """Which files are on their way, and which got there a moment ago."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: dict[tuple[str, str], datetime] = {}
        self._under_way: set[tuple[str, str]] = set()

    @contextmanager
    def once(self, user: str, what: str, now: datetime) -> Iterator[bool]:
        """Whether to hand it over. One that fails may be asked for again at once."""
        key = (user, what)
        if not self._begins(key, now):
            yield False
            return
        try:
            yield True
        except BaseException:
            with self._lock:
                self._asked.pop(key, None)
            raise
        finally:
            with self._lock:
                self._under_way.discard(key)

    def _begins(self, key: tuple[str, str], now: datetime) -> bool:
        with self._lock:
            self._asked = {key: at for key, at in self._asked.items() if abs(now - at) < JUST_NOW}
            if key in self._under_way or key in self._asked:
                return False
            self._under_way.add(key)
            self._asked[key] = now
            return True
