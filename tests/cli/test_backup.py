"""Export, import, backup and restore as an admin runs them, also of a bot that is busy, and of one that is killed."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from bot.cli import main
from bot.clock import system_clock
from bot.domain.captions import Caption
from bot.domain.deliveries import Owed
from bot.domain.people import Profile, Standing
from bot.domain.stories import StoryDraft
from bot.store import deliveries, keys, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Store, opened
from bot.store.import_all import import_all
from bot.store.migrate import migrate
from bot.store.tables import deliveries as delivery_rows
from bot.store.tables import reactions, shares
from tests.cli.test_commands import free_port, passalong
from tests.conftest import MONDAY, Stand, SteppingClock, until
from tests.slack.passing_along import Company


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A command in the folder of the database; in this process, as starting one takes longer than the work."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSALONG_DATABASE_URL", "sqlite:///passalong.db")
    return lambda *words, **setting: CliRunner().invoke(main, words, env=setting)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    with opened(f"sqlite:///{tmp_path / 'passalong.db'}") as store:
        migrate(store)
        store.write(lambda c: people.add(c, Profile("U1", "T1", "Anna"), MONDAY))
        yield store


def names(file: Path) -> list[str]:
    with opened(f"sqlite:///{file}") as store:
        return list(store.read(lambda c: [people.by_id(c, n).name for n in (1, 2) if people.by_id(c, n)]))


@pytest.mark.usefixtures("filled")
def test_export_and_import(run, tmp_path):
    done = run("export", "all.zip")
    assert done.exit_code == 0, done.output
    assert "Only you can read the file now" in done.stdout
    assert stat.S_IMODE((tmp_path / "all.zip").stat().st_mode) == 0o600
    again = run("export", "all.zip")
    assert again.exit_code == 1
    assert again.stderr == "Error: all.zip is there already. Choose another name, or delete it first.\n"
    there = {"PASSALONG_DATABASE_URL": "sqlite:///there.db"}
    done = run("import", "all.zip", **there)
    assert done.exit_code == 0, done.output
    assert "Delete all.zip now" in done.stdout
    assert names(tmp_path / "there.db") == ["Anna"]
    again = run("import", "all.zip", **there)
    assert again.exit_code == 1
    assert again.stderr.startswith("Error: The database has something in it already (")
    assert [path.name for path in tmp_path.glob(".*")] == [], "nothing unfinished is left"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "setting", "said"),
    [
        (("export", "x.zip"), "sqlite:///nothing.db", "There is no database yet."),
        (("backup", "x.db"), "sqlite:///nothing.db", "There is no database yet."),
        (("export", "not/there.zip"), None, "not/there.zip cannot be written"),
        (("backup", "x.db"), "postgresql://h/x", "use its own tool, pg_dump"),
        (("restore", "passalong.db"), "postgresql://h/x", "the server's own tool (pg_restore)"),
        (("restore", "rubbish"), None, "rubbish is not a database"),
        (("import", "rubbish"), "sqlite:///new.db", "This is no whole export of Passalong"),
    ],
)
def test_one_clear_line(run, tmp_path, words, setting, said):
    (tmp_path / "rubbish").write_text("rubbish" * 1000)
    done = run(*words, **({"PASSALONG_DATABASE_URL": setting} if setting else {}))
    assert done.exit_code == 1
    assert said in done.stderr
    assert names(tmp_path / "passalong.db") == ["Anna"]


def test_what_is_due_since_the_backup_does_not_go_out_by_itself(run, tmp_path, filled):
    due = system_clock() - timedelta(hours=1)
    draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", (Caption(None, "en", "One"),), due_at=due)
    filled.write(lambda c: stories.add(c, draft, None, MONDAY))
    filled.write(lambda c: deliveries.owe(c, Owed("notice", "now", "C1"), due))
    filled.write(lambda c: deliveries.owe(c, Owed("notice", "later", "C1", not_before=due + timedelta(days=9)), due))
    assert run("backup", "then.db").exit_code == 0
    filled.write(lambda c: people.add(c, Profile("U2", "T1", "Later"), MONDAY))
    filled.close()
    done = run("restore", "then.db")
    assert done.exit_code == 0, done.output
    assert "Due since then: Reef" in done.stdout
    assert names(tmp_path / "passalong.db") == ["Anna"]
    [aside] = tmp_path.glob("passalong.db.*.old")
    assert names(aside) == ["Anna", "Later"]
    with opened(f"sqlite:///{tmp_path / 'passalong.db'}") as store:
        assert store.read(setup_store.load_setup).paused
        query = select(delivery_rows.c.key, delivery_rows.c.is_uncertain, delivery_rows.c.begun_at)
        found = {key: (doubt, at) for key, doubt, at in store.read(lambda c: c.execute(query).all())}
    assert found == {"now": (True, due), "later": (False, None)}, "what was due is looked for before it is sent"


def test_who_left_or_was_deleted_since_the_backup_stays_so(run, tmp_path, filled):
    users = [Profile(f"U{number}", "T1", "Name") for number in (2, 3)]
    filled.write(lambda c: people.add(c, users[0], MONDAY))
    assert run("backup", "then.db").exit_code == 0

    def work(connection):
        for user, standing in (("U2", Standing.OUT), ("U3", Standing.OUT)):
            person = people.by_user(connection, user) or people.add(connection, users[1], MONDAY)
            people.set_standing(connection, person.id, standing)
        keys.remember_forgotten(connection, "U1", MONDAY)
        people.remove(connection, 1)

    filled.write(work)
    filled.close()
    done = run("restore", "then.db")
    assert done.exit_code == 0, done.output
    with opened(f"sqlite:///{tmp_path / 'passalong.db'}") as store:
        assert store.read(lambda c: people.by_user(c, "U1")) is None, "deleted, and deleted again"
        assert store.read(lambda c: people.by_user(c, "U2")).standing is Standing.OUT
        assert store.read(lambda c: [keys.is_forgotten(c, f"U{n}") for n in (1, 2, 3)]) == [True, False, True]
    (tmp_path / "passalong.db").write_bytes(b"a disk that died")
    assert "What was there cannot be read." in run("restore", "then.db").stdout


def test_a_newer_version_was_here(run, filled):
    filled.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    done = run("migrate")
    assert done.exit_code == 1
    assert "A newer Passalong has been at this database." in done.stderr


class Bot:
    """`passalong run` on the stand's workspace and database."""

    def __init__(self, stand: Stand, folder: Path) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": stand.sandbox.bot_token,
            "SLACK_APP_TOKEN": stand.sandbox.app_token,
            "SLACK_API_URL": stand.sandbox.api_url,
            "PASSALONG_DATABASE_URL": stand.settings.database_url,
            "PASSALONG_ADMIN_BIND": f"127.0.0.1:{free_port()}",
        }
        self.stand = stand

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        env = self.env | {"PYTHONPATH": str(Path.cwd())}
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=env, stdout=log, stderr=log)
        try:
            until(lambda: bool(self.stand.sandbox.socket.connections) or process.poll() is not None, 60)
            assert process.poll() is None, (self.folder / "log").read_text()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    def count(self, table: Any) -> int:
        with opened(self.env["PASSALONG_DATABASE_URL"]) as store:
            return int(store.read(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one()))


def test_a_busy_bot_is_backed_up_killed_and_restored(tmp_path):
    stand = Stand(tmp_path, SteppingClock(system_clock()))
    company = Company(stand)
    company.story("Reef")
    known = [company.pass_along(number, "Reef") for number in range(12)]
    [message] = [m for m in stand.acts.messages(known[0], company.english) if "Reef" in m["text"]]
    for user in known:
        assert stand.acts.unreact(user, company.english, message["ts"], "mega").acked
    stand.settle()
    stand.house.close()
    until(lambda: not stand.sandbox.socket.connections)
    bot = Bot(stand, tmp_path)
    with bot.running() as process, ThreadPoolExecutor(2) as aside:
        backup = aside.submit(passalong, "backup", "busy.db", env=bot.env, cwd=tmp_path)
        export = aside.submit(passalong, "export", "busy.zip", env=bot.env, cwd=tmp_path)
        for user in known:
            assert stand.acts.react(user, company.english, message["ts"], "mega").acked
        for done in (backup.result(), export.result()):
            assert done.returncode == 0, done.stderr
        process.kill()
        process.wait(30)
    until(lambda: not stand.sandbox.socket.connections, 30)
    assert bot.count(shares) == 12, "all that was acknowledged before it was killed"
    with opened(f"sqlite:///{tmp_path / 'elsewhere.db'}") as store, (tmp_path / "busy.zip").open("rb") as file:
        import_all(store, file, lambda _: None)
        assert len(store.read(lambda c: c.execute(select(reactions)).all())) == 12
    (tmp_path / "passalong.db").write_bytes(b"a disk that died")
    assert passalong("restore", "busy.db", env=bot.env, cwd=tmp_path).returncode == 0
    assert bot.count(reactions) == 12, "also those taken away are kept, as marks"
    with bot.running():
        refused = passalong("restore", "busy.db", env=bot.env, cwd=tmp_path)
        assert refused.returncode == 1
        until(lambda: bot.count(shares) == 12, 60)
    assert len([m for m in stand.acts.messages(known[0], company.english) if "Reef" in m["text"]]) == 1
    stand.sandbox.stop()
