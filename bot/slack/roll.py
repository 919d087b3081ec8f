"""Everybody in the workspace, read a page at a time."""

import time
from collections.abc import Callable
from threading import Lock

from bot.domain.people import Profile
from bot.domain.problems import Refused, TryLater

MOST_AGE = 15 * 60
"""Seconds. A half that is older is not gone on with: people came and left since, and Slack's cursors do not last."""

Page = tuple[list[Profile], str]
"""People, and where the next page begins; empty at the end."""


class Roll:
    """Slack reads out some twenty pages a minute: what it broke off goes on where it was, when it is asked once more.

    `page` reads the page at this place. `clock` gives seconds that never go back.
    """

    def __init__(self, page: Callable[[str], Page], clock: Callable[[], float] = time.monotonic) -> None:
        self._page, self._clock = page, clock
        self._lock = Lock()
        self._half: Page = [], ""
        self._begun_at = 0.0

    def everybody(self) -> tuple[Profile, ...]:
        """All of them, each once. Raises TryLater with what was read kept for the next time."""
        with self._lock:
            if self._half[1] and self._clock() - self._begun_at < MOST_AGE:
                try:
                    return self._read(*self._half)
                except Refused:
                    pass  # the place is not known any more: from the beginning
            self._begun_at = self._clock()
            return self._read([], "")

    def _read(self, found: list[Profile], place: str) -> tuple[Profile, ...]:
        self._half = [], ""
        while True:
            try:
                people, place = self._page(place)
            except TryLater:
                self._half = found, place
                raise
            found = [*found, *people]
            if not place:
                return tuple({person.user: person for person in found}.values())
