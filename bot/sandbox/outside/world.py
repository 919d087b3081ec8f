"""What happens outside, and what is remembered of it: who arrived where, what was posted, who followed a link."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from bot.sandbox.outside.asking import Answered, NotAsked, ask, is_here
from bot.sandbox.outside.browsers import Browser, browser_of
from bot.sandbox.outside.share_pages import SharePage, share_page

HOPS = 10
MOST = 500
"""Arrivals that are remembered; the oldest make room."""


@dataclass(frozen=True)
class Post:
    """What somebody posted. `story` is for whoever keeps accounts of it."""

    who: str
    network: str
    text: str
    link: str
    at: datetime
    story: str = ""


@dataclass(frozen=True)
class Followed:
    """Somebody followed a link. `answered` None: nobody was asked, and `why` says why."""

    browser: Browser
    at: datetime
    answered: Answered | None = None
    why: str = ""


@dataclass
class Arrival:
    """Where somebody came to from a button: a share page, a page of this machine, or neither."""

    number: int
    who: str
    address: str
    share: SharePage | None = None
    page: Answered | None = None
    posts: list[Post] = field(default_factory=list)
    followed: list[Followed] = field(default_factory=list)


class Outside:
    """`now` is the workspace's clock. Several threads may use it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock, self._count = now, Lock(), 0
        self.arrivals: dict[int, Arrival] = {}
        self.posts: list[Post] = []

    def arrive(self, who: str, address: str) -> Arrival:
        """Go there in this person's own browser, by redirects, until a share page or another end. Raises NotAsked."""
        found = _end_of(address, browser_of(who))
        with self._lock:
            self._count += 1
            found = replace(found, number=self._count, who=who)
            self.arrivals[self._count] = found
            if len(self.arrivals) > MOST:
                del self.arrivals[next(iter(self.arrivals))]
        return found

    def post(self, arrival: Arrival, text: str, story: str = "") -> Post:
        """*Post it*, with the text as it stands there then; the link goes along, in it or beside it."""
        assert arrival.share is not None
        post = Post(arrival.who, arrival.share.network, text, arrival.share.link, self._now(), story)
        with self._lock:
            arrival.posts.append(post)
            self.posts.append(post)
        return post

    def follow(self, arrival: Arrival, browser: Browser) -> Followed:
        """Follow the link that arrived there."""
        followed = self._followed(arrival.share.link if arrival.share else arrival.address, browser)
        with self._lock:
            arrival.followed.append(followed)
        return followed

    def _followed(self, link: str, browser: Browser) -> Followed:
        try:
            return Followed(browser, self._now(), ask(link, browser))
        except NotAsked as problem:
            return Followed(browser, self._now(), why=str(problem))


def _end_of(address: str, browser: Browser) -> Arrival:
    for _ in range(HOPS):
        share = share_page(address)
        if share is not None or not is_here(address):
            return Arrival(0, "", address, share)
        answered = ask(address, browser)
        if not answered.location:
            return Arrival(0, "", address, page=answered)
        address = answered.location
    raise NotAsked("it leads in circles")
