"""Who runs, by heartbeats; and connections at Slack that nobody holds, said and never acted upon."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.beat import beat, note_hello
from bot.domain.copies import Copy, Ghosts, above_since, ghosts, live, told_connections
from bot.domain.job_runs import JobRun, newest
from bot.store import copies, job_runs
from tests.conftest import MONDAY, until
from tests.operations.other_copies import another, known

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ONE = Copy("one", "1", MONDAY - 60 * MINUTE, MONDAY)
TWO = replace(ONE, name="two", started_at=MONDAY - 30 * MINUTE)


def greeted(copy, connections, since=None, ago=20 * MINUTE):
    return replace(copy, connections=connections, hello_at=MONDAY - ago, above_since=since)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([greeted(ONE, 1)], None),
        ([greeted(ONE, 2), TWO], None),
        ([greeted(ONE, 3, MONDAY - 10 * MINUTE), TWO], Ghosts(3, 2, MONDAY - 10 * MINUTE)),
        ([greeted(ONE, 3, MONDAY - 10 * MINUTE + SECOND), TWO], None),
        # The latest hello says what is so; an older one said it of its own time.
        ([greeted(ONE, 9, MONDAY - 30 * MINUTE), greeted(TWO, 2, MONDAY - 30 * MINUTE, ago=MINUTE)], None),
        # Who joined since explains them.
        ([greeted(ONE, 2, MONDAY - 10 * MINUTE), TWO], None),
        ([greeted(replace(ONE, seen_at=MONDAY - 5 * MINUTE), 3, MONDAY - 10 * MINUTE), TWO], None),
    ],
)
def test_ghosts_are_told_when_there_are_too_many_for_ten_minutes(known, expected):
    assert ghosts(known, MONDAY) == expected


def test_what_a_hello_means():
    assert above_since([ONE], 1, MONDAY) is None
    assert above_since([ONE], 2, MONDAY) == MONDAY
    assert above_since([ONE, TWO], 2, MONDAY) is None
    assert above_since([greeted(ONE, 2, MONDAY - MINUTE)], 3, MONDAY) == MONDAY - MINUTE
    gone = replace(TWO, seen_at=MONDAY - 2 * MINUTE)
    assert above_since([ONE, gone], 2, MONDAY) == MONDAY


def test_three_missed_beats_are_taken_for_death():
    assert live([replace(ONE, seen_at=MONDAY - 60 * SECOND)], MONDAY)
    assert not live([replace(ONE, seen_at=MONDAY - 61 * SECOND)], MONDAY)
    assert live([replace(ONE, seen_at=MONDAY + 60 * MINUTE)], MONDAY), "a clock that jumped back kills nobody"
    assert told_connections([ONE], MONDAY) is None


def test_of_two_copies_the_newest_run_of_a_job_counts():
    early = JobRun("digest", 60, "one", MONDAY, MONDAY, None)
    late = JobRun("digest", 60, "two", MONDAY + MINUTE, None, "SlackTrouble")
    together = JobRun("digest", 60, "two", MONDAY + MINUTE, MONDAY, "SlackTrouble")
    assert newest(early, late) == together
    assert newest(late, early) == replace(together, copy="one"), "who is here waits for it, also when the other dies"
    unbegun = JobRun("digest", 60, "three")
    assert newest(early, unbegun) == replace(early, copy="three")
    assert newest(None, unbegun) == unbegun


def test_a_copy_is_here_from_the_start_to_its_goodbye(stand):
    until(lambda: known(stand.house.store)[0].hello_at)
    [copy] = known(stand.house.store)
    assert (copy.name, copy.version, copy.started_at) == (stand.house.desk.copy, "0.1.0", stand.clock())
    assert (copy.connections, copy.hello_at) == (1, stand.clock())
    stand.clock.step(seconds=20)
    beat(stand.house.desk, stand.clock())
    [copy] = known(stand.house.store)
    assert copy.seen_at == stand.clock()
    assert copy.started_at < copy.seen_at
    with another(stand) as store:
        stand.house.close()
        assert known(store) == []


def test_job_runs_are_written_with_the_heartbeat_alone(stand):
    desk = stand.house.desk
    desk.pulse.expect("deliver", 1, desk.copy)
    for _ in range(3):
        stand.clock.step(seconds=1)
        stand.work()
    assert desk.store.read(job_runs.every) == []
    beat(desk, stand.clock())
    [run] = desk.store.read(job_runs.every)
    assert (run.name, run.done_at, run.error) == ("deliver", stand.clock(), None)
    desk.pulse.failed("deliver", "OperationalError")
    beat(desk, stand.clock())
    assert [run.error for run in desk.store.read(job_runs.every)] == ["OperationalError"]


def test_on_both_databases(store):
    def work(connection):
        copies.beat(connection, "one", "1", MONDAY, MONDAY)
        copies.beat(connection, "two", "1", MONDAY, MONDAY)
        copies.hello(connection, "two", 3, MONDAY)
        job_runs.note(connection, [JobRun("digest", 60, "one", MONDAY, MONDAY)])
        job_runs.note(connection, [JobRun("digest", 60, "one", MONDAY + MINUTE, MONDAY, "Refused")])

    store.write(work)
    later = MONDAY + 10 * MINUTE
    store.write(lambda connection: [copies.beat(connection, name, "1", MONDAY, later) for name in ("one", "two")])
    assert ghosts(known(store), later) == Ghosts(3, 2, MONDAY)
    assert store.read(job_runs.every) == [JobRun("digest", 60, "one", MONDAY + MINUTE, MONDAY, "Refused")]
    store.write(lambda connection: copies.hello(connection, "one", 2, later))
    assert ghosts(known(store), later) is None
    store.write(lambda connection: copies.leave(connection, "one"))
    assert [copy.name for copy in known(store)] == ["two"]


def test_ghosts_are_said_once_and_nobody_reconnects(stand, caplog):
    """Another program with the same app token is one way to have them."""
    until(lambda: known(stand.house.store)[0].hello_at)
    desk, before = stand.house.desk, list(stand.sandbox.socket.connections)
    note_hello(desk, 3, stand.clock())
    with caplog.at_level(logging.WARNING, "bot"):
        for _ in range(40):
            stand.clock.step(seconds=20)
            beat(desk, stand.clock())
    [line] = [record.getMessage() for record in caplog.records if "connections" in record.getMessage()]
    assert line.startswith("Slack counts 3 connections and 1 of us is running")
    assert stand.sandbox.socket.connections == before
    note_hello(desk, 1, stand.clock())
    beat(desk, stand.clock())
    assert desk.pulse.told_ghosts is None


def test_a_refresh_by_slack_leaves_no_ghost(stand):
    """The new connection is greeted while the old one is still open, so Slack counts both."""
    before = set(stand.sandbox.socket.connections)
    stand.clock.step(hours=4)
    beat(stand.house.desk, stand.clock())
    stand.sandbox.faults.refresh_sockets()
    until(lambda: len(stand.sandbox.socket.connections) == 1 and before != set(stand.sandbox.socket.connections))
    until(lambda: known(stand.house.store)[0].hello_at == stand.clock())
    [copy] = known(stand.house.store)
    assert (copy.connections, copy.above_since) == (1, None)
