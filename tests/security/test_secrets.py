"""Secrets are in no log, no error and no answer of any command; names and texts of people are in no log."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.cli import main
from bot.config import BadSetting, Settings, read_settings, secrets_in
from bot.log import JsonLines, Lines, discreet
from bot.sandbox import Sandbox, Workspace, make_company
from bot.slack.manifest import manifest
from bot.store.engine import opened
from bot.store.keys import is_forgotten
from bot.store.tables import keyring
from tests.conftest import SteppingClock, until

PASSWORD = "h0rse-battery$taple"
AWAY = f"postgresql://passalong:{PASSWORD}@127.0.0.1:9/passalong"


class Echo:
    """Something between us and Slack that answers everything with all it was sent."""

    def __init__(self, status: int = 500, body: str = "{}") -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                said = f"{self.headers['Authorization']} {sent}"
                text = body.replace("SAID", json.dumps(said)[1:-1]).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, format: str, *args: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> str:
        self._thread.start()
        return self.url

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass
class Machine:
    """A workspace, and the environment of somebody who runs the bot on it."""

    sandbox: Sandbox
    folder: Path
    heard: list[str] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self.sandbox.bot_token,
            "SLACK_APP_TOKEN": self.sandbox.app_token,
            "SLACK_API_URL": self.sandbox.api_url,
            "PASSALONG_DATABASE_URL": f"sqlite:///{self.folder / 'p.db'}",
            "PASSALONG_ADMINS": self.sandbox.workspace.company.admin,
            "PASSALONG_ADMIN_BIND": "127.0.0.1:0",
            "PASSALONG_LOG_LEVEL": "DEBUG",
        }

    def say(self, *words: str, **changed: str) -> str:
        """A command, in this process; no error of Python comes out of it."""
        result = CliRunner().invoke(main, words, env={**self.env, **changed})
        assert "Traceback" not in result.output, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        self.heard.append(result.output)
        return result.output

    def secrets(self) -> set[str]:
        tokens = {self.sandbox.bot_token, self.sandbox.app_token}
        parts = {token.split("-", 1)[1] for token in tokens}
        return tokens | parts | {PASSWORD, "h0rse-battery%24taple", "h0rse"}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(make_company(12, 1), SteppingClock())
    workspace.apply_manifest(manifest())
    # As long as Slack's own, so that looking for them finds them and nothing else.
    workspace.bot_token, workspace.app_token = f"xoxb-1234567890-{'aB3' * 8}", f"xapp-1-A012-{'dE5' * 8}"
    with Sandbox(workspace) as sandbox:
        yield Machine(sandbox, tmp_path)


def leaks(machine: Machine, text: str) -> list[str]:
    return [secret for secret in machine.secrets() if secret in text]


def test_commands_that_work_and_commands_that_fail(machine: Machine) -> None:
    for words in (["migrate"], ["doctor"], ["status"], ["status", "--json"], ["manifest"], ["job", "deliver"]):
        machine.say(*words)
    machine.say("digest", "--preview")
    machine.say("content", "sync")
    for changed in (
        {"SLACK_BOT_TOKEN": machine.sandbox.bot_token + "X"},
        {"SLACK_APP_TOKEN": machine.sandbox.bot_token, "SLACK_BOT_TOKEN": machine.sandbox.app_token},
        {"SLACK_API_URL": "http://127.0.0.1:9/api/"},
        {"PASSALONG_DATABASE_URL": AWAY},
        {"PASSALONG_DATABASE_URL": AWAY.replace("$", "%24")},
        {"PASSALONG_DATABASE_URL": "postgresql://u:h0rse/battery@127.0.0.1/p"},
        {"PASSALONG_DATABASE_URL": "postgresql://u:h0rse@battery@127.0.0.1/p"},
        {"PASSALONG_DATABASE_URL": f"mysql://u:{PASSWORD}@db/p"},
        {"SLACK_BOT_TOKEN": f"{machine.sandbox.bot_token} {machine.sandbox.app_token}"},
    ):
        for words in (["doctor"], ["status"], ["job", "deliver"], ["migrate"], ["run"]):
            if words == ["run"] and not {"PASSALONG_DATABASE_URL", "SLACK_API_URL"} & set(changed):
                continue  # with tokens alone it would stay up; that one runs as a process below
            machine.say(*words, **changed)
    assert leaks(machine, "\n".join(machine.heard)) == []


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, "<html>you sent SAID</html>"), (200, "SAID"), (200, '{"ok": false, "error": "SAID"}'), (403, "[1]")],
)
def test_slack_or_a_proxy_repeats_what_we_sent(machine: Machine, status: int, body: str) -> None:
    with Echo(status, body) as url:
        for words in (["doctor"], ["job", "roles"], ["job", "deliver"]):
            machine.say(*words, SLACK_API_URL=url)
    assert leaks(machine, "\n".join(machine.heard)) == []


def test_a_bot_at_work_and_in_trouble(machine: Machine) -> None:
    """The real process, at DEBUG, through good and bad moments; everything it wrote is searched."""
    colleague = machine.sandbox.workspace.company.staff[7]
    changed = replace(machine.sandbox.workspace.people[colleague.id], real_name="Wilhelmina Achterberg")
    machine.sandbox.workspace.people[colleague.id] = changed
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env={**os.environ, **machine.env, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=machine.folder,
    )
    try:
        _live(machine, colleague.id)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert "Passalong is up" in said
    assert "Goodbye" in said or "Not all was finished" in said
    assert leaks(machine, said) == []
    for private in ("Achterberg", "whisper this to nobody", colleague.id, machine.sandbox.workspace.company.admin):
        assert private not in said, private


def _live(machine: Machine, colleague: str) -> None:
    sandbox, workspace = machine.sandbox, machine.sandbox.workspace
    until(lambda: bool(sandbox.socket.connections), seconds=60)
    admin = workspace.company.admin
    sandbox.acts.command(admin, "C0GENERAL", "/passalong help")
    sandbox.acts.command(colleague, "C0GENERAL", "/passalong queue whisper this to nobody")
    sandbox.acts.command(admin, "C0GENERAL", "/passalong edit whisper this to nobody")
    sandbox.acts.open_home(colleague)
    sandbox.faults.answer("views.open", "server_error")
    sandbox.acts.command(admin, "C0GENERAL", "/passalong setup")
    sandbox.faults.answer("views.publish", "html")
    sandbox.acts.open_home(colleague)
    payload = _unknown_button(machine, colleague)
    sandbox.socket.request("interactive", payload)
    workspace.token_revoked = True
    sandbox.acts.open_home(admin)
    time.sleep(0.5)


def _unknown_button(machine: Machine, user: str) -> Any:
    home = machine.sandbox.workspace.make_view(user, {"type": "home", "blocks": []})
    action = {"type": "button", "action_id": "nobody_knows", "block_id": "b", "value": "whisper this to nobody"}
    return json.loads(json.dumps(machine.sandbox.interactions.press_in_view(user, home, action)))


def test_what_the_bot_holds_says_nothing_of_itself(machine: Machine) -> None:
    settings = read_settings({**machine.env, "PASSALONG_DATABASE_URL": AWAY})
    assert leaks(machine, f"{settings!r} {settings}") == []
    assert PASSWORD in settings.database_url
    assert isinstance(settings, Settings)


def test_settings_that_are_refused_are_not_repeated() -> None:
    for address in (f"mysql://u:{PASSWORD}@h/d", f"postgresql://u:{PASSWORD}@h:port/d", "postgresql://u:h0rse#x@h/d"):
        with pytest.raises(BadSetting) as caught:
            read_settings({"PASSALONG_DATABASE_URL": address})
        assert "h0rse" not in str(caught.value)
        assert "%40" in str(caught.value) or "postgresql://user:password" in str(caught.value)


@pytest.mark.parametrize("formatter", [Lines, JsonLines])
def test_a_line_of_the_log_hides_what_is_secret(formatter: type[Lines]) -> None:
    secrets = secrets_in({"PASSALONG_DATABASE_URL": AWAY, "SLACK_BOT_TOKEN": "xoxb-1-no-one-knows"})
    lines = formatter(secrets=secrets)
    private = f"no: {AWAY} xapp-1-A0-tell-nobody\nDETAIL: Key (name)=(Anna)\nCONTEXT: $1 = 'Anna'"
    try:
        raise ValueError(private)
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "%s and %s", ("xoxb-1-no-one-knows", PASSWORD), sys.exc_info()
        )
    said = lines.format(record)
    assert not [piece for piece in (PASSWORD, "no-one-knows", "tell-nobody", "Anna") if piece in said]


@pytest.mark.parametrize("formatter", [Lines, JsonLines])
def test_a_text_with_line_ends_forges_no_line(formatter: type[Lines]) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", ("one\n2026-01-01 ERROR forged\x1b[2J\u2028",), None)
    said = formatter().format(record)
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_tokens_are_known_by_their_shape() -> None:
    assert discreet("xoxb-12-ab_cd-EF xapp-1-A0-9f xoxe.xoxp-1-Zz12 boxb-1") == "xoxb-… xapp-… xoxe.xoxp-… boxb-1"


def test_an_unexpected_error_of_a_command_hides_them_too(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no database: whatever is raised then, the address is not in it."""
    said = machine.say("status", PASSALONG_DATABASE_URL=f"sqlite:///{machine.folder}")
    assert str(machine.folder) not in said


def test_the_keys_of_hashes_stay_where_they_are(machine: Machine) -> None:
    machine.say("migrate")
    with opened(machine.env["PASSALONG_DATABASE_URL"]) as store:
        store.write(lambda connection: is_forgotten(connection, "U0ANYBODY"))
        keys = store.read(lambda connection: list(connection.scalars(select(keyring.c.value))))
    for words in (["doctor"], ["status"], ["status", "--json"], ["job", "deliver"]):
        machine.say(*words)
    said = "\n".join(machine.heard)
    assert keys
    assert not [key for key in keys if key in said]
