"""A word when something is stuck for a quarter of an hour, and again when it is mended; once each."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.beat import beat
from bot.actions.look_at_vitals import what_is_stuck
from bot.actions.pulse import Pulse
from bot.actions.tell_editor import ADMINS
from bot.actions.tell_stuck import tell_stuck
from bot.domain.deliveries import DeliveryState, Owed
from bot.domain.happenings import HomeOpened
from bot.domain.job_runs import JobRun
from bot.domain.quiet_hours import QuietHours
from bot.domain.setup import Channel, Setup
from bot.domain.stuck import Wait, job_waits, stuck
from bot.store import alarms, backlog, deliveries, inbox, people
from bot.store import setup as setup_store
from bot.store.engine import opened
from bot.store.migrate import migrate
from bot.store.tables import deliveries as owed_rows
from tests.conftest import MONDAY

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def comms(stand):
    """The comms channel; English is spoken there."""
    private = next(room.id for room in stand.company.rooms if room.private)
    stand.acts.invite_bot(private, by=stand.company.admin)
    stand.house.store.write(
        lambda c: setup_store.save_setup(c, Setup(comms_channel=private, comms_language="en"), stand.clock())
    )
    stand.work()
    return private


def owe(stand, key, target, **more):
    body = {"word": "notice.invited_elsewhere", "params": {"channel": "C1"}, "times": []}
    stand.house.store.write(lambda c: deliveries.owe(c, Owed("notice", key, target, body, **more), stand.clock()))


def watch(stand, **time):
    """Hearts beat every twenty seconds, and somebody looks every minute, for so long. No message goes out meanwhile."""
    end = stand.clock() + timedelta(**time)
    while stand.clock() < end:
        stand.clock.step(minutes=1)
        beat(stand.house.desk, stand.clock())
        tell_stuck(stand.house.desk, stand.clock())


def said(stand, channel, words):
    return [m["text"] for m in stand.acts.messages(stand.company.admin, channel) if words in m.get("text", "")]


def told(stand, words):
    return [m["text"] for m in stand.acts.direct(stand.company.admin) if words in m.get("text", "")]


@pytest.mark.parametrize(
    ("wait", "up_for", "told", "is_late"),
    [
        (15 * MINUTE, 60 * MINUTE, (), True),
        (14 * MINUTE, 60 * MINUTE, (), False),
        (60 * MINUTE, 14 * MINUTE, (), False),
        (60 * MINUTE, 15 * MINUTE, (), True),
        (5 * MINUTE, 60 * MINUTE, ("inbox",), True),
        (4 * MINUTE, 60 * MINUTE, ("inbox",), False),
        (14 * MINUTE, 60 * MINUTE, ("deliveries",), False),
    ],
)
def test_from_when_on_something_is_stuck(wait, up_for, told, is_late):
    waits = [Wait("inbox", MONDAY - wait)]
    assert bool(stuck(waits, MONDAY - up_for, MONDAY, told)) is is_late


def test_jobs_are_late_from_when_they_should_have_come_again():
    runs = [JobRun("channels", 6 * 3600, "me", MONDAY, MONDAY), JobRun("roles", 300, "gone", MONDAY, MONDAY)]
    assert job_waits(runs, ["me"]) == [Wait("job:channels", MONDAY + timedelta(hours=6))]
    [never] = job_waits([JobRun("digest", 60, "me", MONDAY, None, "Refused")], ["me"])
    up_since = MONDAY + 7 * MINUTE
    assert [wait.since for wait in stuck([never], up_since, up_since + 15 * MINUTE)] == [up_since]


def test_deliveries_in_the_comms_channel_once_and_mended_once(stand, comms):
    someone = stand.company.staff[3].id
    owe(stand, "one", someone)
    watch(stand, minutes=14)
    stand.settle()
    assert said(stand, comms, "aren't going out") == []
    stand.clock.step(minutes=1)
    beat(stand.house.desk, stand.clock())
    tell_stuck(stand.house.desk, stand.clock())
    tell_stuck(replace(stand.house.desk, copy="another"), stand.clock())
    owe(stand, "two", someone)
    stand.work()
    [text] = said(stand, comms, "aren't going out")
    assert "1 waiting, the oldest since today at 8:00" in text
    for _ in range(20):
        watch(stand, minutes=1)
        stand.work()
    assert said(stand, comms, "Mended") == ["Mended: my messages are going out again."]
    assert len(said(stand, comms, "aren't going out")) == 1
    assert stand.house.store.read(alarms.every) == []


def test_what_is_stuck_once_more_is_said_once_more(stand, comms):
    for number in range(2):
        owe(stand, f"number {number}", stand.company.staff[3].id)
        watch(stand, minutes=20)
        stand.work()
        watch(stand, minutes=1)
        stand.work()
    assert len(said(stand, comms, "aren't going out")) == len(said(stand, comms, "Mended")) == 2


def test_an_hour_without_slack_is_not_told_when_it_is_over(stand, comms):
    """Nobody could be told in time, and there is nothing to do about it any more."""
    stand.sandbox.faults.answer("chat.postMessage", "server_error", times=100_000)
    owe(stand, "one", stand.company.rooms[0].id)
    for _ in range(15):
        stand.work()
        watch(stand, minutes=4)
    assert {alarm.what for alarm in stand.house.store.read(alarms.every)} == {"deliveries", "comms"}
    stand.sandbox.faults.clear()
    for _ in range(10):
        stand.work()
        watch(stand, minutes=2)
    texts = said(stand, comms, "") + told(stand, "")
    assert len([text for text in texts if "aren't going out" in text]) <= 1
    assert len([text for text in texts if "Mended" in text]) <= 1
    assert stand.house.store.read(alarms.every) == []


def test_of_the_comms_channel_itself_the_admins_hear(stand, comms):
    owe(stand, "one", comms)
    watch(stand, minutes=15)
    stand.work()
    [text] = told(stand, f"<#{comms}>")
    assert text.startswith("Mijn berichten aan")
    assert "sinds vandaag om 8.00 uur" in text
    assert said(stand, comms, "aren't going out") == []
    watch(stand, minutes=1)
    stand.work()
    assert told(stand, "Opgelost") == [f"Opgelost: mijn berichten aan <#{comms}> komen weer aan."]


def test_what_is_held_is_not_stuck(stand, comms):
    """Quiet hours, a reminder for later, and posting that is paused."""
    desk, someone = stand.house.desk, stand.company.staff[3].id
    stand.acts.open_home(someone)
    stand.work()
    profile = desk.messenger.profile(someone)

    def at_peace(connection):
        person = people.add(connection, profile, stand.clock())
        quiet = QuietHours((stand.clock() + timedelta(minutes=-90)).time(), (stand.clock() + timedelta(hours=5)).time())
        people.set_preferences(connection, person.id, replace(person.preferences, quiet=quiet))
        setup_store.put_channel(connection, Channel(stand.company.rooms[0].id, "good", "en"), stand.clock())
        setup_store.save_setup(connection, replace(desk.setup(), paused=True), stand.clock())

    desk.store.write(at_peace)
    owe(stand, "in quiet hours", someone)
    owe(stand, "for later", stand.company.staff[4].id, not_before=stand.clock() + timedelta(days=1))
    stand.work()
    watch(stand, minutes=40)
    assert desk.store.read(lambda c: what_is_stuck(c, stand.clock())) == []


class Beside:
    """As much of the desk as the watch needs."""

    def __init__(self, store):
        self.store, self.copy, self.pulse = store, "one", Pulse("1")

    def wake(self):
        """Nobody sleeps."""

    def read_all(self):
        """What is owed arrives."""
        for owed in self.store.write(lambda c: deliveries.claim(c, "one", MONDAY + DAY)):
            self.store.write(lambda c, owed=owed: deliveries.sent(c, owed.id, "C1", "1.0", MONDAY))

    def watch(self, start, minutes):
        """Hearts beat and somebody looks every minute. Answers the words that are owed, in their order."""
        for minute in range(1, minutes + 1):
            beat(self, start + minute * MINUTE)
            tell_stuck(self, start + minute * MINUTE)
        rows = self.store.read(
            lambda c: c.execute(select(owed_rows.c.body, owed_rows.c.target).order_by(owed_rows.c.made_at)).all()
        )
        return [(row.body["word"], row.target) for row in rows if row.body]


@pytest.fixture
def beside(tmp_path):
    with opened(f"sqlite:///{tmp_path / 'passalong.db'}") as store:
        migrate(store)
        store.write(lambda c: setup_store.save_setup(c, Setup(comms_channel="C1"), MONDAY))
        found = Beside(store)
        beat(found, MONDAY)
        yield found


def test_events_that_nobody_handles(beside):
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    assert beside.watch(MONDAY, 14) == []
    assert beside.watch(MONDAY + 14 * MINUTE, 3) == [("stuck.inbox", "C1")]
    beside.read_all()
    beside.store.write(lambda c: inbox.done(c, inbox.take(c, MONDAY).id, MONDAY))
    assert beside.watch(MONDAY + 17 * MINUTE, 2) == [("stuck.inbox", "C1"), ("stuck.mended.inbox", "C1")]


def test_a_job_that_fails_or_hangs(beside):
    beside.pulse.expect("roles", 300, "one")
    beside.pulse.done("roles", MONDAY)
    beside.pulse.began("roles", MONDAY + 5 * MINUTE)
    beside.pulse.failed("roles", "OperationalError")
    assert beside.watch(MONDAY, 19) == []
    assert beside.watch(MONDAY + 19 * MINUTE, 5) == [("stuck.job", "C1")]
    beside.read_all()
    beside.pulse.done("roles", MONDAY + 24 * MINUTE)
    assert beside.watch(MONDAY + 24 * MINUTE, 1) == [("stuck.job", "C1"), ("stuck.mended.job", "C1")]


def test_what_nobody_read_is_not_told_any_more(beside):
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    beside.watch(MONDAY, 15)
    beside.store.write(lambda c: inbox.done(c, inbox.take(c, MONDAY).id, MONDAY))
    assert beside.watch(MONDAY + 15 * MINUTE, 1) == [("stuck.inbox", "C1")]
    assert beside.store.read(backlog.deliveries_by_state) == {DeliveryState.UNWANTED: 1}


def test_without_a_comms_channel_the_admins_hear(beside):
    beside.store.write(
        lambda c: setup_store.save_setup(c, replace(setup_store.load_setup(c), comms_channel=None), MONDAY)
    )
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    assert beside.watch(MONDAY, 15) == [("stuck.inbox", ADMINS)]


def test_another_copy_or_a_restart_does_not_say_it_again(beside):
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    beside.watch(MONDAY, 15)
    other = Beside(beside.store)
    other.copy = "two"
    beside.read_all()
    assert other.watch(MONDAY + 15 * MINUTE, 30) == [("stuck.inbox", "C1")]


def test_what_waited_while_nobody_ran_is_not_stuck_at_the_start(beside):
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    anew = Beside(beside.store)
    assert anew.watch(MONDAY + 3 * DAY, 15) == []
    assert anew.watch(MONDAY + 3 * DAY + 15 * MINUTE, 1) == [("stuck.inbox", "C1")]


def test_nothing_is_stuck_where_nobody_runs(beside):
    beside.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened("U1"), MONDAY))
    assert beside.store.read(lambda c: what_is_stuck(c, MONDAY + DAY)) == []
