"""The public host: `/{code}` counts a reader and sends them on; everything else is a named path, as `/now` is.

A bare ASGI callable, as this is asked for thousands of times a second.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.types import Receive, Scope, Send

from bot.actions.count_clicks import Came
from bot.domain.clicks import SOON
from bot.domain.links import is_code
from bot.domain.visitors import household
from bot.web.answers import NO_BODY, Answer
from bot.web.click_writer import ClickWriter
from bot.web.crisis_pages import CrisisPages, NotYet
from bot.web.go_on import GoOn
from bot.web.link_pages import LinkPages
from bot.web.live_codes import LiveCode, LiveCodes, NoAnswer, TooMany
from bot.web.often import Often
from bot.web.visits import Visits, client_of, header_of

log = logging.getLogger(__name__)

MISSES = 30
"""Codes that lead nowhere, from one address in a minute: after these nothing is looked up for it any more."""
READING = ("GET", "HEAD")
ROBOTS = Answer(200, b"User-agent: *\nAllow: /\n", ((b"content-type", b"text/plain"),))
"""Crawlers may make previews; that links are not to be found in a search is said with every answer."""
AGE = timedelta(seconds=SOON)
NOT_ALLOWED = Answer(405, b"", ((b"allow", b"GET, HEAD"),))
SLOW_DOWN = Answer(429, b"Too many codes that lead nowhere. Try again in a minute.\n", ((b"retry-after", b"60"),))


class FollowLink:
    """The ASGI application."""

    def __init__(
        self,
        codes: LiveCodes,
        writer: ClickWriter,
        visits: Visits,
        pages: LinkPages,
        onward: GoOn,
        crisis: CrisisPages,
        clock: Callable[[], datetime],
    ) -> None:
        self._codes, self._writer, self._visits, self._clock = codes, writer, visits, clock
        self._pages, self._onward, self._crisis = pages, onward, crisis
        self._missed = Often()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["raw_path"]
        live = self._codes.known(path) if scope["method"] in READING else None
        if live is not None:
            await self._follow(live, scope, send)
            return
        if self._crisis.is_here(path) and scope["method"] in READING:
            await self._tell(scope, send)
            return
        found = await self._elsewhere(scope)
        if isinstance(found, LiveCode):
            await self._follow(found, scope, send)
        else:
            await found.send(send, is_head=scope["method"] == "HEAD")

    async def _follow(self, live: LiveCode, scope: Scope, send: Send) -> None:
        """Whatever becomes of the counting, they are sent on."""
        link = live.destination.link
        seen = self._visits.see(scope, link.code, is_soon=self._clock() < link.minted_at + AGE)
        await self._writer.add(Came(link, seen.rule, seen.is_office, seen.visitor))
        if live.redirect is not None and not (seen.rule.wants_card and live.destination.wants_card):
            await send(live.redirect)
            await send(NO_BODY)
        else:
            answer = self._pages.instead(live.destination, header_of(scope, b"accept-language"))
            await answer.send(send, is_head=scope["method"] == "HEAD")

    async def _tell(self, scope: Scope, send: Send) -> None:
        """The page of a crisis; what is not published is answered like all that never was."""
        accept = known = b""
        for name, value in scope["headers"]:
            if name == b"accept-language":
                accept = value
            elif name == b"if-none-match":
                known = value
        if self._crisis.is_stale:
            await self._crisis.renew()
        is_head = scope["method"] == "HEAD"
        try:
            ready = self._crisis.find(scope["raw_path"], accept)
        except NotYet:
            await self._pages.try_later(accept.decode("latin-1")).send(send, is_head=is_head)
            return
        if ready is None:
            await self._pages.unknown(accept.decode("latin-1")).send(send, is_head=is_head)
            return
        head, body = ready.messages(known, is_head=is_head)
        await send(head)
        await send(body)

    async def _elsewhere(self, scope: Scope) -> LiveCode | Answer:
        """A code that was not looked up lately, or a path that is none."""
        if scope["method"] not in READING:
            return NOT_ALLOWED
        path = scope["raw_path"].decode("latin-1")
        accept = header_of(scope, b"accept-language")
        if path.startswith("/go/"):
            return await self._go(path, scope, accept)
        if path == "/robots.txt":
            return ROBOTS
        return await self._look_up(path[1:], scope, accept)

    async def _go(self, path: str, scope: Scope, accept: str) -> Answer:
        code, _, network = path.removeprefix("/go/").partition("/")
        live = self._codes.known(b"/" + code.encode("latin-1")) or await self._look_up(code, scope, accept)
        if not isinstance(live, LiveCode):
            return live
        return await self._onward.answer(scope, live.destination, network) or self._pages.unknown(accept)

    async def _look_up(self, code: str, scope: Scope, accept: str) -> LiveCode | Answer:
        if not is_code(code):
            return self._pages.unknown(accept)
        address = household(client_of(scope))
        if self._missed.how_often(address) >= MISSES and not self._codes.is_known(code):
            return SLOW_DOWN
        try:
            live = await self._codes.look_up(code)
        except TooMany:
            return SLOW_DOWN
        except NoAnswer:
            return self._pages.try_later(accept)
        if live is not None:
            return live
        if self._missed.once_more(address) == MISSES:
            log.warning("Somebody tries codes that lead nowhere; for a minute they are not looked up any more")
        return self._pages.unknown(accept)
