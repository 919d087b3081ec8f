"""Slack has had enough of us: it says for how long, sometimes oddly, sometimes of everything at once."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.problems import TryLater
from bot.slack import ids
from bot.slack.retry_after import seconds_to_wait
from bot.store.tables import inbox
from tests.conftest import until
from tests.slack.share_desk import any_element

HOUR = timedelta(hours=1)
FAR = 1000
ODD = (
    "",
    "abc",
    "none",
    "0",
    "-5",
    "1.5",
    "99999999999999999999",
    "9" * 400,
    "Wed, 21 Oct 2026 07:28:00 GMT",
    "½",
    "٣",
)


def left(company, method):
    """How many faults of a method were not met yet."""
    return sum(fault.times for fault in company.slack._answers.get(method, []))


@pytest.mark.parametrize("said", ODD)
def test_however_long_slack_says_we_ask_again_and_never_at_once(said):
    assert 1 <= seconds_to_wait(said) <= 600


def test_it_is_asked_once_each_time(company):
    for said in ("0", "none", "9" * 400):
        due_at = company.now + HOUR
        story = company.queue(f"Story {said[:5]}", due_at)
        company.stand.clock.to(due_at)
        company.slack.answer("chat.postMessage", "rate_limited", times=2, retry_after=said)
        company.stand.work()
        assert left(company, "chat.postMessage") == 1, "asked once"
        [owed] = company.open_deliveries()
        assert timedelta(seconds=1) <= owed.not_before - due_at <= timedelta(minutes=10), said
        company.until_all_is_sent()
        company.assert_stands_once(story, f"Story {said[:5]}")


def test_a_storm_over_everything_passes_and_nothing_is_lost(company):
    story = company.story("Reef")
    company.until_all_is_sent()
    [message] = company.standing("Reef")
    other = company.queue("Bakery", company.now + HOUR)
    company.stand.clock.step(hours=1)
    readers = [company.reader(n) for n in range(3)]
    company.desk.profiles.clear()

    company.slack.answer("*", "rate_limited", times=FAR, retry_after=30)
    for user in readers:
        company.acts.react(user, company.english, message["ts"], "mega")
        company.acts.open_home(user)
    company.stand.work()
    asked = FAR - left(company, "*")
    assert asked < 20, "one question for each thing that waits, and no more"
    for _ in range(6):
        company.run(1, seconds=15)
    assert FAR - left(company, "*") < asked * 7
    assert company.standing("Bakery") == []
    company.slack.clear()

    company.stand.clock.step(minutes=10)
    company.until_all_is_sent()
    company.assert_stands_once(other, "Bakery")
    assert [company.said(story, user) for user in readers] == [1, 1, 1]
    assert all(user in company.stand.workspace.homes for user in readers)
    waiting = company.desk.store.read(lambda c: c.execute(inbox.select().where(inbox.c.handled_at.is_(None))).all())
    assert waiting == []


@pytest.fixture
def posted(company):
    """The ts of a story that stands, with a button."""
    company.story("With a button")
    company.until_all_is_sent()
    return company.standing("With a button")[-1]["ts"]


def test_a_window_that_slack_does_not_open_is_explained(company, posted):
    user = company.reader(3)
    before = len(company.acts.ephemerals(user)) + len(company.direct(user=user))
    for count, faults in enumerate((["views.open"], ["views.open", "response_url"]), start=before + 1):
        for method in faults:
            company.slack.answer(method, "rate_limited", times=9, retry_after=3)
        assert company.acts.press(user, ids.SHARE, channel=company.english, ts=posted).acked
        company.stand.settle()
        heard = [m["text"] for m in company.acts.ephemerals(user)] + company.direct(user=user)
        assert len(heard) == count
        assert "try again" in heard[-1].lower() or "nog eens" in heard[-1]
        company.slack.clear()
    assert company.acts.press(user, ids.SHARE, channel=company.english, ts=posted).acked
    until(lambda: bool(company.acts.views(user)))


def test_in_home_too(company, posted):
    user = company.reader(4)
    company.acts.open_home(user)
    company.stand.work()
    home = company.stand.workspace.homes[user]
    button = any_element(company.stand.workspace.view_json(home), ids.PREFERENCES)
    assert button
    company.slack.answer("views.open", "rate_limited", times=9, retry_after=3)
    assert company.acts.press(user, ids.PREFERENCES, view_id=home.id).acked
    company.stand.settle()
    assert len(company.direct(user=user)) == 1


def test_an_answer_whose_reply_is_lost_is_said_all_the_same(company, posted):
    """Twice is odd; not at all would leave somebody waiting."""
    user = company.reader(5)
    company.slack.answer("response_url", "lost_reply")
    menu = any_element(company.standing("With a button")[-1], ids.STORY_MENU)
    option = next(o["value"] for o in menu["options"] if o["value"].startswith(ids.NOT_FOR_ME))
    company.acts.press(user, ids.STORY_MENU, channel=company.english, ts=posted, option=option)
    company.stand.settle()
    assert len(company.acts.ephemerals(user)) == 1


def test_many_messages_are_looked_up_to_the_end(company):
    """More messages than Slack lets us ask for in a minute, and more people than it says the names of."""
    now, readers = company.now, [company.reader(n) for n in range(len(company.staff))]
    company.stand.workspace.subscribed_events.discard("reaction_added")
    made = [company.placed(f"Old {number}", now) for number in range(60)]
    for number, (_, ts) in enumerate(made):
        company.acts.react(readers[number % len(readers)], company.english, ts, "mega")
    company.stand.workspace.subscribed_events.add("reaction_added")
    with pytest.raises(TryLater):
        company.come_round("rebuild")
    for _ in range(6):
        company.stand.clock.step(seconds=15)
        with suppress(TryLater):
            company.come_round("look_up")
    assert [company.said(story, readers[n % len(readers)]) for n, (story, _) in enumerate(made)] == [1] * 60
