"""No room for the SQLite file: kind words, a log that says what to do, and all goes on when there is room again."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import event, func, select

from bot.clock import system_clock
from bot.domain.problems import DatabaseTrouble
from bot.domain.setup import Channel
from bot.domain.stories import Placement, StoryDraft
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import manifest
from bot.store import placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Store, opened
from bot.store.migrate import migrate
from bot.store.rows import insert_or_ignore
from bot.store.tables import inbox, keyring, shares
from tests.conftest import until

NO_ROOM = "There is no room for the database"
DISK_FAILS = "The disk of the database fails, or has no room"


class Room:
    """How many pages the file may have, from the next connection on: SQLite's own way of running out of room."""

    def __init__(self, store: Store) -> None:
        self.store, self.most = store, 0
        event.listen(store.engine, "connect", self._limit)

    def _limit(self, connection, _record) -> None:
        if self.most:
            connection.execute(f"PRAGMA max_page_count={self.most}")

    def run_out(self) -> None:
        self.most = self.store.read(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar()) + 2
        self._anew()

    def make(self) -> None:
        self.most = 0
        self._anew()

    def _anew(self) -> None:
        """The limit is a connection's."""
        self.store._forget_writer()
        self.store.engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(f"sqlite:///{tmp_path / 'passalong.db'}")
    migrate(found)
    yield found
    found.close()


def put(connection, name, length):
    return insert_or_ignore(connection, keyring, name=name, value="x" * length)


def test_nobody_hears_that_theirs_went_in_with_a_commit_that_did_not(store):
    """A full disk undoes the whole commit, also the work of those before the one that was too much."""
    room = Room(store)
    room.run_out()
    began, go, answers = Event(), Event(), {}

    def write(name, length):
        try:
            answers[name] = store.write(lambda c: put(c, name, length))
        except DatabaseTrouble as trouble:
            answers[name] = trouble.what_to_do

    def hold(_connection):
        began.set()
        return go.wait(20)

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(store.write, hold)
        assert began.wait(20)
        works = [pool.submit(write, f"small{i}", 1) for i in range(3)]
        until(lambda: len(store._line._waiting) == 3)
        works.append(pool.submit(write, "big", 60_000))
        until(lambda: len(store._line._waiting) == 4)
        works += [pool.submit(write, f"late{i}", 1) for i in range(2)]
        until(lambda: len(store._line._waiting) == 6)
        go.set()
        for work in [first, *works]:
            work.result(30)
    names = store.read(lambda c: set(c.execute(select(keyring.c.name)).scalars())) - {"people"}
    went_in = {name for name, answer in answers.items() if answer is True}
    assert names == went_in
    assert str(answers["big"]).startswith(NO_ROOM)
    room.make()
    for name in ("small0", "big"):
        write(name, 60_000 if name == "big" else 1)
    assert answers["big"] is True
    assert store.health.ill is None


def test_it_says_so_once_and_that_it_is_over_only_when_it_is(store, caplog):
    room = Room(store)
    room.run_out()
    for _ in range(5):
        with pytest.raises(DatabaseTrouble):
            store.write(lambda c: put(c, "big", 60_000))
        # What changes nothing finds room always: the jobs do so every second.
        store.write(lambda c: c.execute(keyring.update().where(keyring.c.name == "nobody").values(value="x")))
    assert [record.getMessage()[:33] for record in caplog.records] == [NO_ROOM]
    room.make()
    store.write(lambda c: put(c, "big", 60_000))
    assert caplog.records[-1].getMessage().startswith("The database works again")


# --- a real process on a real file that may not grow


class Shifted:
    """Our clock is the machine's, some time later."""

    def __init__(self) -> None:
        self.later = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self.later


@pytest.fixture
def shifted() -> Shifted:
    return Shifted()


@pytest.fixture
def running(tmp_path: Path, shifted: Shifted) -> Iterator[tuple[Sandbox, "subprocess.Popen[str]", Store, list[str]]]:
    """`passalong run`, with a story that stands in a channel."""
    workspace = Workspace(make_company(20, 1), shifted)
    workspace.apply_manifest(manifest())
    url = f"sqlite:///{tmp_path / 'passalong.db'}"
    lines: list[str] = []
    with Sandbox(workspace, real_time=False) as sandbox:
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path.cwd()),
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "PASSALONG_DATABASE_URL": url,
            "PASSALONG_ADMINS": workspace.company.admin,
            "PASSALONG_ADMIN_BIND": "127.0.0.1:0",
        }
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(command, env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as run:
            reading = Thread(target=lambda: lines.extend(run.stderr))
            reading.start()
            try:
                until(lambda: any("is up in" in line for line in lines), 60)
                with opened(url) as ours:
                    yield sandbox, run, ours, lines
            finally:
                run.kill()
                reading.join(20)


def test_a_real_disk_full_while_it_runs(running, shifted):
    sandbox, run, store, lines = running
    company, channel = sandbox.workspace.company, sandbox.workspace.company.rooms[0].id
    ts = a_story_stands(sandbox, store, channel)
    people = [p.id for p in company.staff if p.id in sandbox.workspace.channels[channel].members and p.guest is None][
        :6
    ]
    # Not one byte may be written to any file: what a full disk does, to this process alone.
    resource.prlimit(run.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    sandbox.socket.ack_seconds = 0.5
    for person in people:
        sandbox.acts.react(person, channel, ts, "mega")
    sandbox.socket.ack_seconds = 10
    assert sandbox.acts.command(company.admin, channel, "/passalong pause").acked
    assert "geheugen" in sandbox.acts.ephemerals(company.admin)[-1]["text"]
    until(sandbox.idle, 30)
    assert any(DISK_FAILS in line for line in lines)
    assert store.read(lambda c: c.execute(select(func.count()).select_from(inbox)).scalar()) == 0
    resource.prlimit(run.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    shifted.later += timedelta(seconds=61)
    sandbox.pump()
    count = select(func.count()).select_from(shares).where(shares.c.said_at.is_not(None))
    until(lambda: store.read(lambda c: c.execute(count).scalar()) == len(people), 60)
    assert sandbox.acts.command(company.admin, channel, "/passalong pause").acked
    assert store.read(setup_store.load_setup).paused
    assert run.poll() is None, "all without a restart"
    assert not any("Traceback" in line for line in lines)


def a_story_stands(sandbox, store, channel):
    """As if it had been posted yesterday."""
    now = system_clock()
    draft = StoryDraft(
        link="https://example.com/reef", title="The reef", sentence="Wet.", language="en", channels=(channel,)
    )

    def work(c):
        setup_store.put_channel(c, Channel(channel, "good-stories", "en"), now)
        story = stories.add(c, draft, None, now)
        placements.add(c, Placement(story, channel, ts, now))

    message = sandbox.workspace.add_message(channel, {"user": sandbox.workspace.bot_user, "text": "The reef"})
    ts = message["ts"]
    store.write(work)
    return ts
