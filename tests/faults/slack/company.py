"""A company whose stories go out while things break, and the questions every fault has to answer well."""

from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from sqlalchemy import select

from bot.actions.queue_story import edit_story, queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.stories import Placement, StoryDraft, StoryState
from bot.jobs.timetable import TIMETABLE
from bot.slack.reconnect import Patience
from bot.store import people, placements, shares, stories
from bot.store.tables import deliveries
from tests.conftest import until
from tests.slack import passing_along

FAR = 10**6


class Company(passing_along.Company):
    """An English and a Dutch channel; stories are queued by the admin."""

    def begin_anew(self) -> None:
        """Whatever the test before left is over; it is some days later, Monday at seven."""
        self.slack.clear()
        self.stand.sandbox.socket.lost.clear()
        self.stand.clock.to(self.next(0, 7))
        self.desk.profiles.clear()
        self.until_all_is_sent()

    def next(self, weekday: int, hour: int) -> datetime:
        """The next time it is that hour (UTC) of that weekday (0 is Monday)."""
        now = self.stand.clock()
        at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        return at + timedelta(days=(weekday - at.weekday()) % 7 or 7)

    @property
    def now(self) -> datetime:
        """By the clock of the machine."""
        return self.stand.clock()

    @property
    def slack(self) -> Any:
        """What breaks."""
        return self.stand.sandbox.faults

    def queue(self, title: str, due_at: datetime, *channels: str, **more: Any) -> int:
        """Queue a story for then, in the English channel if none is named; answers its id."""
        slug = "".join(c if c.isalnum() else "-" for c in title)
        captions = (Caption(None, "en", "One"), Caption(None, "en", "Two"))
        draft = StoryDraft(
            f"https://example.com/{slug}",
            title,
            "Why it is worth it.",
            "en",
            captions,
            due_at=due_at,
            channels=channels or (self.english,),
            **more,
        )
        asker = who_asks(self.desk, self.stand.company.admin)
        return queue_story(self.desk, asker, draft, self.stand.clock()).story.id

    def placed(self, title: str, posted_at: datetime) -> tuple[int, str]:
        """A story that stands in the English channel, without the work of getting it there; its id and ts."""
        author = self.stand.workspace.bot_author()
        ts = str(self.stand.workspace.add_message(self.english, {**author, "text": title})["ts"])
        draft = StoryDraft(f"https://example.com/{ts}", title, "Why.", "en")

        def work(connection: Any) -> int:
            story_id = stories.add(connection, draft, None, posted_at)
            stories.end(connection, story_id, [StoryState.QUEUED], StoryState.POSTED, posted_at)
            placements.add(connection, Placement(story_id, self.english, ts, posted_at))
            return story_id

        return self.write(work), ts

    def rename(self, story_id: int, title: str) -> None:
        """Edit a story: it has another title."""
        before = self.story_of(story_id)
        names = ("link", "sentence", "language", "captions", "channels", "due_at")
        draft = StoryDraft(title=title, **{name: getattr(before, name) for name in names})
        asker = who_asks(self.desk, self.stand.company.admin)
        edit_story(self.desk, asker, story_id, before.version, draft, self.stand.clock())

    def run(self, times: int = 1, **step: float) -> None:
        """Let the bot work, then let time pass; so many times."""
        for _ in range(times):
            self.stand.work()
            self.stand.clock.step(**step)
        self.stand.work()

    def until_all_is_sent(self, within: timedelta = timedelta(hours=2)) -> None:
        """Work, and let the time pass that what is owed waits for: at most so long in all."""
        end = self.stand.clock() + within
        self.stand.work()
        while owed := self.open_deliveries():
            soonest = min(row.not_before if row.state == "waiting" else row.lease_until for row in owed)
            self.stand.clock.to(max(soonest, self.stand.clock()) + timedelta(seconds=1))
            assert self.stand.clock() < end, [(row.key, row.error) for row in owed]
            self.stand.work()

    def come_round(self, *names: str) -> None:
        """Let these jobs come round once."""
        for job in TIMETABLE:
            if job.name in names:
                job.come_round(self.desk, self.stand.clock)
        self.stand.settle()

    def away(self) -> None:
        """Slack is down: nothing gets through, either way."""
        self.slack.answer("*", "server_error", times=FAR)
        self.slack.refuse_sockets(True)
        self.slack.drop_sockets()

    def back(self) -> None:
        """Slack is there again."""
        self.slack.clear()
        self.reconnect()

    def reconnect(self) -> None:
        """What the client does by itself within seconds; here at once."""
        reconnect(self.stand)

    def standing(self, title: str, channel: str | None = None) -> list[dict[str, Any]]:
        """The messages of this story that people see."""
        channel = channel or self.english
        found = self.stand.workspace.channels[channel].messages.values()
        return [m for m in found if m["text"].startswith(f"{title}.")]

    def messages(self, channel: str, words: str) -> list[dict[str, Any]]:
        """What the bot said in a channel with these words in it."""
        found = self.stand.workspace.channels[channel].messages.values()
        return [m for m in found if words in m["text"] and m.get("bot_id")]

    def direct(self, words: str = "", user: str | None = None) -> list[str]:
        """What the admin, or somebody else, read from the bot alone."""
        return [m["text"] for m in self.acts.direct(user or self.stand.company.admin) if words in m["text"]]

    def story_of(self, story_id: int) -> Any:
        return self.desk.store.read(lambda c: stories.find(c, story_id))

    def assert_stands_once(self, story_id: int, title: str, *channels: str) -> None:
        """In each channel one message, and that is the one we know."""
        known = {p.channel: p.ts for p in self.desk.store.read(lambda c: placements.of_story(c, story_id))}
        for channel in channels or (self.english,):
            assert [m["ts"] for m in self.standing(title, channel)] == [known.get(channel)], (title, channel)

    def said(self, story_id: int, user: str) -> int:
        """How many shares of this person say that they passed this story along: one or none."""

        def look(connection: Any) -> int:
            person = people.by_user(connection, user)
            return 0 if person is None else sum(s.is_said for s in shares.of_person(connection, story_id, person.id))

        return int(self.desk.store.read(look))

    def open_deliveries(self) -> list[Any]:
        """What still waits, or is held."""
        query = select(deliveries).where(deliveries.c.state.in_(["waiting", "claimed"]))
        return list(self.desk.store.read(lambda c: c.execute(query).all()))

    def reader(self, number: int = 0) -> str:
        """A colleague who can see the English channel."""
        user = str(self.staff[number].id)
        self.join(user)
        return user


def reconnect(stand: Any) -> None:
    """Open a socket when there is none, without the client's patience, and let come what follows Slack's hello."""
    client, hello = stand.house.connection._handler.client, Event()

    def listen(message: str) -> None:
        if '"hello"' in message:
            hello.set()

    def try_it() -> bool:
        client.patience = Patience()
        with suppress(Exception):
            client.connect_to_new_endpoint()
        return hello.wait(0.05) and client.is_connected() and bool(stand.sandbox.socket.connections)

    client.on_message_listeners.append(listen)
    until(lambda: not client.is_connected() or not stand.sandbox.socket.connections)
    until(try_it)
    client.on_message_listeners.remove(listen)
    stand.settle()
