"""Answers for `/now` and what is below it, from memory: whatever becomes of the database, the page stays.

Nobody who looks is counted, remembered or written down.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.domain.crisis import PageFacts
from bot.domain.problems import DatabaseTrouble
from bot.sources.words import Words
from bot.web.crisis_site import Ready, Site, make_site

log = logging.getLogger(__name__)

FRESH = 2.0
"""Seconds after which it is looked whether something changed: once, however many ask."""
RENEWING = 0.3
"""Seconds that somebody waits for that, before they read what was there until now."""
PATIENCE = 2.0
"""The same while nothing was ever read."""

Look = Callable[[], tuple[PageFacts, ...]]


class NotYet(Exception):
    """The database has not said yet what is published."""


class CrisisPages:
    """Used by one event loop. `look`: all published pages; raises DatabaseTrouble. `public_url`: our address."""

    def __init__(self, look: Look, words: Words, public_url: str) -> None:
        self._look, self._words, self._public_url = look, words, public_url
        self._site: Site | None = None
        self._seen: tuple[PageFacts, ...] = ()
        self._looked_at = float("-inf")
        self._looking: asyncio.Future[None] | None = None
        self._is_late = False
        self._thread = ThreadPoolExecutor(1, "crisis")

    @staticmethod
    def is_here(path: bytes) -> bool:
        """Whether a path is one of ours, be there something or not."""
        return path == b"/now" or path.startswith(b"/now/")

    def look(self) -> None:
        """See what is published; what was there until now stays when that cannot be seen."""
        try:
            seen = self._look()
            if self._site is None or seen != self._seen:
                self._site, self._seen = make_site(seen, self._words, self._public_url), seen
        except DatabaseTrouble:
            log.debug("What is published could not be looked up")
        except Exception as error:
            log.error("The page of a crisis could not be made anew (%s); it stays as it was", type(error).__name__)
        self._looked_at = time.monotonic()

    @property
    def is_stale(self) -> bool:
        """Whether it is time to `renew`."""
        return time.monotonic() - self._looked_at >= FRESH

    def find(self, path: bytes, accept: bytes) -> Ready | None:
        """What stands at this path, for who asks for these languages; None for nothing. Raises NotYet."""
        if self._site is None:
            raise NotYet
        return self._site.find(path, accept)

    async def renew(self) -> None:
        """One look at a time. When it takes long nobody waits for it any more, if there is something to read."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().run_in_executor(self._thread, self.look)
            self._looking.add_done_callback(self._looked)
        elif self._is_late and self._site is not None:
            return
        try:
            await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE if self._site is None else RENEWING)
        except TimeoutError:
            self._is_late = True

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _looked(self, _: "asyncio.Future[None]") -> None:
        self._looking, self._is_late = None, False
