"""A company that can have a crisis, and a Slack that only remembers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.actions.deliver import deliver
from bot.actions.desk import Desk, Me
from bot.actions.fill_crisis import fill_crisis
from bot.actions.look_after_crisis import look_after_crisis
from bot.actions.ports import ChannelFacts, Standing, UserGroup
from bot.actions.queue_story import queue_story
from bot.actions.start_crisis import start_crisis
from bot.actions.tell_crisis import tell_crisis
from bot.actions.who_asks import Asker
from bot.domain.captions import Caption
from bot.domain.crisis import Known
from bot.domain.crisis_desk import FillWish, NamedAudience, StartWish
from bot.domain.messages import Posted
from bot.domain.pace import Pace
from bot.domain.people import Profile
from bot.domain.setup import Channel, Setup
from bot.domain.stories import StoryDraft
from bot.sources.crisis_files import written_scenarios
from bot.store import crises, deliveries, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Store

CONTENT = Path(__file__).parents[2] / "content"
NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GENERAL, DUTCH, COMMS = "C0000000A", "C0000000B", "C0000COMMS"
DESK = "S0000DESK"
LEAK = "data-leak"


class Slack:
    """Remembers what was said where. `problems`: what the next posts answer, one after another."""

    def __init__(self, staff: Sequence[str]) -> None:
        self.posted: list[tuple[str, Any]] = []
        self.updated: list[tuple[Posted, Any]] = []
        self.pinned: list[Posted] = []
        self.deleted: list[Posted] = []
        self.found: dict[str, Posted] = {}
        self.problems: list[Exception] = []
        self.desk_members = tuple(staff[:3])
        self.staff = tuple(staff)
        self.before_post: Any = None

    def try_drawing(self, message: Any) -> None:
        pass

    def post(self, target: str, message: Any, delivery_id: str, thread: str | None = None) -> Posted:
        if self.before_post is not None:
            act, self.before_post = self.before_post, None
            act()
        if self.problems:
            raise self.problems.pop(0)
        self.posted.append((target, message))
        where = Posted(target if target.startswith("C") else f"D{target[1:]}", f"{len(self.posted)}.1")
        self.found[delivery_id] = where
        return where

    def find(self, channel: str, delivery_id: str, *_: Any, **__: Any) -> Posted | None:
        return self.found.get(delivery_id)

    def update(self, where: Posted, message: Any) -> None:
        self.updated.append((where, message))

    def pin(self, where: Posted) -> None:
        self.pinned.append(where)

    def delete(self, where: Posted) -> None:
        self.deleted.append(where)

    def add_reaction(self, where: Posted, emoji: str) -> None:
        pass

    def reactions(self, where: Posted) -> Standing:
        return Standing({})

    def permalink(self, where: Posted) -> str:
        return f"https://slack.example/{where.channel}/{where.ts}"

    def user_groups(self) -> tuple[UserGroup, ...]:
        return (UserGroup(DESK, "service-desk", "Service desk"),)

    def my_channels(self) -> tuple[ChannelFacts, ...]:
        return ()

    def group_members(self, group: str) -> tuple[str, ...]:
        return self.desk_members

    def members(self, channel: str) -> tuple[str, ...]:
        return (*self.staff, "UBOT")

    def everybody(self) -> tuple[Profile, ...]:
        return (*(profile(user) for user in self.staff), replace(profile("UBOT"), is_bot=True))

    def said_to(self, target: str) -> list[Any]:
        return [message for where, message in self.posted if where == target]


class Room:
    """Two editors, an admin, staff; two channels for stories, and one for comms."""

    def __init__(self, store: Store, staff: Sequence[str] = ("UANNA", "UBEN", "UCATO", "UDAAN", "UEVA")) -> None:
        self.slack = Slack(staff)
        me = Me("UBOT", "BBOT", "T1", "Veldkamp")
        self.desk = Desk(
            store=store,
            messenger=self.slack,  # type: ignore[arg-type]
            previews=None,  # type: ignore[arg-type]
            me=me,
            public_url="https://go.veldkamp.example",
            scenarios=lambda: written_scenarios(CONTENT),
        )
        self.editor, self.other = asker("UEDITOR"), asker("UOTHER")
        self.admin, self.colleague = asker("UADMIN", is_admin=True), asker("UDAAN", is_editor=False)
        for channel in (Channel(GENERAL, "general", "en"), Channel(DUTCH, "utrecht", "nl")):
            store.write(lambda c, channel=channel: setup_store.put_channel(c, channel, NOW))
        self.set_up(comms_channel=COMMS)

    def set_up(self, **values: Any) -> None:
        def work(connection: Any) -> None:
            setup = setup_store.load_setup(connection)
            assert setup_store.save_setup(connection, replace(setup, **values), NOW)

        self.desk.store.write(work)

    def setup(self) -> Setup:
        return self.desk.setup()

    def story(self, title: str, due_at: datetime, *topics: str, **more: Any) -> int:
        captions = (Caption(None, "en", "One"),)
        drawn = StoryDraft(
            f"https://example.com/{title}",
            title,
            "Because.",
            "en",
            captions,
            topics=topics,
            channels=(GENERAL,),
            due_at=due_at,
            **more,
        )
        return queue_story(self.desk, self.editor, drawn, NOW - timedelta(days=1)).story.id

    def find_story(self, story_id: int) -> Any:
        return self.desk.store.read(lambda connection: stories.find(connection, story_id))

    def start(self, by: Asker | None = None, now: datetime = NOW, **more: Any) -> Any:
        wish = StartWish(LEAK, is_rehearsal=False, named={"front-line": NamedAudience((DESK,), ())})
        return start_crisis(self.desk, by or self.editor, replace(wish, **more), now)

    def fill(self, known: Known, now: datetime = NOW) -> Known:
        places = {text.language: dict.fromkeys(text.places, "this & that") for text in known.texts}
        return fill_crisis(self.desk, self.editor, known.crisis.id, FillWish(places, {}, {}, 60), now)

    def told(self, now: datetime = NOW, *, publish: bool = False, **more: Any) -> Known:
        known = self.fill(self.start(now=now, **more).known, now)
        return tell_crisis(self.desk, self.admin, known.crisis.id, now, publish=publish)

    def know(self, crisis_id: int) -> Known:
        known = self.desk.store.read(lambda connection: crises.know(connection, crisis_id))
        assert known is not None
        return known

    def send(self, now: datetime, most: int = 1000) -> int:
        """All that is due, as fast as may be."""
        done = 0
        while done < most:
            self.desk.pacing.pace = Pace()
            if not deliver(self.desk, now):
                break
            done += 1
        return done

    def run(self, now: datetime) -> None:
        """Until nothing is left to do at this moment."""
        while self.send(now) + look_after_crisis(self.desk, now):
            continue
        self.send(now)

    def steps(self, crisis_id: int) -> list[str]:
        found = self.desk.store.read(lambda connection: crises.steps(connection, crisis_id))
        return [step.did.value for step in found]

    def owed(self) -> list[Any]:
        far = NOW + timedelta(days=400)
        return self.desk.store.write(lambda connection: deliveries.claim(connection, "test", far, most=1000))

    def person(self, user: str) -> Any:
        return self.desk.store.write(lambda connection: people.add(connection, profile(user), NOW))


def profile(user: str) -> Profile:
    return Profile(user, "T1", user.title(), locale="nl-NL" if user == "UBEN" else "en-GB")


def asker(user: str, *, is_editor: bool = True, is_admin: bool = False) -> Asker:
    return Asker(profile(user), None, "en", is_editor=is_editor, is_admin=is_admin)
