"""SIGTERM: nothing new is taken, what is in hand is finished, and what cannot be finished is taken up by the next."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from bot.clock import system_clock
from bot.compose import build
from bot.domain.setup import Setup
from bot.store import setup as setup_store
from bot.store.engine import opened
from bot.store.migrate import migrate
from tests.cli.test_commands import env, sandbox
from tests.conftest import until
from tests.slack.passing_along import Company

__all__ = ["env", "sandbox"]


def test_who_waits_for_an_answer_still_gets_it(stand):
    company = Company(stand)
    stand.sandbox.faults.answer("users.info", "timeout", retry_after=1)
    outcomes, before = [], asked_who(stand)
    person = company.staff[7].id

    def ask() -> None:
        outcomes.append(stand.acts.command(person, company.english, "/passalong help"))

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: asked_who(stand) > before)
    assert stand.house.close()
    asking.join(10)
    assert outcomes[0].acked
    assert "/passalong" in str(outcomes[0].payload)


def asked_who(stand):
    return sum(1 for entry in stand.workspace.log if entry.name == "users.info")


def test_what_was_just_being_sent_is_taken_up_and_stands_once(stand):
    Company(stand)
    stand.house.runner.start()
    stand.sandbox.faults.answer("chat.postMessage", "timeout", times=9, retry_after=2)
    general = stand.company.rooms[2].id
    stand.acts.invite_bot(general, stand.company.admin)
    until(lambda: introductions(stand, general), 20)
    assert not stand.house.close(seconds=0.2)
    stand.clock.step(minutes=5)
    stand.house = build(stand.settings, clock=stand.clock)
    stand.house.open()
    stand.work()
    assert introductions(stand, general) == 1


def introductions(stand, channel):
    return sum(1 for m in stand.workspace.channels[channel].messages.values() if m.get("bot_id"))


def test_a_process_leaves_within_ten_seconds_whatever_slack_does(env, sandbox, tmp_path):
    """Slack keeps an answer back for half a minute; the message was sent, and the next one finds it."""
    sandbox.faults.answer("chat.postMessage", "timeout", times=9, retry_after=30)
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        migrate(store)
        store.write(lambda c: setup_store.save_setup(c, Setup(company="Veldkamp"), system_clock()))
    with (tmp_path / "log").open("w+") as log:
        path = {"PYTHONPATH": str(Path.cwd())}
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=env | path, cwd=tmp_path, stderr=log)
        try:
            until(lambda: said_something(sandbox.workspace), 30)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.wait()
        assert "the next start takes it up" in (tmp_path / "log").read_text()


def said_something(workspace):
    return any(m.get("bot_id") for channel in workspace.channels.values() for m in channel.messages.values())
