"""The world outside over HTTP: a button leads here, and from here to a share page that stays on this machine."""

import asyncio
import re
from dataclasses import replace
from html import escape, unescape
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.outside.asking import NotAsked
from bot.sandbox.outside.browsers import FOLLOWERS, browser_of
from bot.sandbox.outside.share_pages import WAY_ON, share_page
from bot.sandbox.outside.world import Arrival, Outside
from bot.sandbox.page.outside_pages import arrival_page, posts_page, trouble_page
from bot.sandbox.workspace import Workspace

SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src *; object-src 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
OURS = ("same-origin", "none", "")
OPENABLE = ("http", "https", "mailto")


class Stage(Protocol):
    """What is needed of the sandbox."""

    @property
    def workspace(self) -> Workspace: ...
    @property
    def outside(self) -> Outside: ...


def outside_routes(stage: Stage) -> list[Route]:
    """The routes; `stage` is looked at anew with each request."""
    world = _World(stage)
    return [
        Route("/outside", world.arrive),
        Route("/outside/posts", world.posts),
        Route("/outside/{number:int}", world.show),
        Route("/outside/{number:int}/post", world.post, methods=["POST"]),
        Route("/outside/{number:int}/follow", world.follow, methods=["POST"]),
    ]


class _World:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def arrive(self, request: Request) -> Response:
        """Go where a button leads, as this person's browser; a share page is shown under an address of its own."""
        user, address = request.query_params.get("user", ""), request.query_params.get("url", "")
        if not _is_from_here(request):
            return Response("Open this from the sandbox's own page.", 403)
        if user not in self.stage.workspace.people or urlsplit(address).scheme not in OPENABLE:
            return _shown(trouble_page("This leads nowhere: no such person, or no address."), 400)
        try:
            arrival = self.stage.outside.arrive(user, address)
        except NotAsked as problem:
            return _shown(trouble_page(f"This leads nowhere: {problem}."), 502)
        if arrival.page is not None and arrival.page.is_page:
            return _as_it_is(arrival)
        return RedirectResponse(f"/outside/{arrival.number}", 303, SAFE)

    def posts(self, _: Request) -> Response:
        """Everything that was posted."""
        people = self.stage.workspace.people
        posted = [a for a in reversed(list(self.stage.outside.arrivals.values())) if a.posts]
        return _shown(posts_page(posted, lambda user: people[user].real_name))

    def show(self, request: Request) -> Response:
        arrival = self._arrival(request)
        if arrival is None:
            return _shown(trouble_page("Nobody arrived here, or it was too long ago."), 404)
        return _shown(arrival_page(arrival, self.stage.workspace.people[arrival.who].real_name))

    async def post(self, request: Request) -> Response:
        """*Post it*; a second press on the same form, before the page came back, posts nothing."""
        arrival, sent = self._arrival(request), await _sent(request)
        if arrival is None or arrival.share is None or not _is_from_here(request):
            return Response("There is nothing to post.", 400)
        if sent.get("after", str(len(arrival.posts))) == str(len(arrival.posts)):
            self.stage.outside.post(arrival, sent.get("text", "").replace("\r\n", "\n"))
        return RedirectResponse(f"/outside/{arrival.number}#posted", 303, SAFE)

    async def follow(self, request: Request) -> Response:
        """*Follow the link as…*"""
        arrival, sent = self._arrival(request), await _sent(request)
        if arrival is None or not _is_from_here(request):
            return Response("There is nothing to follow.", 400)
        name = self.stage.workspace.people[arrival.who].real_name
        follower = FOLLOWERS.get(sent.get("as", "")) or replace(browser_of(arrival.who), name=name)
        await asyncio.to_thread(self.stage.outside.follow, arrival, follower)
        return RedirectResponse(f"/outside/{arrival.number}#followed-{len(arrival.followed)}", 303, SAFE)

    def _arrival(self, request: Request) -> Arrival | None:
        return self.stage.outside.arrivals.get(int(request.path_params["number"]))


def _is_from_here(request: Request) -> bool:
    """Pages of other sites can neither go anywhere nor post anything by way of the sandbox."""
    return request.headers.get("sec-fetch-site", "") in OURS


async def _sent(request: Request) -> dict[str, Any]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))


def _shown(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, SAFE)


def _as_it_is(arrival: Arrival) -> Response:
    """A page of the app's public host; its ways on to a network lead to the share page that is played here."""
    assert arrival.page is not None

    def onward(found: re.Match[str]) -> str:
        address = unescape(found[1])
        if share_page(address) is None:
            return found[0]
        return f'href="{escape(here(address, arrival.who))}"'

    policy = arrival.page.headers.get("content-security-policy", SAFE["Content-Security-Policy"])
    headers = {**SAFE, "Content-Security-Policy": policy}
    return HTMLResponse(WAY_ON.sub(onward, arrival.page.body), arrival.page.status, headers)


def here(address: str, user: str) -> str:
    """Where this address is played."""
    return f"/outside?user={quote(user)}&url={quote(address, safe='')}"
