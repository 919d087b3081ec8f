"""SQLite: one running bot a file, and short commands beside it. PostgreSQL: several. With real processes."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import manifest
from bot.store.only_one import AnotherRuns, only_one
from tests.conftest import until

ROOT = Path.cwd()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    workspace = Workspace(make_company(12, 1), system_clock)
    workspace.apply_manifest(manifest())
    with Sandbox(workspace) as found:
        yield found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def env(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    return environment(sandbox, f"sqlite:///{tmp_path / 'passalong.db'}")


def environment(sandbox: Sandbox, database: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "PASSALONG_DATABASE_URL": database,
        "PASSALONG_ADMINS": sandbox.workspace.company.admin,
        "PASSALONG_ADMIN_BIND": f"127.0.0.1:{free_port()}",
    }


def passalong(*words: str, env: dict[str, str], cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def running(sandbox: Sandbox, env: dict[str, str], cwd: Path) -> Iterator["subprocess.Popen[str]"]:
    """`passalong run`, connected; killed at the end."""
    before = len(sandbox.socket.connections)
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(
        command, env=env, cwd=cwd, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as run:
        try:
            until(lambda: len(sandbox.socket.connections) > before, 60)
            yield run
        finally:
            run.kill()


def test_a_second_run_on_the_same_file_is_refused_and_short_commands_work_beside_the_first(sandbox, env, tmp_path):
    with running(sandbox, env, tmp_path) as first:
        second = passalong("run", env=env | {"PASSALONG_ADMIN_BIND": f"127.0.0.1:{free_port()}"}, cwd=tmp_path)
        assert second.returncode == 1
        assert f"process {first.pid} on" in second.stderr
        assert "use PostgreSQL" in second.stderr
        assert len(sandbox.socket.connections) == 1, "the first one works on, and the second never connected"
        short = [("migrate",), ("content", "sync"), ("job", "forget")]
        with ThreadPoolExecutor(len(short)) as at_once:
            for done in at_once.map(lambda words: passalong(*words, env=env, cwd=tmp_path), short):
                assert done.returncode == 0, done.stderr
        first.kill()
        first.wait(20)
    # The kernel let go of it: no file has to be removed by hand.
    with only_one(env["PASSALONG_DATABASE_URL"], "the next"):
        pass


def test_two_run_on_one_server(sandbox, fresh_postgres_url, tmp_path):
    one, two = (environment(sandbox, fresh_postgres_url) for _ in range(2))
    with running(sandbox, one, tmp_path), running(sandbox, two, tmp_path):
        assert len(sandbox.socket.connections) == 2


def test_the_lock_knows_the_file_by_any_name(tmp_path):
    file, other = tmp_path / "passalong.db", tmp_path / "other.db"
    file.touch()
    other.symlink_to(file)
    with only_one(f"sqlite:///{file}", "one"):
        with pytest.raises(AnotherRuns, match=r"^one$"), only_one(f"sqlite:///{other}", "two"):
            pass
        with only_one(f"sqlite:///{tmp_path / 'else.db'}", "of another"):
            pass
    with only_one(f"sqlite:///{other}", "two"):
        pass


def test_run_says_that_the_folder_is_not_there(env, tmp_path):
    nowhere = env | {"PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'no' / 'passalong.db'}"}
    done = passalong("run", env=nowhere, cwd=tmp_path)
    assert done.returncode == 1
    assert "Is its folder there" in done.stderr
    assert "Traceback" not in done.stderr
