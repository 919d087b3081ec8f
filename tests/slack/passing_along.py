"""A company that passes stories along, for tests: stories go out, people react, some agree to be named."""

import re
import secrets
from datetime import datetime
from typing import Any

from bot.actions.publish_due import publish_now
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON, Rule
from bot.domain.links import new_code
from bot.domain.local_time import day_of
from bot.domain.people import Profile, Standing
from bot.domain.setup import Channel, Setup
from bot.domain.stories import StoryDraft
from bot.store import clicks, links, people, stories
from bot.store import setup as setup_store
from bot.store.clicks import Click


class Company:
    """An English and a Dutch channel, a comms channel, and colleagues by their place in the list."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.acts, self.desk = stand, stand.acts, stand.house.desk
        rooms = {room.name: room for room in stand.company.rooms}
        self.english, self.dutch = (room.id for room in stand.company.rooms[:2])
        self.comms = next(room.id for room in rooms.values() if room.private)
        self.editor = stand.company.editors[0]
        comms = {
            *next(room.members for room in rooms.values() if room.id == self.comms),
            stand.company.admin,
            *stand.company.editors,
        }
        home = stand.company.team_id
        self.staff = [p for p in stand.company.staff if p.team_id == home and not p.guest and p.id not in comms]
        setup = Setup(comms_channel=self.comms, editors=(self.editor,))
        self.write(lambda c: setup_store.save_setup(c, setup, stand.clock()))
        for channel in (Channel(self.english, "good-stories", "en"), Channel(self.dutch, "mooie-verhalen", "nl")):
            self.write(lambda c, channel=channel: setup_store.put_channel(c, channel, stand.clock()))

    def write(self, work: Any) -> Any:
        return self.desk.store.write(work)

    def story(self, title: str, due_at: datetime | None = None) -> int:
        """Post a story now in the English channel, or queue it for then."""
        slug = "".join(c if c.isalnum() else "-" for c in title)
        draft = StoryDraft(
            f"https://example.com/{slug}",
            title,
            "Why it is worth it.",
            "en",
            (Caption(None, "en", "One"), Caption(None, "en", "Two")),
            due_at=due_at,
            channels=(self.english,),
        )
        now = self.stand.clock()

        def work(connection: Any) -> int:
            story_id = stories.add(connection, draft, None, now)
            if due_at is None:
                publish_now(connection, stories.find(connection, story_id), now)
            return story_id

        story_id: int = self.write(work)
        self.stand.work()
        self.stand.clock.step(seconds=2)
        self.stand.work()
        return story_id

    def pass_along(self, number: int, title: str) -> str:
        """The person reacts to the story with that title; answers who."""
        user = self.staff[number].id
        self.join(user)
        [message] = [m for m in self.acts.messages(user, self.english) if title in m["text"]]
        assert self.acts.react(user, self.english, message["ts"], "mega").acked
        self.stand.work()
        return user

    def follow(self, number: int, story: int, readers: int = 0, **others: Rule) -> str:
        """So many different people follow this person's link to the story, and who else by their rules; answers who."""
        user, now = self.staff[number].id, self.stand.clock()
        rules = [PERSON] * readers + list(others.values())

        def work(connection: Any) -> None:
            profile = Profile(user, self.desk.me.team, self.staff[number].real_name)
            person = people.by_user(connection, user) or people.add(connection, profile, now)
            link = links.mint(connection, new_code(secrets.choice), story, person.id, "x", now)
            came = [Click(link.id, rule, False, secrets.randbits(62) + 1, 1) for rule in rules]
            clicks.count(connection, came, now, day_of(now, "Europe/Amsterdam"), now)

        self.write(work)
        self.stand.clock.step(minutes=1)
        self.stand.work()
        return user

    def join(self, user: str) -> None:
        room = self.stand.workspace.channels[self.english]
        if user not in room.members:
            self.acts.join(user, self.english)

    def stands(self, user: str, standing: Standing = Standing.NAMED) -> None:
        """What the person answered to the question of the three states."""
        self.write(lambda c: people.set_standing(c, people.by_user(c, user).id, standing))

    def name(self, number: int) -> str:
        """What others read."""
        return str(self.desk.profiles.get(self.staff[number].id).name)

    def say(self, text: str, user: str) -> dict[str, Any]:
        """Type a command; answers what this person alone sees."""
        outcome = self.acts.command(user, self.english, f"/passalong {text}")
        assert outcome.acked, outcome
        assert outcome.error is None, outcome
        return outcome.payload or {}


def spoken(blocks: Any) -> str:
    """All texts of blocks, one after the other, as people read them: marks and addresses of links left out."""
    if isinstance(blocks, list):
        return "\n".join(filter(None, map(spoken, blocks)))
    if blocks.get("type") == "data_visualization":
        return spoken_chart(blocks)
    own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
    inner = [spoken(value) for value in blocks.values() if isinstance(value, dict | list)]
    return re.sub(r"<http[^|>]*\|([^>]*)>", r"\1", "\n".join(filter(None, own + inner))).replace("*", "")


def spoken_chart(block: Any) -> str:
    """What the figures of a chart come to when they are read out; in this English alone."""
    [bars] = block["chart"]["series"]
    weeks = "; ".join(f"{point['label']}: {point['value']:,}" for point in bars["data"])
    return f"{block['title']}, up to {weeks}."
