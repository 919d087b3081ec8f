"""A story stands in its channel exactly once, whatever Slack's answers do."""

from datetime import timedelta

import pytest

from bot.actions.publish_due import publish_due
from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.messages import StoryMessage
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.store import deliveries, people, placements, shares, stories
from bot.store import setup as setup_store


def queue(stand, channel, **more):
    desk = stand.house.desk
    desk.store.write(lambda c: setup_store.put_channel(c, Channel(channel, "good-stories", "en"), stand.clock()))
    draft = StoryDraft(
        link="https://example.com/reef",
        title="The reef story",
        sentence="Anna spent her Sunday under water for this.",
        language="en",
        captions=(Caption(None, "en", "One"), Caption(None, "en", "Two")),
        **more,
    )
    return queue_story(desk, who_asks(desk, stand.company.admin), draft, stand.clock()).story


def standing(stand, channel):
    return [m for m in stand.acts.messages(stand.company.admin, channel) if "reef story" in m.get("text", "")]


@pytest.mark.parametrize("fault", ["lost_reply", "server_error", "html", "rate_limited"])
def test_once_after_a_fault(stand, fault):
    channel = stand.company.rooms[0].id
    story = queue(stand, channel)
    stand.clock.to(story.due_at)
    stand.sandbox.faults.answer("chat.postMessage", fault, times=1, retry_after=7)
    for _ in range(5):
        stand.work()
        stand.clock.step(seconds=30)
    assert len(standing(stand, channel)) == 1
    [placement] = stand.house.store.read(lambda c: placements.of_story(c, story.id))
    assert placement.ts == standing(stand, channel)[0]["ts"]


def test_once_after_a_worker_died_with_it_in_hand(stand):
    channel = stand.company.rooms[0].id
    story = queue(stand, channel)
    stand.clock.to(story.due_at)
    desk = stand.house.desk
    publish_due(desk, stand.clock())
    [held] = [d for d in desk.store.write(lambda c: deliveries.claim(c, "dead", stand.clock())) if d.kind == "story"]
    # It was sent, and the worker died before it could note that.
    sent = desk.store.read(lambda c: stories.find(c, story.id))
    desk.store.write(lambda c: deliveries.begin(c, held, stand.clock()))
    desk.messenger.post(channel, StoryMessage(sent, "en", desk.setup()), held.id)
    # Somebody passes it along before anybody here knows where it stands.
    [message] = standing(stand, channel)
    reader = next(p.id for p in stand.company.staff if p.id != stand.company.admin)
    stand.acts.react(reader, channel, message["ts"], "mega")
    stand.clock.step(minutes=3)
    stand.work()
    assert len(standing(stand, channel)) == 1
    assert len(desk.store.read(lambda c: placements.of_story(c, story.id))) == 1
    person = desk.store.read(lambda c: people.by_user(c, reader))
    assert [s.is_said for s in desk.store.read(lambda c: shares.of_person(c, story.id, person.id))] == [True]


def test_a_word_to_one_person_is_not_lost_with_a_worker_that_died_before_sending(stand):
    channel = stand.company.rooms[0].id
    story = queue(stand, channel, best_before=stand.clock() + timedelta(days=2))
    stand.clock.to(story.best_before)
    desk = stand.house.desk
    publish_due(desk, stand.clock())
    assert [d.kind for d in desk.store.write(lambda c: deliveries.claim(c, "dead", stand.clock()))] == ["notice"]
    stand.clock.step(seconds=90)
    stand.work()
    assert len(stand.acts.direct(stand.company.admin)) == 1


def test_a_story_past_its_best_before_is_not_posted_and_its_editor_is_told(stand):
    channel = stand.company.rooms[0].id
    story = queue(stand, channel, best_before=stand.clock() + timedelta(days=2))
    stand.clock.to(story.best_before)
    stand.work()
    assert standing(stand, channel) == []
    [told] = stand.acts.direct(stand.company.admin)
    assert "The reef story" in told["text"]
    assert "houdbaarheidsdatum" in told["text"]


def test_an_image_slack_cannot_use_is_left_out_and_its_editor_is_told(stand):
    channel = stand.company.rooms[0].id
    image = "https://example.com/reef.webp"
    story = queue(stand, channel, image=image, alt="A reef")
    stand.clock.to(story.due_at)
    stand.work()
    stand.clock.step(seconds=5)
    stand.work()
    [message] = standing(stand, channel)
    assert not [block for block in message["blocks"] if block["type"] == "image"]
    [told] = stand.acts.direct(stand.company.admin)
    assert "plaatje" in told["text"]


def test_a_channel_that_is_gone_ends_cleanly(stand):
    channel = stand.company.rooms[0].id
    story = queue(stand, channel)
    stand.acts.remove_bot(channel)
    stand.clock.to(story.due_at)
    for _ in range(3):
        stand.work()
        stand.clock.step(minutes=10)
    assert len([m for m in stand.acts.direct(stand.company.admin) if "kon niet in" in m["text"]]) == 1
