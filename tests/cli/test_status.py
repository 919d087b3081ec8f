"""`passalong status` and what `passalong doctor` says of a running bot, from the database alone."""

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.mending import span
from bot.clock import system_clock
from bot.domain.captions import Caption
from bot.domain.copies import PATIENCE
from bot.domain.deliveries import Owed
from bot.domain.happenings import HomeOpened
from bot.domain.job_runs import JobRun
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.store import copies, deliveries, inbox, job_runs, stories
from bot.store import setup as setup_store
from bot.store.engine import opened
from bot.store.migrate import migrate

MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSALONG_DATABASE_URL", f"sqlite:///{tmp_path / 'passalong.db'}")
    for token in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(token, raising=False)
    return tmp_path


@pytest.fixture
def database(folder):
    with opened(f"sqlite:///{folder / 'passalong.db'}") as store:
        migrate(store)
        yield store


@pytest.fixture
def running(database):
    """A bot that has run for an hour, and works."""
    now = system_clock()

    def work(connection):
        copies.beat(connection, "vm-1", "0.1.0", now - 60 * MINUTE, now)
        copies.hello(connection, "vm-1", 1, now - 60 * MINUTE)
        job_runs.note(connection, [JobRun("deliver", 1, "vm-1", now, now), JobRun("roles", 300, "vm-1", now, now)])

    database.write(work)
    return database


def status(*more):
    return CliRunner().invoke(main, ["status", *more])


def as_json():
    done = status("--json")
    return done.exit_code, json.loads(done.output)


def owe(store, key, ago=0 * MINUTE, target="C1"):
    store.write(lambda c: deliveries.owe(c, Owed("notice", key, target), system_clock() - ago))


def test_where_there_is_no_database(folder):
    done = status()
    assert done.exit_code == 1
    assert done.output.startswith("Error: There is no database yet. Look at PASSALONG_DATABASE_URL")
    assert list(folder.iterdir()) == [], "looking makes nothing"


def test_where_it_has_an_older_shape(folder):
    (folder / "passalong.db").touch()
    done = status()
    assert done.exit_code == 1
    assert "`passalong migrate`" in done.output


def test_where_nobody_runs(database):
    done = status()
    assert done.exit_code == 1
    assert "✗ nobody runs\n  → Start it: `passalong run`." in done.output


def test_all_is_well(running):
    owe(running, "one")
    done = status()
    assert done.exit_code == 0, done.output
    assert "connections that Slack counted: 1" in done.output
    assert "messages: notice" in done.output
    assert "no story in the queue" in done.output
    assert "✓ Nothing is stuck." in done.output
    code, found = as_json()
    assert code == 0
    assert found["deliveries"]["due"] == {"notice": 1}
    assert found["deliveries"]["states"] == {"waiting": 1}
    assert [copy["is_live"] for copy in found["copies"]] == [True]
    assert found["jobs"]["deliver"]["error"] is None
    assert found["to_mend"] == []


def test_what_comes_next(running):
    due = system_clock() + timedelta(days=1)

    def work(connection):
        setup_store.put_channel(connection, Channel("C1", "good-stories", "en"), due)
        captions = (Caption(None, "en", "One"),)
        for number in range(7):
            draft = StoryDraft(
                f"https://example.com/{number}",
                f"Story [bold]{number}",
                "Good.",
                "en",
                captions,
                channels=("C1",),
                due_at=due + number * MINUTE,
            )
            stories.add(connection, draft, None, due)

    running.write(work)
    text = status().output
    assert "Story [bold]0" in text, "what people wrote is shown as it is"
    assert "#good-stories" in text
    assert "Story [bold]4" in text
    assert "Story [bold]5" not in text
    assert "and 2 more in the queue" in text
    assert "the weekly digest" in text
    _, found = as_json()
    assert len(found["queue"]) == 7
    assert found["queue"][0]["channels"] == ["good-stories"]


def test_what_is_stuck_and_what_to_do(running):
    owe(running, "one", 20 * MINUTE)
    [held] = running.write(lambda c: deliveries.claim(c, "vm-1", system_clock()))
    running.write(lambda c: deliveries.put_back(c, held, system_clock(), "ratelimited", uncertain=False))
    old = system_clock() - 30 * MINUTE
    running.write(lambda c: job_runs.note(c, [JobRun("digest", 60, "vm-1", old, old, "OperationalError")]))
    done = status()
    assert done.exit_code == 1
    assert "✗ 1 message, stuck for 20 min\n  → The last answer was: ratelimited." in done.output
    assert "✗ the job digest, stuck for 29 min" in done.output
    assert "failed: OperationalError" in done.output
    assert [mend["what"] for mend in as_json()[1]["to_mend"]] == [
        "1 message, stuck for 20 min",
        "the job digest, stuck for 29 min",
    ]


def test_events_that_nobody_could_handle_say_why(running):
    running.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), system_clock() - 20 * MINUTE))
    assert "✗ 1 event in the inbox, stuck for 20 min\n  → The log says why, at “The job inbox”." in status().output
    row = running.write(lambda c: inbox.take(c, system_clock()))
    running.write(lambda c: inbox.try_again(c, row, system_clock(), "no answer"))
    assert "✗ 1 event in the inbox, stuck for 20 min\n  → The last answer was: no answer." in status().output


def test_a_copy_that_died_and_one_that_lives(running):
    then = system_clock() - 12 * MINUTE
    running.write(lambda c: copies.beat(c, "vm-2", "0.1.0", then - 60 * MINUTE, then))
    done = status()
    assert done.exit_code == 0
    assert "stopped 12 min ago, without a goodbye" in done.output


def test_ghosts_in_status_and_in_doctor(running):
    then = system_clock() - PATIENCE
    running.write(lambda c: copies.hello(c, "vm-1", 4, then))
    done = status()
    assert "✗ ghost connections: Slack counts 4, and 1 copy of us is running" in done.output
    assert "stop every copy, wait ten minutes and start again" in done.output
    assert as_json()[1]["ghost_connections"] == 3
    done = CliRunner().invoke(main, ["doctor"])
    assert "✗ ghost connections: Slack counts 4, and 1 copy of us is running" in done.output


def test_doctor_says_who_runs_and_what_waits(running):
    owe(running, "one", 3 * MINUTE)
    said = CliRunner().invoke(main, ["doctor"]).output
    assert re.search(r"✓ running: vm-1 \(heartbeat \d s ago\)", said)
    assert "✓ no ghost connections (Slack counted 1)" in said
    assert "✓ the oldest message waits for 3 min" in said
    owe(running, "two", 16 * MINUTE)
    said = CliRunner().invoke(main, ["doctor"]).output
    assert "✗ 2 messages, stuck for 16 min" in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 d"),
    ],
)
def test_lengths_of_time(seconds, said):
    assert span(timedelta(seconds=seconds)) == said
