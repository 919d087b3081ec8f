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
"""Seconds after which a code is looked up again, behind the back of whoever follows it meanwhile."""
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
        """The code at this path, if it is in memory. One that has grown old is looked up again meanwhile."""
        found = self._known.get(path)
        if found is not None and time.monotonic() - found.looked_at > FRESH:
            found.looked_at = time.monotonic()
            self._ask(path[1:].decode("ascii"))
        return found

    async def look_up(self, code: str) -> LiveCode | None:
        """The code, from the database; None when it is none of ours. Raises TooMany and NoAnswer."""
        if len(self._waiting) >= WAITING:
            raise TooMany
        return await asyncio.shield(self._ask(code))

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
