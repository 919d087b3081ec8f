"""A company with a public host of its own: the bot on a stand, and its link server on a real port."""

import socket
from pathlib import Path
from typing import Any

from bot.compose import build_link_server
from bot.domain.clicks import Followed
from bot.sandbox.outside.browsers import FOLLOWERS, OFFICE
from bot.store import people
from bot.store.readers import readers_by_story
from bot.web.link_server import LinkServer
from tests.conftest import Stand, SteppingClock
from tests.slack.share_desk import ShareDesk


class OutsideWorld:
    """`at`: the company, as ShareDesk. `stand` has a public address."""

    def __init__(self, folder: Path, clock: SteppingClock, database_url: str | None = None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.stand = Stand(
            folder,
            clock,
            database_url,
            public_url=f"http://127.0.0.1:{port}",
            public_bind=("127.0.0.1", port),
            forwarded_allow_ips=("127.0.0.1/32",),
            office_networks=(OFFICE,),
        )
        self.at = ShareDesk(self.stand)
        self.server = self._server()
        self.server.start()

    def _server(self) -> LinkServer:
        house = self.stand.house
        return build_link_server(self.stand.settings, house.store, clock=self.stand.clock, words=house.front.words)

    def restart(self) -> None:
        """Another link server on the same port, that has looked nothing up yet."""
        self.server.stop()
        self.server = self._server()
        self.server.start()

    def follow(self, link: str, who: str) -> Any:
        """As one of the sandbox's followers."""
        browser = FOLLOWERS[who]
        return self.stand.acts.follow(link, browser.agent, browser.address)

    def followed(self, story: int, user: str | None = None) -> Followed:
        """What the bot counted of this story: of everybody's links, or of this person's."""

        def read(connection: Any) -> Followed:
            person = people.by_user(connection, user) if user else None
            found = readers_by_story(connection, [story], person.id if person else None)
            return found.get(story, Followed())

        return self.stand.house.store.read(read)

    def close(self) -> None:
        self.server.stop()
        self.stand.close()
