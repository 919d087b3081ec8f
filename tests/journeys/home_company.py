"""A company whose people open Home, and what stands there."""

import json
from datetime import timedelta
from typing import Any

from bot.actions.mark_opened import mark_opened
from bot.actions.mark_said import mark_said
from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.shares import Words
from bot.domain.stories import StoryDraft
from bot.slack import ids
from bot.store import people
from bot.store import setup as setup_store
from tests.conftest import until


class Company:
    """The stand with a channel, and what the tests do on it."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.desk, self.clock, self.acts = stand, stand.house.desk, stand.clock, stand.acts
        self.room = stand.company.rooms[0].id
        self.admin, self.editor = stand.company.admin, stand.company.editors[0]
        staff = [p for p in stand.company.staff if not p.guest and p.id not in (self.admin, *stand.company.editors)]
        self.reader = next(p.id for p in staff if p.language == "en")
        self.lezer = next(p.id for p in staff if p.language == "nl")
        self.desk.store.write(lambda c: setup_store.put_channel(c, Channel(self.room, "good", "en"), self.clock()))

    def queue(self, title: str, **more: Any) -> int:
        draft = StoryDraft(
            link=f"https://example.com/{abs(hash(title))}",
            title=title,
            sentence="Anna spent her Sunday under water for this.",
            **{"language": "en", "captions": (Caption(None, "en", "One"), Caption(None, "en", "Two")), **more},
        )
        return queue_story(self.desk, who_asks(self.desk, self.admin), draft, self.clock()).story.id

    def post(self, *titles: str) -> list[int]:
        """Queue these and let them go out, as fast as Slack takes them."""
        due = [self.clock() + timedelta(minutes=1 + n) for n in range(len(titles))]
        found = [self.queue(title, due_at=at) for title, at in zip(titles, due, strict=True)]
        self.clock.to(due[-1])
        for _ in range(len(titles) + 1):
            self.stand.work()
            self.clock.step(seconds=2)
        return found

    def said(self, user: str, story: int, network: str = "linkedin", **more: Any) -> None:
        mark_said(self.desk, who_asks(self.desk, user), story, [network], self.clock(), **more)

    def opened(self, user: str, story: int, network: str = "linkedin") -> None:
        mark_opened(self.desk, who_asks(self.desk, user), story, network, Words(), self.clock())

    def home(self, user: str) -> dict[str, Any]:
        assert self.acts.open_home(user).acked
        self.stand.work()
        view = self.acts.home(user)
        assert view is not None
        return view

    def press(self, user: str, action: str, value: str | None = None) -> dict[str, Any]:
        """Press on Home; answers Home as it is afterwards."""
        view = self.acts.home(user)
        outcome = self.acts.press(user, action, view_id=view["id"], value=value)
        assert outcome.acked, outcome
        until(lambda: self.acts.home(user)["hash"] != view["hash"] or bool(self.acts.views(user)))
        self.stand.settle()
        return self.acts.home(user)

    def submit(self, user: str, form: str) -> dict[str, Any]:
        """Send the form; answers Home as it is afterwards."""
        before = self.acts.home(user)
        outcome = self.acts.submit(user, form)
        assert outcome.error is None, outcome
        until(lambda: self.acts.home(user)["hash"] != before["hash"])
        return self.acts.home(user)

    def person(self, user: str) -> Any:
        return self.desk.store.read(lambda c: people.by_user(c, user))

    def preferences(self, user: str) -> str:
        """Open the form; answers its view id."""
        self.press(user, ids.PREFERENCES)
        [view] = self.acts.views(user)
        return str(view["id"])


def text_of(view: dict[str, Any]) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


def buttons(view: dict[str, Any], action: str) -> list[dict[str, Any]]:
    found = []
    for block in view["blocks"]:
        elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        found += [e for e in elements if e.get("action_id") == action]
    return found


def choices(view: dict[str, Any]) -> set[str]:
    mine = (ids.PREFERENCES, ids.LEAVE, ids.JOIN_AGAIN, ids.DELETE_ME)
    return {action for action in mine if buttons(view, action)}
