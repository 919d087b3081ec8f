"""Slack is down, for an hour or for a day: what became due meanwhile goes out right, and what people did is counted."""

from datetime import timedelta
from typing import Any

import pytest

from bot.compose import build
from bot.domain.deliveries import wait_after
from tests.conftest import until
from tests.faults.slack.company import Company

HOUR = timedelta(hours=1)


def pass_time(company: Any, hours: float, *, bot_runs: bool, step: float = 0.5) -> None:
    """Slack is away. The bot may be down as well: then none of its jobs comes round."""
    for _ in range(int(hours / step)):
        company.stand.clock.step(hours=step)
        if bot_runs:
            company.stand.work()
            # Slack tries to bring its events, and gives up.
            company.stand.sandbox.pump()
    company.stand.sandbox.socket.deliveries.clear()


def test_an_hour_in_which_two_stories_were_due(company):
    old, ts = company.placed("Before the hour", company.now - HOUR)
    readers = [company.reader(n) for n in range(3)]
    for user in readers[:2]:
        company.acts.react(user, company.english, ts, "mega")
    company.stand.work()
    due = [company.now + timedelta(minutes=m) for m in (10, 40)]
    queued = [company.queue(f"In the hour {n}", at) for n, at in enumerate(due)]
    company.away()
    company.stand.clock.step(minutes=5)
    company.acts.unreact(readers[0], company.english, ts, "mega")
    company.acts.react(readers[2], company.english, ts, "mega")
    pass_time(company, 1, bot_runs=True, step=1 / 6)
    assert not any(company.standing(f"In the hour {n}") for n in range(2))
    company.back()
    company.run(3, minutes=5)
    company.until_all_is_sent()
    for number, story in enumerate(queued):
        company.assert_stands_once(story, f"In the hour {number}")
    assert [company.said(old, user) for user in readers] == [0, 1, 1]
    assert company.direct("In the hour") == [], "an hour late is nothing to be told of"


@pytest.mark.parametrize("bot_runs", [True, False])
def test_a_day_with_stories_a_digest_and_reactions(company, bot_runs):
    name = f"Day {bot_runs}"
    company.stand.clock.to(company.next(3, 20))
    old, ts = company.placed(f"{name} before", company.now - timedelta(days=12))
    gone, gone_ts = company.placed(f"{name} long ago", company.now - timedelta(days=15))
    kept, taken, new = (company.reader(n) for n in range(3))
    for user in (kept, taken):
        company.acts.react(user, company.english, ts, "mega")
    company.acts.react(taken, company.english, gone_ts, "mega")
    company.stand.work()
    company.stand.clock.step(minutes=1)
    friday = company.next(4, 7)
    queued = [company.queue(f"{name} {n}", friday + n * 2 * HOUR) for n in range(3)]
    both = company.queue(f"{name} both", friday + 8 * HOUR, company.english, company.dutch)
    over = company.queue(f"{name} over", friday + 3 * HOUR, best_before=friday + 5 * HOUR)

    company.away()
    company.acts.unreact(taken, company.english, ts, "mega")
    company.acts.unreact(taken, company.english, gone_ts, "mega")
    company.acts.react(new, company.english, ts, "mega")
    pass_time(company, 24, bot_runs=bot_runs)
    company.back()
    company.run(4, seconds=20)
    company.until_all_is_sent()

    titles = [f"{name} {n}" for n in range(3)] + [f"{name} both"]
    assert [len(company.standing(t)) for t in titles] == [1, 0, 0, 0], "one story a channel after a long silence"
    company.assert_stands_once(queued[0], titles[0])
    waiting = [company.story_of(story) for story in (*queued[1:], both)]
    assert all(s.state == "queued" and s.due_at > company.now for s in waiting)
    assert len({s.due_at for s in waiting}) == 3
    assert company.standing(f"{name} over") == []
    assert company.story_of(over).state == "expired"
    told = company.direct(name)
    assert [sum(t in text for text in told) for t in (*titles, f"{name} over")] == [1, 1, 1, 1, 1], told

    for channel in (company.english, company.comms):
        assert len(company.messages(channel, f"{friday:%-d %B}")) == 1, "the digest that was due in the afternoon"
    assert [company.said(old, user) for user in (kept, taken, new)] == [1, 0, 1]
    assert company.said(gone, taken) == 1, "older than two weeks is not looked up again"

    for due_at in sorted(s.due_at for s in waiting):
        company.stand.clock.to(due_at)
        company.run(1, seconds=20)
    for story, title in zip((*queued, both), titles, strict=True):
        company.assert_stands_once(story, title)
    company.assert_stands_once(both, f"{name} both", company.english, company.dutch)


def test_what_comes_due_after_the_silence_keeps_its_time(company):
    """The first story comes late; the one that was due later the same morning, when Slack is back, is not put off."""
    monday = company.now
    late, soon = company.queue("Late one", monday + HOUR), company.queue("On time", monday + 5 * HOUR)
    company.away()
    pass_time(company, 4.5, bot_runs=True)
    company.back()
    company.run(2, seconds=20)
    company.assert_stands_once(late, "Late one")
    company.stand.clock.to(monday + 5 * HOUR)
    company.run(1, seconds=20)
    company.assert_stands_once(soon, "On time")
    assert len(company.direct("Late one")) == 1
    assert company.direct("On time") == []


def test_an_event_that_waits_for_slack_waits_for_hours(company):
    """Somebody new reacted and opened Home right before Slack went away: who they are is asked until it says so."""
    story, ts = company.placed("Right before", company.now)
    user = company.reader(len(company.staff) - 1)
    company.slack.answer("*", "server_error", times=10**6)
    company.desk.profiles.clear()
    company.acts.react(user, company.english, ts, "mega")
    company.acts.open_home(user)
    for _ in range(30):
        company.stand.work()
        company.stand.clock.step(minutes=11)
    company.slack.clear()
    company.stand.work()
    assert company.said(story, user) == 1
    assert user in company.stand.workspace.homes


def test_no_number_of_tries_makes_a_wait_without_end_or_an_error():
    """Days of tries: the wait stays at ten minutes, and the first answer afterwards ends it."""
    assert max(wait_after(tries) for tries in (1, 9, 100, 10**5)) == timedelta(minutes=10)


def test_a_bot_that_starts_after_a_day_does_the_same(stand):
    """A new one, that knows nothing but its database."""
    company = Company(stand)
    story, ts = company.placed("Yesterday's", company.now)
    user = company.reader()
    company.acts.react(user, company.english, ts, "mega")
    first, second = (company.queue(f"Missed {n}", company.now + n * HOUR) for n in (1, 2))
    stand.work()
    stand.house.close()
    stand.clock.step(hours=2)
    company.acts.unreact(user, company.english, ts, "mega")
    stand.clock.step(hours=22)
    stand.sandbox.socket.deliveries.clear()
    stand.house = build(stand.settings, clock=stand.clock)
    company.desk = stand.house.desk
    stand.house.open()
    until(lambda: company.said(story, user) == 0)
    company.run(3, seconds=20)
    company.assert_stands_once(first, "Missed 1")
    assert company.standing("Missed 2") == []
    assert company.story_of(second).state == "queued"
