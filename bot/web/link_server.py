"""Serves the public host in a thread of its own: in the bot's process, or in one beside it."""

import asyncio
import gc
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import cast

import uvicorn

from bot.actions.count_clicks import ClickCounter
from bot.actions.follow_link import find_destinations, newest_destinations
from bot.actions.link_desk import LinkDesk
from bot.domain.problems import DatabaseTrouble
from bot.sources.words import Words
from bot.web.click_writer import ClickWriter
from bot.web.crisis_pages import CrisisPages
from bot.web.follow_link import FollowLink
from bot.web.go_on import GoOn
from bot.web.link_pages import LinkPages
from bot.web.live_codes import MOST, LiveCodes
from bot.web.visits import Visits

CONNECTIONS = 2_000
"""At the same time; further ones are answered 503."""


class LinkServer:
    """`forwarded`: whose X-Forwarded-For is believed, as addresses or networks. `seconds`: see `LinkProtocol`."""

    def __init__(
        self,
        desk: LinkDesk,
        words: Words,
        bind: tuple[str, int],
        forwarded: Sequence[str],
        clock: Callable[[], datetime],
        seconds: float = 10.0,
    ) -> None:
        self._desk, self._bind = desk, bind
        self._codes = LiveCodes(partial(find_destinations, desk))
        counter, pages = ClickCounter(desk), LinkPages(words)
        self._visits = visits = Visits(desk)
        self._writer = ClickWriter(counter, clock)
        self._onward = GoOn(desk, counter, visits, pages, clock)
        self._crisis = CrisisPages(desk.pages, words, desk.public_url)
        app = FollowLink(self._codes, self._writer, visits, pages, self._onward, self._crisis, clock)
        self._server = uvicorn.Server(_config(app, forwarded, seconds))
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen, in a thread. Raises OSError when the port is taken."""
        self.listen()
        # What is there now stays: there is no use in looking through it for garbage again and again.
        gc.collect()
        gc.freeze()
        self._thread = threading.Thread(target=self.serve, name="links", daemon=True)
        self._thread.start()

    def listen(self) -> None:
        """Take the port. Raises OSError when somebody else has it."""
        host, _ = self._bind
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server(self._bind, family=family, backlog=1024)
        with suppress(DatabaseTrouble):  # then they are looked up one by one, once it is there
            self._codes.put(reversed(newest_destinations(self._desk, MOST)))
        self._crisis.look()

    def serve(self) -> None:
        """Serve until stopped."""
        assert self._listener is not None
        self._server.run(sockets=[self._listener])
        self._codes.close()
        self._writer.close()
        self._onward.close()
        self._crisis.close()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        assert self._listener is not None
        return int(self._listener.getsockname()[1])

    def stop(self) -> None:
        """Answer what is under way, and leave."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=5)


def _config(app: FollowLink, forwarded: Sequence[str], seconds: float) -> uvicorn.Config:
    from bot.web.link_protocol import LinkProtocol

    return uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", partial(LinkProtocol, seconds=seconds)),
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=bool(forwarded),
        forwarded_allow_ips=list(forwarded),
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=3,
    )
