"""Events come twice, hours late, and in the wrong order; and before we know what they are about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain import fault_points
from bot.domain.fault_points import FaultPoint
from bot.store import placements
from tests.conftest import until

HOUR = timedelta(hours=1)


@pytest.fixture
def reef(company):
    """A story that stands: its id and ts."""
    return company.placed(f"Reef of {company.now:%d %B}", company.now)


def reaction(company: Any, ts: str, at: datetime, *, added: bool, user: str) -> None:
    """Slack tells of a reaction, whenever it likes."""
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": "mega",
        "item": {"type": "message", "channel": company.english, "ts": ts},
        "event_ts": f"{at.timestamp():.6f}",
    }
    company.stand.sandbox.socket.publish(company.stand.sandbox.dispatcher.envelope(event))
    company.stand.settle()


@pytest.mark.parametrize(
    ("arrivals", "said"),
    [
        ([(1, True), (1, True)], 1),
        ([(2, False), (1, True)], 0),
        ([(2, False), (1, True), (2, False), (1, True)], 0),
        ([(1, True), (3, True), (2, False)], 1),
        ([(3, True), (2, False), (1, True)], 1),
        ([(4, False), (2, False), (3, True), (1, True)], 0),
    ],
)
def test_what_happened_last_counts_whatever_came_last(company, reef, arrivals, said):
    """Each arrival is the hour in which it happened; all of them come five hours later."""
    story, ts = reef
    user, began = company.reader(), company.now
    company.stand.clock.step(hours=5)
    for number, (hour, added) in enumerate(arrivals):
        if number % 2:
            company.slack.deliver_twice()
        reaction(company, ts, began + HOUR * hour, added=added, user=user)
        company.stand.work()
    assert company.said(story, user) == said


def test_late_after_reactions_were_looked_up(company, reef):
    """An added one that comes hours after it was taken away is undone when they are looked up again, at the latest."""
    story, ts = reef
    user, began = company.reader(), company.now
    company.stand.clock.step(hours=2)
    company.come_round("rebuild")
    reaction(company, ts, began + HOUR, added=True, user=user)
    company.stand.work()
    company.stand.clock.step(hours=1)
    company.come_round("rebuild")
    assert company.said(story, user) == 0


def test_a_share_counts_in_the_hour_it_was_made(company, reef):
    from bot.store import people, shares

    story, ts = reef
    user, began = company.reader(), company.now
    company.stand.clock.step(hours=30)
    reaction(company, ts, began + HOUR, added=True, user=user)
    company.stand.work()
    person = company.desk.store.read(lambda c: people.by_user(c, user))
    [share] = company.desk.store.read(lambda c: shares.of_person(c, story, person.id))
    assert share.said_at == began + HOUR


@contextmanager
def when_posted(do: Callable[[], None]) -> Iterator[None]:
    """Do it once, when Slack has posted a story and nobody here has noted that yet."""

    def watcher(point: FaultPoint, detail: str) -> None:
        if point is FaultPoint.DELIVERY_ANSWERED and detail == "story":
            fault_points._watchers.remove(watcher)
            do()

    fault_points.watch(watcher)
    yield
    assert watcher not in fault_points._watchers


def post(company: Any, title: str, do: Callable[[str], None]) -> int:
    """Post a story; `do` something with its ts before we know of it."""
    story = int(company.queue(title, company.now + HOUR))
    company.stand.clock.step(hours=1)

    def act() -> None:
        do(str(company.standing(title)[0]["ts"]))
        until(company.stand.sandbox.idle)

    with when_posted(act):
        company.until_all_is_sent()
    return story


def test_a_reaction_before_we_know_of_the_story_counts_at_once(company):
    user = company.reader()
    story = post(company, "Quick", lambda ts: company.acts.react(user, company.english, ts, "mega"))
    assert company.said(story, user) == 1


def test_a_reaction_before_we_know_of_the_story_that_slack_cannot_tell_of_is_asked_for_again(company):
    user = company.reader()
    company.slack.answer("reactions.get", "unavailable")
    story = post(company, "Quicker", lambda ts: company.acts.react(user, company.english, ts, "mega"))
    assert company.said(story, user) == 0
    company.come_round("look_up")
    assert company.said(story, user) == 1


def test_a_message_deleted_before_we_know_of_it_is_known_to_be_gone(company):
    story = post(company, "Deleted", lambda ts: company.acts.delete(company.english, ts))
    company.stand.work()
    assert company.desk.store.read(lambda c: placements.of_story(c, story)) == []
    assert len(company.direct("Deleted")) == 1, "its editor is told"


def test_an_edit_before_we_know_of_the_message_is_seen(company):
    story = int(company.queue("First words", company.now + HOUR))
    company.stand.clock.step(hours=1)
    with when_posted(lambda: company.rename(story, "Better words")):
        company.until_all_is_sent()
    assert company.standing("First words") == []
    company.assert_stands_once(story, "Better words")


def test_an_edit_while_it_is_not_known_whether_it_arrived_is_seen(company):
    story = int(company.queue("Old words", company.now + HOUR))
    company.stand.clock.step(hours=1)
    company.slack.answer("chat.postMessage", "lost_reply")
    company.stand.work()
    company.rename(story, "New words")
    company.until_all_is_sent()
    assert company.standing("Old words") == []
    company.assert_stands_once(story, "New words")
