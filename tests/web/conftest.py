"""A link server on a real port, with a story, somebody who shares it, and a clock that is told."""

import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.actions.link_desk import LinkDesk
from bot.domain.captions import Caption
from bot.domain.clicks import Followed
from bot.domain.links import new_code
from bot.domain.people import Person, Preferences, Profile, Standing
from bot.domain.shares import Words as Went
from bot.domain.stories import StoryDraft, StoryState
from bot.sources.crawlers import is_crawler
from bot.sources.words import Words
from bot.store import links, people, stories
from bot.store.engine import Store
from bot.store.links import Sealed
from bot.store.readers import readers_by_story
from bot.store.seal import Seal
from bot.store.tables import clicks
from bot.store.tables import stories as story_rows
from bot.web.link_server import LinkServer
from tests.conftest import SteppingClock, _migrated

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
LINKEDIN = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"
SLACKBOT = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"
PUBLIC = "https://go.example.com"
OFFICE = "203.0.113.7"


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Public:
    """The public host as people outside see it. `address` is where somebody comes from: the server trusts its proxy."""

    store: Store
    clock: SteppingClock
    server: LinkServer
    seal: Seal = field(default_factory=lambda: Seal("xoxb-secret"))

    def get(self, path: str, agent: str | None = PHONE, address: str = "198.51.100.1", **more: Any) -> Answered:
        method = more.pop("method", "GET")
        sent = {"X-Forwarded-For": address, **{name.replace("_", "-"): value for name, value in more.items()}}
        if agent is not None:
            sent["User-Agent"] = agent
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.request(method, path, headers=sent)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, headers, answer.read().decode())
        finally:
            connection.close()

    def raw(self, text: bytes) -> bytes:
        """What comes back for bytes of any kind."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as plug:
            plug.sendall(text)
            plug.shutdown(socket.SHUT_WR)
            found = b""
            while some := plug.recv(65_536):
                found += some
            return found

    def story(self, link: str = "https://example.com/reef?a=1#top", **more: Any) -> int:
        captions = (Caption(None, "en", "Look at this reef"),)
        draft = StoryDraft(link, "A reef grows back", "It did.", "en", captions, slug=secrets.token_hex(4), **more)
        now = self.clock()

        def work(connection: Any) -> int:
            story = stories.add(connection, draft, None, now)
            stories.end(connection, story, (StoryState.QUEUED,), StoryState.POSTED, now)
            return story

        return self.store.write(work)

    def person(self, user: str = "U1", standing: Standing = Standing.NAMED, mastodon: str | None = None) -> Person:
        def work(connection: Any) -> Person:
            found = people.add(connection, Profile(user, "T1", "Anna"), self.clock())
            people.set_standing(connection, found.id, standing)
            people.set_preferences(connection, found.id, Preferences("nl", ("linkedin", "facebook"), mastodon))
            return people.by_id(connection, found.id)

        return self.store.write(work)

    def link(self, story: int, person: Person | None = None, network: str = "linkedin", text: str = "") -> str:
        """A code, minted an hour ago; with a text it was put there now."""

        def work(connection: Any) -> str:
            at = self.clock() - timedelta(hours=1)
            found = links.mint(connection, new_code(secrets.choice), story, person and person.id, network, at)
            if text:
                sealed = Sealed(self.seal.close(text, found.code), Went(None, True, "I work here"))
                links.keep_text(connection, found.id, sealed, self.clock())
            return found.code

        return self.store.write(work)

    def set_state(self, story: int, state: StoryState) -> None:
        every = update(story_rows).where(story_rows.c.id == story).values(state=state)
        self.store.write(lambda connection: connection.execute(every))

    def counted(self, story_id: int, person_id: int | None = None) -> Followed:
        return self.store.read(lambda connection: readers_by_story(connection, [story_id], person_id))[story_id]

    def kinds(self) -> list[str]:
        query = select(clicks.c.kind).order_by(clicks.c.id)
        return list(self.store.read(lambda connection: connection.execute(query).scalars().all()))


@pytest.fixture
def serve(tmp_path: Path, clock: SteppingClock) -> Iterator[Callable[..., Public]]:
    """Starts link servers, with settings of one's own."""
    started: list[Public] = []

    def start(
        forwarded: tuple[str, ...] = ("127.0.0.1/32",), store: Store | None = None, seconds: float = 10, **more: Any
    ) -> Public:
        file = tmp_path / "passalong.db"
        if not file.exists():
            file.write_bytes(_migrated())
        store = store or Store(f"sqlite:///{file}")
        desk = LinkDesk(
            store, is_crawler, PUBLIC, offices=(ip_network("203.0.113.0/24"),), seal=Seal("xoxb-secret"), **more
        )
        words = Words.load(Path(__file__).parents[2] / "content" / "words")
        server = LinkServer(desk, words, ("127.0.0.1", 0), forwarded, clock, seconds)
        server.start()
        started.append(Public(store, clock, server))
        return started[-1]

    yield start
    for public in started:
        public.server.stop()
        public.store.close()


@pytest.fixture
def public(serve: Callable[..., Public]) -> Public:
    return serve()


def later(clock: SteppingClock, **time: float) -> datetime:
    return clock.step(**time)
