"""A public host with the page of a crisis, in a process of its own: DATABASE_URL. Says its port."""

import sys
import threading

from bot.actions.link_desk import LinkDesk
from bot.clock import system_clock
from bot.compose import read_words
from bot.config import Settings
from bot.sources.crawlers import is_crawler
from bot.store.engine import Store
from bot.web.link_server import LinkServer
from tests.web.crisis_facts import facts


def main() -> None:
    page = facts()
    desk = LinkDesk(Store(sys.argv[1]), is_crawler, "https://go.example.com", pages=lambda: (page,))
    server = LinkServer(desk, read_words(Settings()), ("127.0.0.1", 0), (), system_clock)
    server.start()
    print(f"on 127.0.0.1:{server.port}", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
