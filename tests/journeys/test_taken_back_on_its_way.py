"""A story that is taken back while its message is on its way does not stay behind in a channel."""

from dataclasses import dataclass, field
from typing import Any

from bot.actions.cancel_story import cancel_story
from bot.actions.deliver import deliver
from bot.actions.desk import Desk
from bot.actions.publish_due import publish_due
from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.store import setup as setup_store


@dataclass
class Interrupted:
    """Slack, with something else happening right after a message arrived there."""

    slack: Any
    happens: Any
    done: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.slack, name)

    def post(self, *what: Any) -> Any:
        posted = self.slack.post(*what)
        if not self.done:
            self.done.append(what[0])
            self.happens()
        return posted


def queue(stand):
    desk, channel = stand.house.desk, stand.company.rooms[0].id
    desk.store.write(lambda c: setup_store.put_channel(c, Channel(channel, "good-stories", "en"), stand.clock()))
    draft = StoryDraft("https://example.com/reef", "The reef", "Why.", "en", (Caption(None, "en", "One"),))
    story = queue_story(desk, who_asks(desk, stand.company.admin), draft, stand.clock()).story
    stand.clock.to(story.due_at)
    return desk, channel, story


def standing(stand, channel):
    return [m["text"] for m in stand.acts.messages(stand.company.admin, channel) if m.get("metadata")]


def rest(stand):
    for _ in range(4):
        stand.work()
        stand.clock.step(seconds=30)


def test_cancelled_between_the_post_and_its_note(stand):
    desk, channel, story = queue(stand)
    publish_due(desk, stand.clock())

    def take_back() -> None:
        cancel_story(desk, who_asks(desk, stand.company.admin), story.id, stand.clock())

    deliver(Desk(desk.store, Interrupted(desk.messenger, take_back), desk.previews, desk.me), stand.clock())
    rest(stand)
    assert standing(stand, channel) == ["Taken back: The reef"]


def test_cancelled_while_it_is_not_known_whether_it_arrived(stand):
    desk, channel, story = queue(stand)
    stand.sandbox.faults.answer("chat.postMessage", "lost_reply", times=1)
    publish_due(desk, stand.clock())
    deliver(desk, stand.clock())
    assert len(standing(stand, channel)) == 1
    cancel_story(desk, who_asks(desk, stand.company.admin), story.id, stand.clock())
    rest(stand)
    assert standing(stand, channel) == ["Taken back: The reef"]


def test_cancelled_before_anything_arrived_nothing_does(stand):
    desk, channel, story = queue(stand)
    stand.sandbox.faults.answer("chat.postMessage", "rate_limited", times=1, retry_after=7)
    publish_due(desk, stand.clock())
    deliver(desk, stand.clock())
    cancel_story(desk, who_asks(desk, stand.company.admin), story.id, stand.clock())
    rest(stand)
    assert standing(stand, channel) == []
