"""Slack's answers get lost, or make no sense. Each story, digest and word is there once all the same."""

from datetime import timedelta

import pytest

from bot.actions.preview_story import preview_story
from bot.actions.who_asks import who_asks
from bot.domain.problems import OutcomeUnknown, TryLater
from bot.sandbox.faults import BROKEN
from bot.slack.messenger import SlackMessenger

HOUR = timedelta(hours=1)
UNDONE = [(kind, False) for kind in BROKEN]
DONE = [(kind, True) for kind in BROKEN if kind != "rate_limited"] + [("lost_reply", False)]


def untouched(company, method):
    """A fault that was prepared was met: a test that breaks nothing proves nothing."""
    return company.slack.take(method) is None


def test_each_story_stands_once_whatever_is_answered(company):
    monday, queued = company.now, []
    for number, (kind, done) in enumerate(UNDONE + DONE):
        title = f"Story {number:02}: {kind} {done}"
        queued.append((company.queue(title, monday + HOUR * (number + 1)), title))
    for number, (kind, done) in enumerate(UNDONE + DONE):
        company.stand.clock.to(monday + HOUR * (number + 1))
        # Every other time it goes wrong twice, and so does the looking for it.
        is_done = done or kind == "lost_reply"
        company.slack.answer("chat.postMessage", kind, 1 if is_done else number % 2 + 1, done=done)
        company.slack.answer("conversations.history", kind, number % 2 + 1)
        company.until_all_is_sent()
        assert untouched(company, "chat.postMessage"), kind
        company.slack.clear()
    for story, title in queued:
        company.assert_stands_once(story, title)


def test_a_reply_that_takes_too_long(company):
    monday = company.now
    story = company.queue("The slow one", monday + HOUR)
    company.stand.clock.to(monday + HOUR)
    client = company.desk.messenger._client
    client.timeout = 0.2
    company.slack.answer("chat.postMessage", "timeout", retry_after=0.6)
    company.run(1, seconds=10)
    client.timeout = 10
    company.until_all_is_sent()
    company.assert_stands_once(story, "The slow one")


@pytest.mark.parametrize("kind", ["lost_reply", "html"])
def test_the_digest_goes_out_once(company, kind):
    company.story(f"Reef {kind}")
    company.pass_along(0, f"Reef {kind}")
    friday = company.next(4, 14)
    company.stand.clock.to(friday)
    company.slack.answer("chat.postMessage", kind, times=3, done=kind == "lost_reply")
    company.slack.answer("conversations.history", "cut_short", times=2)
    company.until_all_is_sent()
    for channel in (company.english, company.comms):
        assert len(company.messages(channel, f"{friday:%-d %B}")) == 1, channel


def test_an_edit_and_the_share_reaction_arrive(company):
    monday = company.now
    story = company.queue("Rief", monday + HOUR)
    company.stand.clock.to(monday + HOUR)
    for kind, done in DONE:
        company.slack.answer("reactions.add", kind, done=done)
    company.until_all_is_sent(timedelta(hours=9))
    for kind, done in DONE:
        company.slack.answer("chat.update", kind, done=done)
    company.rename(story, "Reefs")
    company.until_all_is_sent(timedelta(hours=9))
    [message] = company.standing("Reefs")
    bot = company.stand.company.bot_user
    assert [r["users"].count(bot) for r in message["reactions"] if r["name"] == "mega"] == [1]


def test_a_word_to_one_person_comes_once_at_most(company):
    """Nobody's messages can be looked through; a notice that may have arrived is not sent again."""
    monday = company.now
    story = company.queue("Harbour", monday + HOUR, best_before=monday + 2 * HOUR)
    company.stand.clock.to(monday + 3 * HOUR)
    company.slack.answer("chat.postMessage", "lost_reply")
    company.until_all_is_sent()
    assert company.standing("Harbour") == []
    assert len(company.direct("Harbour")) == 1
    assert company.story_of(story).state == "expired"


def test_a_word_that_slack_turned_away_at_the_door_comes_all_the_same(company):
    story = company.queue("Preview", company.now + HOUR)
    asker = who_asks(company.desk, company.stand.company.admin)
    company.slack.answer("chat.postMessage", "html")
    company.slack.answer("chat.postMessage", "unavailable")
    preview_story(company.desk, asker, story, company.stand.clock())
    company.until_all_is_sent()
    assert len(company.direct("Preview")) == 1


def test_no_answer_makes_a_question_fail_in_a_way_nobody_expects(company):
    slack: SlackMessenger = company.desk.messenger
    for kind in (*BROKEN, "lost_reply"):
        for ask, method in (
            (lambda: slack.profile(company.stand.company.admin), "users.info"),
            (lambda: slack.members(company.english), "conversations.members"),
            (lambda: slack.my_channels(), "users.conversations"),
        ):
            company.slack.answer(method, kind)
            with pytest.raises(TryLater):
                ask()
        company.slack.answer("views.open", kind)
        with pytest.raises((TryLater, OutcomeUnknown)):
            slack.open_view("trigger", {"type": "modal"})
