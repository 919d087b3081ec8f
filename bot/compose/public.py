"""The public host: less than the house, as it knows nothing of Slack."""

from ipaddress import ip_network
from typing import TYPE_CHECKING

from bot.actions.crisis_pages import published_pages
from bot.actions.link_desk import LinkDesk
from bot.clock import Clock, system_clock
from bot.compose.folders import read_words
from bot.config import Settings
from bot.sources.crawlers import is_crawler
from bot.sources.words import Words
from bot.store.engine import Store
from bot.store.seal import Seal

if TYPE_CHECKING:
    from bot.web.link_server import LinkServer


def build_link_server(
    settings: Settings, store: Store, *, clock: Clock = system_clock, words: Words | None = None
) -> "LinkServer":
    """The public host, for `run` and for a process of its own."""
    from bot.web.link_server import LinkServer  # whoever has no public address does without

    words = words or read_words(settings)
    desk = LinkDesk(
        store=store,
        is_crawler=is_crawler,
        public_url=settings.public_url,
        offices=tuple(ip_network(network) for network in settings.office_networks),
        salt_by=settings.visitor_salt,
        linkedin_composer=settings.linkedin_composer,
        seal=Seal(settings.bot_token),
        pages=lambda: published_pages(store, clock()),
    )
    return LinkServer(desk, words, settings.public_bind, settings.forwarded_allow_ips, clock)
