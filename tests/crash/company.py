"""A company that goes on with its work while the bot dies again and again: people see an error, and try once more."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from bot.config import Settings
from bot.domain.setup import Channel, Setup
from bot.domain.stories import StoryDraft, StoryState
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import manifest
from bot.store import links, stories
from bot.store import setup as setup_store
from bot.store.engine import opened
from bot.store.migrate import migrate
from bot.store.tables import deliveries, inbox, link_days
from tests.crash.bot_process import BotProcess, Census, Died, Orders
from tests.crash.places import SENT, Death
from tests.crash.shared_clock import SharedClock
from tests.sources.web_server import WebServer

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0"
TRIES = 8
OLD, OLD_READERS = "The lighthouse", 2
ROUNDS = 200
DOWN = {"seconds": 90}
"""How long it takes until somebody has started it again."""


Fate = tuple[tuple[Death, ...], int | None]
"""Where a life ends, and after how many places at the latest (None for never)."""


class NeverThrough(AssertionError):
    """Something did not work however often it was tried, or the bot never came to rest."""


class Company:
    """A workspace, a bot process on it (a new one whenever the old one died), a clock, and a site with pages."""

    def __init__(self, folder: Path, now: datetime, database_url: str | None = None, people: int = 40) -> None:
        self.clock = SharedClock(folder / "clock", now)
        self.people = make_company(people, 1)
        self.workspace = Workspace(self.people, self.clock)
        self.workspace.apply_manifest(manifest())
        # So that the picture of a digest is a file, which takes more steps.
        self.workspace.charts = False
        self.sandbox = Sandbox(self.workspace, real_time=False).start()
        self.site = WebServer()
        self.database_url = database_url or f"sqlite:///{folder / 'passalong.db'}"
        port = free_port()
        self.settings = Settings(
            bot_token=self.sandbox.bot_token,
            app_token=self.sandbox.app_token,
            slack_api_url=self.sandbox.api_url,
            database_url=self.database_url,
            admins=(self.people.admin,),
            fetch_allow=("127.0.0.0/8",),
            public_url=f"http://127.0.0.1:{port}",
            public_bind=("127.0.0.1", port),
            forwarded_allow_ips=("127.0.0.0/8",),
        )
        self.english, self.dutch, self.general = (room.id for room in self.people.rooms[:3])
        self.comms = next(room.id for room in self.people.rooms if room.private)
        self.admin, self.editor = self.people.admin, self.people.editors[0]
        self.bot: BotProcess | None = None
        self.deaths: list[Death] = []
        self.fate: Callable[[], Fate] = lambda: (tuple(self.deaths), None)
        self.without: str | None = None
        self.census = Census()
        self.died: list[Death] = []
        self.began = now
        self.kinds: dict[str, str] = {}
        self.reacted: dict[int, str] = {}
        self.taken_back: set[str] = set()
        self.tries = 0
        self._set_up()

    @property
    def acts(self) -> Any:
        return self.sandbox.acts

    # --- the bot's lives

    def work(self, order: str = "work") -> None:
        """Let the bot do all that is due, starting it again when it died, until nothing is left at this moment."""
        seen = ""
        for _ in range(ROUNDS):
            # What was just done in Slack is on its way, and the jobs that come round now are to find it.
            self._rests()
            try:
                work = self._alive().ask(order)
            except Died:
                seen = "it died"
                continue
            # Slack sends what was not acknowledged again, and waits for what is under way.
            sent, rests = self.sandbox.pump(), self._rests()
            if rests and not sent and not work.done.total():
                return
            seen = f"{dict(+work.done)}, {work.trouble}, {sent} sent again, {'rests' if rests else 'gone'}"
        raise NeverThrough(f"the bot never comes to rest: {seen}")

    def insist(self, act: Callable[[], Any], is_done: Callable[[], bool] = lambda: True) -> Any:
        """Do something in Slack, and as long as it fails do it again, as people do; `tries` says how often."""
        for tried in range(TRIES):
            self.tries = tried + 1
            outcome = act()
            self.work()
            if outcome.acked and outcome.error is None and is_done():
                return outcome
        raise NeverThrough(f"it did not work however often it was tried: {outcome}")

    def follow(self, path: str, address: str) -> str:
        """Somebody outside asks for this with a phone, and once more when nothing comes. Answers where it leads."""
        end, seen = time.monotonic() + 30, ""
        while time.monotonic() < end:
            connection = HTTPConnection("127.0.0.1", self._serving(), timeout=30)
            try:
                connection.request("GET", path, headers={"User-Agent": PHONE, "X-Forwarded-For": address})
                answer = connection.getresponse()
                if answer.status == 302:
                    return str(answer.headers["location"])
                seen = str(answer.status)
            except (OSError, HTTPException) as trouble:
                seen = repr(trouble)
            finally:
                connection.close()
            # A process that was killed just now passes for alive a little longer.
            time.sleep(0.02)
        raise NeverThrough(f"{path} leads nowhere, however often it is asked for: {seen}")

    def take_census(self) -> Census:
        """Which places this life came past."""
        self.fate = lambda: ((), None)
        while True:
            with suppress(Died):
                self.census.add(self._alive().ask("census"))
                return self.census

    def look_into_database(self) -> None:
        """Take down what is only there for a while: which kind each delivery is, and the reactions in the inbox."""
        reacted = select(inbox.c.id, inbox.c.body).where(inbox.c.kind == "reacted")
        with opened(self.database_url) as store:
            query = select(deliveries.c.id, deliveries.c.kind)
            self.kinds |= store.read(lambda connection: dict(connection.execute(query).all()))
            rows = store.read(lambda connection: connection.execute(reacted).all())
            taken_back = select(deliveries.c.target).where(
                deliveries.c.kind == "take_back", deliveries.c.state == "sent"
            )
            self.taken_back |= set(store.read(lambda connection: connection.execute(taken_back).scalars().all()))
        self.reacted |= {number: json.dumps(body, sort_keys=True) for number, body in rows}

    def _serving(self) -> int:
        """The port where links are answered now."""
        self._alive()
        return self.settings.public_bind[1]

    def _alive(self) -> BotProcess:
        while self.bot is None or not self.bot.is_alive:
            if self.bot is not None:
                self.bot.last_words()
                self.clock.step(**DOWN)
            orders = Orders(self.settings, self.clock.file, *self.fate(), self.without)
            self.bot = BotProcess(orders, self._note_death)
            with suppress(Died):
                self.bot.wait_until_up()
        return self.bot

    def _note_death(self, bot: BotProcess, death: Death) -> None:
        """It dies there now; the next life does not die there again."""
        self.died.append(death)
        self.deaths = [other for other in self.deaths if other != death]
        if death.point == SENT and bot.is_alive:
            self._kill_when_sent(bot)

    def _rests(self) -> bool:
        """Whether nothing was under way; waits until nothing is. A bot that died meanwhile is no rest."""
        end = time.monotonic() + 30
        while not self.sandbox.idle():
            if time.monotonic() > end:
                raise NeverThrough("a request hangs")
            time.sleep(0.001)
        return self.bot is not None and self.bot.is_alive

    def _kill_when_sent(self, bot: BotProcess) -> None:
        """It is about to send: Slack does it, keeps the answer back, and then the bot dies."""
        posted = self._messages()
        self.sandbox.faults.answer("chat.postMessage", "timeout", retry_after=2)

        def watch() -> None:
            end = time.monotonic() + 20
            while self._messages() == posted and time.monotonic() < end:
                time.sleep(0.002)
            bot.process.kill()

        threading.Thread(target=watch, daemon=True).start()
        bot.go_on()

    def _messages(self) -> int:
        return sum(len(channel.messages) for channel in self.workspace.channels.values())

    # --- before it all begins

    def _set_up(self) -> None:
        rooms = {"comms_channel": self.comms, "champions_channel": self.comms}
        setup = Setup(**rooms, editors=self.people.editors, company="Veldkamp")
        with opened(self.database_url) as store:
            migrate(store)
            store.write(lambda connection: setup_store.save_setup(connection, setup, self.clock()))
            for channel in (
                Channel(self.english, "good-stories", "en"),
                Channel(self.dutch, "mooie-verhalen", "nl"),
            ):
                store.write(lambda c, channel=channel: setup_store.put_channel(c, channel, self.clock()))
            store.write(lambda connection: _last_week(connection, self.clock()))

    def close(self) -> None:
        if self.bot is not None:
            self.bot.kill()
        self.sandbox.stop()


def _last_week(connection: Connection, now: datetime) -> None:
    """Somebody read a story last week: with one week alone a digest has no picture."""
    draft = StoryDraft("https://example.com/old", OLD, "It was good.", "en")
    story = stories.add(connection, draft, None, now)
    at = now - timedelta(days=5)
    stories.end(connection, story, [StoryState.QUEUED], StoryState.POSTED, at)
    link = links.mint(connection, "o" * 11, story, None, "x", at)
    connection.execute(
        link_days.insert().values(
            link_id=link.id, day=at.toordinal(), readers=OLD_READERS, repeats=0, previews=0, robots=0, colleagues=0
        )
    )


def free_port() -> int:
    """One that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def company(folder: Path, now: datetime, database_url: str | None = None) -> Iterator[Company]:
    """For the length of a `with`."""
    found = Company(folder, now, database_url)
    with found.site:
        try:
            yield found
        finally:
            found.close()
