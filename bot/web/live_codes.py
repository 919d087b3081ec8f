"""The codes that are followed, in memory: so that nobody waits for the database, not even when it is gone."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from bot.actions.follow_link import Destination
from bot.domain.problems import DatabaseTrouble
from bot.web.answers import redirect

log = logging.getLogger(__name__)

FRESH = 10.0
"""Seconds after which a code is looked up again: its story may have been taken back."""
RENEWING = 0.3
"""Seconds that somebody waits for that, before they are sent where the code led to until now."""
PATIENCE = 2.0
"""The same for a code that was never seen here, before they are told to come back."""
MOST = 20_000
"""Codes in memory. The ones looked up longest ago make room."""
AT_ONCE = 256
WAITING = 2_000
"""Codes that wait to be looked up. Somebody is trying codes when there are more."""

Find = Callable[[Iterable[str]], dict[str, Destination]]


class TooMany(Exception):
    """So many codes are asked for that this one cannot be looked up now."""


class NoAnswer(Exception):
    """The database does not say whether there is such a code."""


class LiveCode:
    """Where a code leads, and when that was looked up (seconds of no clock in particular).

    `redirect` is the beginning of the answer, made once; None when there is a page to be shown instead.
    """

    __slots__ = ("destination", "looked_at", "redirect")

    def __init__(self, destination: Destination) -> None:
        self.destination = destination
        self.redirect = None if destination.is_withdrawn else redirect(destination.address)
        self.looked_at = time.monotonic()


class LiveCodes:
    """By path (`b"/" + code`). Unknown ones are not kept, so that no number of them takes memory."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._known: dict[bytes, LiveCode] = {}
        self._waiting: dict[str, asyncio.Future[LiveCode | None]] = {}
        self._thread = ThreadPoolExecutor(1, "codes")
        self._is_looking = False

    def put(self, destinations: Iterable[Destination]) -> None:
        """Know these from now on."""
        for destination in destinations:
            self._keep(destination)

    def known(self, path: bytes) -> LiveCode | None:
        """The code at this path, if it was looked up lately."""
        found = self._known.get(path)
        return found if found is not None and time.monotonic() - found.looked_at <= FRESH else None

    def is_known(self, code: str) -> bool:
        """Whether it was seen here before, however long ago."""
        return b"/" + code.encode("ascii") in self._known

    async def look_up(self, code: str) -> LiveCode | None:
        """The code, from the database; None when it is none of ours. One that is known leads where it led to when the
        database does not say in time. Raises TooMany and NoAnswer, for the others."""
        before = self._known.get(b"/" + code.encode("ascii"))
        if before is None:
            return await self._asked(code, PATIENCE)
        try:
            return await self._asked(code, RENEWING)
        except (TooMany, NoAnswer):
            before.looked_at = time.monotonic()
            return before

    async def _asked(self, code: str, seconds: float) -> LiveCode | None:
        if len(self._waiting) >= WAITING:
            raise TooMany
        try:
            return await asyncio.wait_for(asyncio.shield(self._ask(code)), seconds)
        except TimeoutError:
            raise NoAnswer from None

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _ask(self, code: str) -> "asyncio.Future[LiveCode | None]":
        asked = self._waiting.get(code)
        if asked is None:
            loop = asyncio.get_running_loop()
            asked = self._waiting[code] = loop.create_future()
            asked.add_done_callback(_heard)
            if not self._is_looking:
                self._is_looking = True
                loop.call_soon(self._look, loop)
        return asked

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        some = dict(list(self._waiting.items())[:AT_ONCE])
        self._thread.submit(self._find_some, some, loop)

    def _find_some(self, some: dict[str, "asyncio.Future[LiveCode | None]"], loop: asyncio.AbstractEventLoop) -> None:
        found: dict[str, Destination] | None
        try:
            found = self._find(some)
        except DatabaseTrouble:
            found = None
        except Exception as error:
            log.error("Codes could not be looked up (%s)", type(error).__name__)
            found = None
        loop.call_soon_threadsafe(self._answer, some, found, loop)

    def _answer(
        self,
        some: dict[str, "asyncio.Future[LiveCode | None]"],
        found: dict[str, Destination] | None,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        for code, asked in some.items():
            del self._waiting[code]
            if found is None:
                asked.set_exception(NoAnswer())
            elif code in found:
                asked.set_result(self._keep(found[code]))
            else:
                self._known.pop(b"/" + code.encode("ascii"), None)
                asked.set_result(None)
        self._is_looking = bool(self._waiting)
        if self._is_looking:
            self._look(loop)

    def _keep(self, destination: Destination) -> LiveCode:
        path = b"/" + destination.link.code.encode("ascii")
        self._known.pop(path, None)
        if len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        live = self._known[path] = LiveCode(destination)
        return live


def _heard(asked: "asyncio.Future[LiveCode | None]") -> None:
    """Nobody may be waiting for this one: then its failure is not news."""
    if not asked.cancelled():
        asked.exception()
