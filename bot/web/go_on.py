"""`/go/{code}/{network}`: from a button in Slack to the network's share page, with the text that was chosen."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from html import escape

from starlette.types import Scope

from bot.actions.count_clicks import ClickCounter
from bot.actions.follow_link import Destination
from bot.actions.go_on import Onward, go_on, without_text
from bot.actions.link_desk import LinkDesk
from bot.domain.networks import network
from bot.domain.problems import DatabaseTrouble
from bot.web.answers import Answer, ascii_address, redirecting
from bot.web.link_pages import LinkPages
from bot.web.visits import Visits, header_of

log = logging.getLogger(__name__)

PATIENCE = 2.5
"""Seconds until somebody is sent on with the link alone."""
SCRIPT = (
    "document.querySelector('a.on').addEventListener('click',async e=>{e.preventDefault();"
    "try{await navigator.clipboard.writeText(document.querySelector('.text').textContent)}catch{}"
    "location.assign(e.currentTarget?.href||document.querySelector('a.on').href)});"
    "getSelection().selectAllChildren(document.querySelector('.text'))"
)


class GoOn:
    """Answers for that path."""

    def __init__(
        self, desk: LinkDesk, counter: ClickCounter, visits: Visits, pages: LinkPages, clock: Callable[[], datetime]
    ) -> None:
        self._desk, self._counter, self._visits, self._pages, self._clock = desk, counter, visits, pages, clock
        self._threads = ThreadPoolExecutor(4, "go")

    async def answer(self, scope: Scope, destination: Destination, network_key: str) -> Answer | None:
        """The share page of this link; None when it is not on that network."""
        link = destination.link
        if link.network != network_key or not self._desk.public_url:
            return None
        accept = header_of(scope, b"accept-language")
        if destination.is_withdrawn:
            return self._pages.instead(destination, accept)
        seen = self._visits.see(scope, f"go {link.code}")
        visitor = seen.visitor if seen.rule.is_person else None
        asked = self._threads.submit(go_on, self._desk, self._counter, link.code, network_key, visitor, self._clock())
        try:
            onward = await asyncio.wait_for(asyncio.wrap_future(asked), PATIENCE)
        except (DatabaseTrouble, TimeoutError):
            log.warning("Opened could not be noted just now; whoever pressed was sent on with the link alone")
            onward = without_text(self._desk, destination)
        return self._page(onward, accept) if onward is not None else None

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown()

    def _page(self, onward: Onward, accept: str) -> Answer:
        address = onward.target.url
        if onward.destination.is_withdrawn:
            return self._pages.instead(onward.destination, accept)
        language = onward.language or self._pages.language(accept)
        if onward.is_over:
            return self._pages.over(onward.destination, language)
        if not onward.target.copies_text and not address.startswith("mailto:"):
            return redirecting(address)
        name = network(onward.destination.link.network).name
        say = self._pages.say
        if onward.target.copies_text:
            why = say(language, "links.go_copy", network=name)
            text = f'<p class="text" tabindex="0">{escape(onward.text)}</p>'
            button, title = say(language, "links.go_copy_on", network=name), say(language, "links.go_copy_title")
        else:
            why, text = say(language, "links.go_mail"), ""
            button, title = say(language, "links.go_mail_on"), say(language, "links.go_mail_title")
        on = f'<p><a class="on" rel="noreferrer" href="{escape(ascii_address(address))}">{button}</a></p>'
        script = SCRIPT if onward.target.copies_text else ""
        return self._pages.page(200, language, title, f"<p>{why}</p>{text}{on}", script=script)
