"""The only place where things are built and joined."""

import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import version
from ipaddress import ip_network
from os import getpid
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError

from bot.actions.access import Access
from bot.actions.beat import beat, note_hello, say_goodbye
from bot.actions.change_channels import look_around
from bot.actions.desk import Desk, Me
from bot.actions.link_desk import LinkDesk
from bot.actions.ports import Painter as Drawing
from bot.actions.ports import Previews as PageReader
from bot.actions.pulse import Pulse
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.actions.refresh_roles import refresh_roles
from bot.clock import Clock, system_clock
from bot.config import Settings
from bot.domain.content_problem import ContentUnusable
from bot.domain.disclosure import Disclosure
from bot.domain.problems import DatabaseTrouble, SlackTrouble
from bot.jobs.pool import Pool
from bot.jobs.runner import Runner
from bot.slack.app import build_app
from bot.slack.connect import Connection
from bot.slack.counted import Called, CountedClient
from bot.slack.front import Front
from bot.slack.inbound import Inbound
from bot.slack.manifest import NEEDED
from bot.slack.messenger import SlackMessenger
from bot.sources.content_folder import read_disclosure, read_guidelines
from bot.sources.crawlers import is_crawler
from bot.sources.fetch import Fetcher
from bot.sources.painter import installed_painter
from bot.sources.previews import Previews
from bot.sources.words import Words
from bot.store.backup import file_of
from bot.store.engine import DatabaseUnusable, Store
from bot.store.migrate import NewerShape, is_migrated, migrate, revision
from bot.store.private import make_private
from bot.store.seal import Seal
from bot.store.trouble import what_to_do

if TYPE_CHECKING:
    from bot.web.link_server import LinkServer

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
    )
    return LinkServer(desk, words, settings.public_bind, settings.forwarded_allow_ips, clock)


def content_folder(settings: Settings, part: str = "") -> Path:
    """The company's own content folder, or the one that ships: inside the package, or beside it in a checkout.

    With a `part` (a file or a folder in it): the folder that has it, so that a company need only write what it changes.
    """
    own = settings.content_dir
    if own is not None and (own / part).exists():
        return own
    inside = Path(__file__).parent / "_content"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "content"


def read_words(settings: Settings) -> Words:
    """Every text that people read. Raises WordsUnreadableError."""
    return Words.load(content_folder(settings, "words") / "words")


class NoDatabase(Exception):
    """The database cannot be used; the message says what to do, without its address or password."""


def open_store(settings: Settings) -> Store:
    """The database, brought to today's shape. Raises NoDatabase."""
    return _opened(settings, migrate)


def ready_store(settings: Settings) -> Store:
    """The database, when it is there and has today's shape; nothing is changed. Raises NoDatabase."""
    file = file_of(settings.database_url)
    if file is not None and not file.exists():
        raise NoDatabase("There is no database yet. Look at PASSALONG_DATABASE_URL, and at the folder you are in.")
    return _opened(settings, _must_be_migrated)


def untouched_store(settings: Settings) -> Store:
    """The database, whatever its shape. Raises NoDatabase."""
    return _opened(settings, revision)


def _opened(settings: Settings, prepare: Callable[[Store], object]) -> Store:
    try:
        make_private(settings.database_url)
        store = Store(settings.database_url)
        prepare(store)
    except ModuleNotFoundError as missing:
        raise NoDatabase("PostgreSQL needs one more package: pip install 'passalong[postgres]'.") from missing
    except NewerShape as newer:
        raise NoDatabase(
            "A newer Passalong has been at this database. Install that version again, or go back to the backup from "
            "before it."
        ) from newer
    except (DatabaseUnusable, DatabaseTrouble, OSError) as error:
        raise NoDatabase(
            _why(error)
            or "The database cannot be opened. Look at PASSALONG_DATABASE_URL: is the folder of the file there and may "
            "it be written, or is the server up and does it let this machine in?"
        ) from error
    return store


def _why(error: Exception) -> str | None:
    """What to do about a database that cannot be used, where that is known."""
    return error.what_to_do if isinstance(error, DatabaseTrouble) else what_to_do(error)


def _must_be_migrated(store: Store) -> None:
    if not is_migrated(store):
        store.close()
        raise NoDatabase("The database has another shape than this version. `passalong migrate` brings it up to date.")


def bot_client(settings: Settings, called: Called = lambda method, error: None) -> CountedClient:
    """A client for the Web API; `called` is told of every call."""
    return CountedClient(called, settings.bot_token, settings.slack_api_url, 10, trusted())


def app_client(settings: Settings, called: Called) -> CountedClient:
    """The same with the app's own token, which opens the socket."""
    return CountedClient(called, settings.app_token, settings.slack_api_url, 30, trusted())


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are believed: one for all connections, as reading them takes longer than a call to Slack."""
    return ssl.create_default_context()


def who_am_i(client: WebClient) -> Me:
    """Ask Slack who the bot is; raises slack_sdk's errors when the token is wrong or Slack is away."""
    try:
        answer = client.auth_test()
    except (AttributeError, TypeError) as error:
        raise SlackRequestError("The answer is none of Slack's.") from error
    return Me(
        str(answer["user_id"]), str(answer.get("bot_id", "")), str(answer["team_id"]), str(answer.get("team", ""))
    )


def build(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    store: Store | None = None,
    reader: Callable[[Previews], PageReader] | None = None,
    painter: Callable[[], Drawing | None] = installed_painter,
    words: Words | None = None,
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
        scopes=NEEDED,
        access=access,
        admins=settings.admins,
        disclosure=_disclosure(content_folder(settings, "disclosure.toml")),
        linkedin_composer=settings.linkedin_composer,
        fetch_allow=fetch_allow,
        public_url=settings.public_url,
        painter=painter(),
        seal=Seal(settings.bot_token),
        pulse=pulse,
        copy=f"{socket.gethostname()[:20]}-{getpid()}",
    )
    runner = Runner(desk, clock, metronome=system_clock)
    desk = replace(desk, wake=lambda: runner.wake("inbox", "deliver"), recount=lambda: runner.wake("champions"))
    runner.desk = desk
    envelopes, listeners, later = Pool(20, "envelope"), Pool(16, "listener"), Pool(4, "later")
    front = Front(desk, messenger, words, clock, previews, later.run_later, _guidelines(settings, words))

    def rebuild() -> None:
        later.run_later(lambda: _quietly_rebuild(desk, clock))

    def hello(connections: int) -> None:
        later.run_later(lambda: note_hello(desk, connections, clock()))
        rebuild()

    inbound = Inbound(desk, clock, rebuild)
    app = build_app(client, front, listeners, inbound)
    connection = Connection(app, settings.app_token, app_client(settings, pulse.called), inbound, envelopes, hello)
    return House(store, desk, front, app, connection, runner, (envelopes, listeners, later), clock)


def _disclosure(content: Path) -> Disclosure:
    """The lines that ship or that comms wrote; a file that cannot be used is no reason to stay away."""
    try:
        return read_disclosure(content)
    except ContentUnusable as error:
        log.warning("The disclosure lines cannot be used, so none is offered: %s", error)
        return Disclosure()


def _guidelines(settings: Settings, words: Words) -> dict[str, str]:
    """*What may I post?* by language."""
    try:
        return {
            language: read_guidelines(content_folder(settings, f"guidelines.{language}.md"), language)
            for language in words.texts
        }
    except ContentUnusable as error:
        log.warning("The guidelines cannot be used, so they are not linked: %s", error)
        return {}


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
