"""The machine's clock jumps an hour, either way. Slack's own clock does not."""

import time
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.actions.delivery_kinds import KINDS
from bot.actions.publish_due import publish_due
from bot.domain.deliveries import LEASE, Owed
from bot.domain.people import Preferences
from bot.domain.quiet_hours import QuietHours
from bot.jobs.timetable import TIMETABLE
from bot.store import deliveries, people
from bot.store.tables import digests
from tests.conftest import until

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def company(company: Any) -> Any:
    """Slack's clock goes on as it should; `ahead` is by how much the machine's clock is wrong."""
    workspace, clock = company.stand.workspace, company.stand.clock
    before = workspace.now
    company.ahead = timedelta(0)
    workspace.now = lambda: clock() - company.ahead
    yield company
    clock.now -= min(company.ahead, timedelta(0))
    workspace.now = before


def jump(company: Any, by: timedelta) -> None:
    company.ahead += by
    company.stand.clock.now += by


def let_pass(company: Any, minutes: float) -> None:
    """Time goes on, with all the jobs that look at the clock."""
    for _ in range(int(minutes * 4)):
        company.stand.clock.step(seconds=15)
        company.come_round("clock")
        company.stand.work()


def test_back_what_waits_seconds_does_not_wait_an_hour(company):
    """A message that Slack put off, one that is to be looked for, an event, and one that a copy held that died."""
    put_off = company.queue("Put off", company.now + MINUTE)
    company.stand.clock.step(minutes=1)
    company.slack.answer("chat.postMessage", "rate_limited", retry_after=30)
    company.stand.work()
    lost = company.queue("Lost", company.now + MINUTE, company.dutch)
    company.stand.clock.step(minutes=1)
    company.slack.answer("chat.postMessage", "rate_limited", retry_after=300)
    company.slack.answer("chat.postMessage", "lost_reply")
    company.stand.work()
    held = company.queue("Held", company.now + MINUTE)
    company.stand.clock.step(minutes=1)
    publish_due(company.desk, company.now)
    company.write(lambda c: deliveries.claim(c, "a copy that died", company.now, most=1))
    story, ts = company.placed("Reacted", company.now)
    user = company.reader(len(company.staff) - 2)
    company.desk.profiles.clear()
    company.slack.answer("users.info", "rate_limited", times=2, retry_after=20)
    company.acts.react(user, company.english, ts, "mega")
    company.stand.work()

    jump(company, -HOUR)
    let_pass(company, 4)
    for number, title, channel in (
        (put_off, "Put off", company.english),
        (lost, "Lost", company.dutch),
        (held, "Held", company.english),
    ):
        company.assert_stands_once(number, title, channel)
    assert company.said(story, user) == 1
    assert company.open_deliveries() == []


def test_back_what_waits_for_a_time_that_was_chosen_goes_on_waiting(company):
    """A reminder for tomorrow morning, and a word that was kept for the end of somebody's quiet hours."""
    admin = company.stand.company.admin
    company.queue(f"Makes a person of the admin {company.now}", company.now + 24 * HOUR)
    tomorrow = company.now + 28 * HOUR

    def work(connection: Any) -> None:
        body = {
            "word": "queue.notice.late",
            "params": {"title": "Quiet", "at": company.now.isoformat()},
            "times": ["at"],
        }
        deliveries.owe(connection, Owed("notice", "notice:remind", admin, body, not_before=tomorrow), company.now)
        deliveries.owe(connection, Owed("notice", "notice:quiet", admin, body), company.now)
        person = people.by_user(connection, admin)
        here = company.now.astimezone(ZoneInfo(person.zone)).time()
        quiet = QuietHours(here.replace(minute=0), here.replace(hour=(here.hour + 3) % 24))
        people.set_preferences(connection, person.id, Preferences(quiet=quiet))

    company.write(work)
    company.stand.work()
    jump(company, -HOUR)
    let_pass(company, 2)
    assert company.direct("Quiet") == []
    company.stand.clock.step(hours=4)
    company.stand.work()
    assert len(company.direct("Quiet")) == 1
    company.stand.clock.to(tomorrow)
    company.stand.work()
    assert len(company.direct("Quiet")) == 2
    company.write(lambda c: people.set_preferences(c, people.by_user(c, admin).id, Preferences()))


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_story_and_a_digest_go_out_once(company, by):
    """The clock jumps right after they went out, and once more the other way an hour later."""
    name = "Twice" if by > timedelta(0) else "Again"
    company.story(f"{name} before")
    company.stand.clock.to(company.next(4, 14) - 2 * HOUR)
    first = company.queue(f"{name} first", company.now + HOUR)
    second = company.queue(f"{name} second", company.now + HOUR * 1.5)
    company.stand.clock.step(hours=1)
    company.stand.work()
    jump(company, by)
    let_pass(company, 2)
    jump(company, -by)
    let_pass(company, 2)
    for _ in range(6):
        company.stand.clock.step(minutes=20)
        let_pass(company, 0.5)
        jump(company, by)
        let_pass(company, 0.5)
        jump(company, -by)
    company.assert_stands_once(first, f"{name} first")
    company.assert_stands_once(second, f"{name} second")
    day = f"{company.now:%-d %B}"
    assert len(company.messages(company.english, day)) == 1
    assert len(company.messages(company.comms, day)) == 1
    made = company.desk.store.read(lambda c: c.execute(digests.select()).all())
    assert len({row.due_at for row in made}) == len(made)


@pytest.mark.parametrize("by", [HOUR, -HOUR])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_message_is_found_though_the_clocks_differ(company, by, when):
    """The clock is wrong while it is sent, or becomes wrong before it is looked for."""
    title = f"Found {when} {by}"
    story = company.queue(title, company.now + 3 * HOUR)
    company.stand.clock.step(hours=3)
    publish_due(company.desk, company.now)
    if when == "before":
        jump(company, by)
        company.come_round("clock")
    company.slack.answer("chat.postMessage", "lost_reply")
    company.stand.work()
    if when == "after":
        jump(company, by)
    assert company.slack.take("chat.postMessage") is None
    let_pass(company, 4)
    company.assert_stands_once(story, title)


def test_forward_a_message_in_the_hands_of_another_copy_is_looked_for(company):
    """Its lease seems to be over: it was begun, so it is not simply sent again."""
    story = company.queue("In other hands", company.now + HOUR)
    company.stand.clock.step(hours=1)
    publish_due(company.desk, company.now)
    [held] = company.write(lambda c: deliveries.claim(c, "another", company.now, most=1))
    company.write(lambda c: deliveries.begin(c, held, company.now))
    company.desk.messenger.post(held.target, KINDS["story"].compose(company.desk, held, company.now), held.id)
    jump(company, HOUR)
    let_pass(company, 1)
    company.assert_stands_once(story, "In other hands")


def test_back_nobody_waits_longer_than_a_lease_for_a_copy_that_died(company):
    story = company.queue("Left behind", company.now + HOUR)
    company.stand.clock.step(hours=1)
    publish_due(company.desk, company.now)
    company.write(lambda c: deliveries.claim(c, "died", company.now, most=1))
    jump(company, -HOUR)
    let_pass(company, 0.5)
    assert company.standing("Left behind") == [], "it may be in good hands"
    let_pass(company, 2 * LEASE / MINUTE)
    company.assert_stands_once(story, "Left behind")


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_reactions_are_looked_up_by_slacks_clock(company, by):
    """Taken back where we do not hear it, added again later: what Slack shows counts, whatever our clock says."""
    story, ts = company.placed(f"By Slack's clock {by}", company.now)
    user = company.reader()
    company.stand.clock.step(minutes=5)
    company.acts.react(user, company.english, ts, "mega")
    company.stand.work()
    company.stand.workspace.subscribed_events.discard("reaction_removed")
    company.stand.clock.step(minutes=5)
    company.acts.unreact(user, company.english, ts, "mega")
    company.stand.workspace.subscribed_events.add("reaction_removed")
    jump(company, by)
    company.stand.clock.step(minutes=5)
    company.come_round("rebuild")
    assert company.said(story, user) == 0
    company.stand.clock.step(minutes=5)
    company.acts.react(user, company.english, ts, "mega")
    company.stand.work()
    assert company.said(story, user) == 1


def test_jobs_go_on_when_the_scheduler_waits_for_an_hour_from_now(company):
    """That is what it does when the clock goes back: each job is to come round at a moment that is an hour away."""
    runner = company.stand.house.runner
    ran: dict[str, float] = {}
    count = runner.run

    def run(job: Any) -> None:
        ran[job.name] = time.monotonic()
        count(job)

    runner.run = run
    runner.start()
    until(lambda: len(ran) == len(TIMETABLE))
    scheduler = runner._scheduler
    an_hour = [job for job in scheduler.get_jobs() if job.trigger.interval < HOUR]
    for job in an_hour:
        scheduler.modify_job(job.id, next_run_time=runner._metronome() + HOUR)
    began = time.monotonic()
    try:
        until(lambda: all(ran[job.id] > began for job in an_hour))
    finally:
        runner.stop()
        until(lambda: runner.is_at_rest)
