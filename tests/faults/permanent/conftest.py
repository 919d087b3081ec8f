"""Comms on the stand, with two channels for stories, and what everybody reads."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.queue_story import queue_story
from bot.actions.who_asks import remember, who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel, Setup, WeeklyTime
from bot.domain.stories import Story, StoryDraft
from bot.sandbox.web_api.call import Refusal
from bot.store import deliveries, placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Store
from bot.store.tables import deliveries as rows

Json = dict[str, Any]
CHANGES = ("chat.postMessage", "chat.update", "reactions.add")


class Comms:
    """An editor (not the admin) who queues stories, and what is said about them."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.desk, self.acts, self.workspace = stand, stand.house.desk, stand.acts, stand.workspace
        self.one, self.two = (room.id for room in stand.company.rooms[:2])
        self.admin = stand.company.admin
        staff = [p for p in stand.company.staff if p.id != self.admin and not p.guest]
        self.editor, self.reader = (next(p.id for p in staff if p.language == language) for language in ("en", "nl"))
        for channel in (self.one, self.two):
            stand.workspace.join(stand.workspace.bot_user, channel)
            self.write(lambda c, channel=channel: setup_store.put_channel(c, Channel(channel, channel, "en"), self.now))
        self.comms = stand.workspace.add_channel(
            "comms", [self.editor, self.admin, stand.workspace.bot_user], private=True
        )
        self.set_up()
        self.write(lambda c: remember(c, self.desk, who_asks(self.desk, self.editor).profile, self.now))
        self.rest()

    @property
    def now(self) -> Any:
        return self.stand.clock()

    @property
    def store(self) -> Store:
        return self.desk.store

    def write(self, work: Any) -> Any:
        return self.store.write(work)

    def set_up(self, **more: Any) -> None:
        values: Json = {"comms_channel": self.comms.id, "editors": (self.editor,), "digest": None, **more}
        version = self.desk.setup().version
        assert self.write(lambda c: setup_store.save_setup(c, Setup(**values, version=version), self.now))

    def with_digest(self) -> None:
        self.set_up(digest=WeeklyTime(4, Setup().digest.at))  # type: ignore[union-attr]

    def queue(self, *channels: str, title: str = "The reef story", **more: Any) -> Story:
        draft = StoryDraft(
            link=f"https://example.com/{title.replace(' ', '-')}",
            title=title,
            sentence="Anna spent her Sunday under water for this.",
            language="en",
            captions=(Caption(None, "en", "One"), Caption(None, "en", "Two")),
            channels=channels or (self.one,),
            **more,
        )
        return queue_story(self.desk, who_asks(self.desk, self.editor), draft, self.now).story

    def post(self, *channels: str, **more: Any) -> Story:
        story = self.queue(*channels, **more)
        self.stand.clock.to(max(self.now, story.due_at))
        self.rest()
        return self.story(story)

    def rest(self, rounds: int = 2) -> None:
        for _ in range(rounds):
            self.stand.work()
            self.stand.clock.step(seconds=2)

    def wait_long(self) -> None:
        """Days pass, and every job comes round now and then: whatever loops shows itself."""
        for _ in range(4):
            self.stand.clock.step(hours=11)
            self.stand.work()

    def story(self, story: Story) -> Story:
        found = self.store.read(lambda c: stories.find(c, story.id))
        assert found is not None
        return found

    def standing(self, channel: str) -> list[Json]:
        """The stories' messages in a channel."""
        place = self.workspace.channels[channel]
        return [m for m in place.messages.values() if "reef story" in m.get("text", "")]

    def ts(self, story: Story, channel: str) -> str:
        [ts] = [p.ts for p in self.store.read(lambda c: placements.of_story(c, story.id)) if p.channel == channel]
        return ts

    def told(self, user: str) -> list[str]:
        """What the bot told somebody in a direct message."""
        return [m["text"] for m in self.acts.direct(user)]

    def told_comms(self) -> list[str]:
        found = self.workspace.channels.get(self.comms.id)
        mine = found.messages.values() if found else []
        return [m["text"] for m in mine if m.get("user") == self.workspace.bot_user]

    def calls(self, *methods: str) -> int:
        """How often Slack was asked so far."""
        return sum(1 for entry in self.workspace.log if entry.kind == "api" and (not methods or entry.name in methods))

    def open_deliveries(self) -> list[str]:
        """What still waits, by kind and why."""
        query = select(rows.c.kind, rows.c.error).where(rows.c.state.in_(["waiting", "claimed"]))
        return [f"{row.kind}: {row.error}" for row in self.store.read(lambda c: c.execute(query).all())]

    def states(self, kind: str) -> list[tuple[str, str | None]]:
        query = select(rows.c.state, rows.c.error).where(rows.c.kind == kind).order_by(rows.c.key)
        return [(row.state, row.error) for row in self.store.read(lambda c: c.execute(query).all())]

    def owe(self, owed: Any) -> None:
        self.write(lambda c: deliveries.owe(c, owed, self.now))

    def is_quiet(self, days: int = 2) -> bool:
        """Nothing more is asked of Slack to post or change, now or later."""
        before = self.calls(*CHANGES)
        self.stand.clock.to(self.now + timedelta(days=days))
        self.rest()
        return self.calls(*CHANGES) == before

    def slack_says(self, method: str, error: str) -> None:
        """From now on Slack refuses this, as it may at any time for reasons of its own."""
        methods = self.stand.sandbox.web_api.methods

        def refuse(call: Any) -> Json:
            raise Refusal(error)

        methods[method] = replace(methods[method], run=refuse)


@pytest.fixture
def comms(stand: Any) -> Comms:
    return Comms(stand)
