"""The commands as an admin runs them: real processes against a workspace."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import SCOPES, manifest
from tests.conftest import until


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    workspace = Workspace(make_company(40, 1), system_clock)
    workspace.apply_manifest(manifest())
    with Sandbox(workspace) as found:
        yield found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def env(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}",
        "PASSALONG_ADMINS": sandbox.workspace.company.admin,
        "PASSALONG_ADMIN_BIND": f"127.0.0.1:{free_port()}",
    }


def passalong(*words: str, env: dict[str, str], cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", *words]
    path = {"PYTHONPATH": str(Path.cwd())}
    return subprocess.run(command, env=env | path, cwd=cwd, capture_output=True, text=True, timeout=60)


def test_manifest_is_json_from_any_folder(tmp_path):
    done = passalong("manifest", env={}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == manifest()


def test_migrate_twice(env, tmp_path):
    for _ in range(2):
        done = passalong("migrate", env=env, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done.stderr


def test_run_says_what_is_missing(tmp_path):
    done = passalong("run", env={}, cwd=tmp_path)
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_run_with_a_wrong_token(env, tmp_path):
    done = passalong("run", env=env | {"SLACK_BOT_TOKEN": "xoxb-wrong"}, cwd=tmp_path)
    assert done.returncode == 1
    assert "Slack refused the tokens (invalid_auth)" in done.stderr
    assert "xoxb-wrong" not in done.stderr + done.stdout


def test_doctor_before_the_first_start(env, tmp_path):
    done = passalong("doctor", env=env, cwd=tmp_path)
    assert done.returncode == 1
    assert "✗ the database is not there yet" in done.stdout
    assert "✓ the bot token works" in done.stdout
    assert "✓ the app token works" in done.stdout


def test_doctor_names_the_scope_that_is_missing(env, tmp_path, sandbox):
    sandbox.workspace.granted_scopes = set(SCOPES) - {"reactions:read"}
    done = passalong("doctor", env=env, cwd=tmp_path)
    assert "✗ the bot token misses scopes: reactions:read" in done.stdout


def test_doctor_never_prints_a_secret(env, tmp_path):
    wrong = env | {"SLACK_BOT_TOKEN": "xoxb-secret", "PASSALONG_DATABASE_URL": "postgresql://u:pass-word@127.0.0.1:1/x"}
    done = passalong("doctor", env=wrong, cwd=tmp_path)
    assert "✗ SLACK_BOT_TOKEN: Slack says invalid_auth" in done.stdout
    assert "does not answer" in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert "pass-word" not in done.stdout + done.stderr


def test_a_setting_that_cannot_be_read(env, tmp_path):
    done = passalong("run", env=env | {"PASSALONG_ADMIN_BIND": "nine"}, cwd=tmp_path)
    assert "PASSALONG_ADMIN_BIND: write an address and a port, such as 127.0.0.1:9090" in done.stderr


def test_run_answers_on_the_admin_port_and_leaves_when_told(env, tmp_path, sandbox):
    command = [sys.executable, "-m", "bot", "run"]
    log = (tmp_path / "log").open("w+")
    path = {"PYTHONPATH": str(Path.cwd()), "PASSALONG_LOG_FORMAT": "json"}
    process = subprocess.Popen(command, env=env | path, cwd=tmp_path, stdout=log, stderr=log)
    try:
        ready = f"http://{env['PASSALONG_ADMIN_BIND']}/readyz"
        until(lambda: _answers(ready), 20)
        with urllib.request.urlopen(ready, timeout=5) as answer:
            assert json.load(answer) == {"slack": True, "token": True, "database": True, "inbox": True}
        done = passalong("health", env=env, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "ok\n")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        log.seek(0)
        lines = log.read()
        log.close()
    assert process.returncode == 0, lines
    messages = [json.loads(line)["message"] for line in lines.splitlines()]
    assert messages[-1] == "Goodbye"
    assert env["SLACK_BOT_TOKEN"] not in lines


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-…"}, "SLACK_BOT_TOKEN: this is not a token"),
        ({"PASSALONG_DATABASE_URL": "rubbish"}, "PASSALONG_DATABASE_URL: write sqlite:///"),
        ({"PASSALONG_DATABASE_URL": "mysql://x"}, "PASSALONG_DATABASE_URL: write sqlite:///"),
        ({"PASSALONG_DATABASE_URL": "sqlite:////not/there/x.db"}, "The database file cannot be opened"),
        ({"PASSALONG_DATABASE_URL": "postgresql://u:pass-word@127.0.0.1:1/x"}, "The database server does not answer"),
        ({"PASSALONG_ADMINS": "@sander"}, "PASSALONG_ADMINS: write Slack member ids"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(env, tmp_path, setting, said):
    done = passalong("run", env=env | setting, cwd=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "pass-word" not in done.stderr


def test_a_job_by_hand_says_nothing_of_libraries(env, tmp_path):
    done = passalong("job", "deliver", env=env, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_doctor_says_who_can_read_the_database(env, tmp_path):
    passalong("migrate", env=env, cwd=tmp_path)
    assert "others on this machine" not in passalong("doctor", env=env, cwd=tmp_path).stdout
    (tmp_path / "passalong.db").chmod(0o644)
    assert (
        "others on this machine can read the database\n  → `chmod 600"
        in passalong("doctor", env=env, cwd=tmp_path).stdout
    )


def test_doctor_of_a_file_that_is_no_database(env, tmp_path):
    (tmp_path / "passalong.db").write_text("not a database, but long enough to be taken for one" * 100)
    done = passalong("doctor", env=env, cwd=tmp_path)
    assert "The database file is damaged, or is not a database" in done.stdout
    assert "✓ the database answers" not in done.stdout


def test_a_company_need_only_write_what_it_changes(env, tmp_path):
    story = Path("content/stories/the-school-cellar.md").read_text()
    (tmp_path / "own" / "stories").mkdir(parents=True)
    (tmp_path / "own" / "stories" / "mine.md").write_text(story)
    done = passalong("content", "load", env=env | {"PASSALONG_CONTENT_DIR": str(tmp_path / "own")}, cwd=tmp_path)
    assert done.stdout.startswith("- mine: no channel or no slot for it yet")
    done = passalong("digest", "--preview", env=env | {"PASSALONG_CONTENT_DIR": str(tmp_path / "own")}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_content_is_checked_and_nothing_of_a_trial_stays(env, tmp_path):
    own = tmp_path / "own"
    (own / "stories").mkdir(parents=True)
    (own / "stories" / "mine.md").write_text(Path("content/stories/the-school-cellar.md").read_text())
    mine = env | {"PASSALONG_CONTENT_DIR": str(own)}
    checked = passalong("content", "check", env=mine, cwd=tmp_path)
    assert (checked.returncode, checked.stdout.splitlines()[0]) == (0, "✓ stories: 1"), checked.stderr
    (own / "stories" / "bad.md").write_text("---\ntitel: A\n---\n")
    checked = passalong("content", "check", str(own), env=env, cwd=tmp_path)
    assert checked.returncode == 1
    assert 'stories/bad.md:2: "titel" is not known. Did you mean "title"?' in checked.stderr
    synced = passalong("content", "sync", "--dry-run", "--overwrite", "yours", env=mine, cwd=tmp_path)
    assert "There is no file for --overwrite yours." in synced.stderr


def test_an_admin_port_that_is_taken(env, tmp_path):
    host, _, port = env["PASSALONG_ADMIN_BIND"].partition(":")
    with socket.create_server((host, int(port))):
        done = passalong("run", env=env, cwd=tmp_path)
    assert done.returncode == 1
    assert f"{host}:{port} is taken. Choose another PASSALONG_ADMIN_BIND." in done.stderr
    assert "Traceback" not in done.stderr
