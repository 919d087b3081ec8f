"""The house, built from the cellar up."""

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from ipaddress import ip_network
from os import getpid
from time import monotonic, sleep

from slack_bolt import App

from bot.actions.access import Access
from bot.actions.beat import beat, note_hello, say_goodbye
from bot.actions.change_channels import look_around
from bot.actions.desk import Desk
from bot.actions.ports import Painter as Drawing
from bot.actions.ports import Previews as PageReader
from bot.actions.pulse import Pulse
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.actions.refresh_roles import refresh_roles
from bot.clock import Clock, system_clock
from bot.compose.clients import app_client, bot_client, trusted, who_am_i
from bot.compose.crisis import crisis_folder
from bot.compose.database import open_store
from bot.compose.folders import content_folder, disclosure, guidelines, read_meter, read_words, watching
from bot.config import Settings
from bot.domain.language import Meter
from bot.domain.problems import DatabaseTrouble, SlackTrouble
from bot.jobs.pool import Pool
from bot.jobs.runner import Runner
from bot.slack.app import build_app
from bot.slack.connect import Connection
from bot.slack.front import Front
from bot.slack.inbound import Inbound
from bot.slack.manifest import NEEDED
from bot.slack.messenger import SlackMessenger
from bot.sources.crisis_files import written_scenarios
from bot.sources.feeds import Feeds
from bot.sources.fetch import Fetcher
from bot.sources.painter import installed_painter
from bot.sources.previews import Previews
from bot.sources.words import Words
from bot.store.engine import DatabaseUnusable, Store
from bot.store.seal import Seal

log = logging.getLogger(__name__)

FINISH = 7.0
"""Seconds that what is in hand may take at the end: whoever stops us waits ten."""


@dataclass
class House:
    """Everything, joined. `open` connects to Slack; `runner` is started by those who want the clock to drive it."""

    store: Store
    desk: Desk
    front: Front
    app: App
    connection: Connection
    runner: Runner
    pools: tuple[Pool, ...]
    clock: Clock

    def open(self) -> None:
        """Connect, and look up what happened while nobody was connected."""
        beat(self.desk, self.clock())
        refresh_roles(self.desk)
        look_around(self.desk, self.clock())
        self.connection.open()

    @property
    def is_at_rest(self) -> bool:
        """No envelope, listener or job is under way, and nothing in the background."""
        return self.runner.is_at_rest and all(pool.count == 0 for pool in self.pools)

    def close(self, seconds: float = FINISH) -> bool:
        """Take no new work, finish what is in hand, let go.

        Answers False when it was not finished in time. Then threads still hold it; the process may leave all the
        same: what was not committed comes again, and what was is taken up by the next.
        """
        end = monotonic() + seconds
        self.connection.stop_reading()
        self.runner.stop()
        while not self.is_at_rest and monotonic() < end:
            sleep(0.005)
        if not self.is_at_rest:
            self.connection.drop()
            return False
        self.connection.close()
        _leave(self.desk)
        for pool in self.pools:
            pool.shutdown()
        self.store.close()
        return True


def build(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    store: Store | None = None,
    reader: Callable[[Previews], PageReader] | None = None,
    painter: Callable[[], Drawing | None] = installed_painter,
    words: Words | None = None,
    meter: Meter | None = None,
) -> House:
    """Build the house, from the cellar up. `reader` may stand between us and the web, to answer for some pages."""
    store = store or open_store(settings)
    words = words or read_words(settings)
    pulse = Pulse(version("passalong"))
    client = bot_client(settings, pulse.called)
    me = who_am_i(client)
    access = Access()
    messenger = SlackMessenger(client, words, me, access)
    fetch_allow = tuple(ip_network(network) for network in settings.fetch_allow)
    web = Previews(Fetcher(fetch_allow, tls=trusted()))
    previews: PageReader = reader(web) if reader else web
    desk = Desk(
        store=store,
        messenger=messenger,
        previews=previews,
        me=me,
        feeds=Feeds(Fetcher(fetch_allow, user_agent=Feeds.USER_AGENT, tls=trusted())),
        watching=watching(settings, fetch_allow),
        scenarios=partial(written_scenarios, content_folder(settings, "crisis")),
        scopes=NEEDED,
        access=access,
        admins=settings.admins,
        disclosure=disclosure(content_folder(settings, "disclosure.toml")),
        meter=meter or read_meter(settings.content_dir),
        linkedin_composer=settings.linkedin_composer,
        fetch_allow=fetch_allow,
        public_url=settings.public_url,
        painter=painter(),
        crisis_files=crisis_folder(settings, settings.crisis_dir, words) if settings.crisis_dir else None,
        seal=Seal(settings.bot_token),
        pulse=pulse,
        copy=f"{socket.gethostname()[:20]}-{getpid()}",
    )
    runner = Runner(desk, clock, metronome=system_clock)
    desk = replace(desk, wake=lambda: runner.wake("inbox", "deliver"), recount=lambda: runner.wake("champions"))
    runner.desk = desk
    envelopes, listeners, later = Pool(20, "envelope"), Pool(16, "listener"), Pool(4, "later")
    front = Front(desk, messenger, words, clock, previews, later.run_later, guidelines(settings, words))

    def rebuild() -> None:
        later.run_later(lambda: _quietly_rebuild(desk, clock))

    def hello(connections: int) -> None:
        later.run_later(lambda: note_hello(desk, connections, clock()))
        rebuild()

    inbound = Inbound(desk, clock, rebuild)
    app = build_app(client, front, listeners, inbound)
    connection = Connection(app, settings.app_token, app_client(settings, pulse.called), inbound, envelopes, hello)
    return House(store, desk, front, app, connection, runner, (envelopes, listeners, later), clock)


def _leave(desk: Desk) -> None:
    try:
        say_goodbye(desk)
    except (DatabaseUnusable, DatabaseTrouble):
        log.warning("The goodbye could not be written; this copy counts for a minute more")


def _quietly_rebuild(desk: Desk, clock: Callable[[], datetime]) -> None:
    try:
        rebuild_reactions(desk, clock())
    except SlackTrouble as trouble:
        log.warning("Reactions could not be looked up just now: %s", trouble)
