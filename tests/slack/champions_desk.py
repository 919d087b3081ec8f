"""A company with champions, three weeks on: who shared, who read, and an editor who looks."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.actions.answer_standing import answer_standing
from bot.actions.keep_rankings import keep_rankings
from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.people import Standing
from bot.domain.setup import Channel, Setup
from bot.domain.stories import StoryDraft
from bot.slack import ids
from bot.store import people
from bot.store import setup as setup_store
from tests.journeys.followed import follow, share_by_link

Json = dict[str, Any]
NAMED, UNNAMED, OUT = Standing.NAMED, Standing.UNNAMED, Standing.OUT


class ChampionsDesk:
    """`editor` reads English, `redacteur` Dutch; `anna` and `eva` English, `daan` and `lotte` Dutch."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.desk, self.clock, self.acts = stand, stand.house.desk, stand.clock, stand.acts
        company = stand.company
        self.editor, self.redacteur = company.editors
        self.room, _, self.general = (room.id for room in company.rooms[:3])
        self.comms = next(room.id for room in company.rooms if room.private)
        staff = [p for p in company.staff if p.id not in (company.admin, *company.editors) and not p.guest]
        self.staff = [p.id for p in staff]
        self.anna, self.eva = [p.id for p in staff if p.language == "en"][:2]
        self.daan, self.lotte = [p.id for p in staff if p.language == "nl"][:2]
        self.write(lambda c: setup_store.put_channel(c, Channel(self.room, "good-stories", "en"), self.clock()))
        setup = Setup(editors=company.editors, comms_channel=self.comms, digest=None)
        self.write(lambda c: setup_store.save_setup(c, setup, self.clock()))

    def write(self, work: Any) -> Any:
        return self.desk.store.write(work)

    def set_up(self, **choices: Any) -> None:
        setup = replace(self.desk.setup(), **choices)
        assert self.write(lambda c: setup_store.save_setup(c, setup, self.clock()))

    def post(self, *titles: str, **more: Any) -> list[int]:
        """Queue stories and let them go out."""
        return [self._post(title, **more) for title in titles]

    def _post(self, title: str, **more: Any) -> int:
        texts = (Caption(None, "en", f"{title} one"), Caption(None, "en", f"{title} two"))
        values = {"link": f"https://example.com/{abs(hash(title))}", "title": title, "sentence": "Anna did it."}
        draft = StoryDraft(**{**values, "language": "en", "captions": texts, **more})
        draft = replace(draft, due_at=self.clock() + timedelta(minutes=2))
        story = queue_story(self.desk, who_asks(self.desk, self.stand.company.admin), draft, self.clock()).story.id
        self.clock.step(minutes=2, seconds=2)
        self.stand.work()
        return story

    def read(self, user: str, story: int, readers: int, standing: Standing = NAMED) -> None:
        """This person shares a story by their link, and so many follow it."""
        answer_standing(self.desk, who_asks(self.desk, user), standing, self.clock())
        follow(self.desk, share_by_link(self.desk, user, story, self.clock()), self.clock(), readers=readers)

    def stands(self, user: str, standing: Standing) -> None:
        answer_standing(self.desk, who_asks(self.desk, user), standing, self.clock())

    def three_champions(self) -> tuple[int, int]:
        """Anna before Daan, by name; Lotte first of all, without one. Two stories; then three weeks go by."""
        reef, bakery = self.post("The reef", "The bakery", topics=("Water",))
        for user, standing, counts in (
            (self.lotte, UNNAMED, (9, 3)),
            (self.anna, NAMED, (6, 2)),
            (self.daan, NAMED, (3, 1)),
        ):
            for story, readers in zip((reef, bakery), counts, strict=True):
                self.read(user, story, readers, standing)
        self.clock.step(days=21)
        self.count()
        return reef, bakery

    def count(self) -> None:
        """The job that counts rankings comes round."""
        keep_rankings(self.desk.store, self.clock())

    def person(self, user: str) -> Any:
        return self.desk.store.read(lambda c: people.by_user(c, user))

    def number(self, user: str) -> str:
        """As the buttons beside somebody carry them."""
        return str(self.person(user).id)

    def say(self, text: str, user: str | None = None) -> Json:
        """Type a command; answers what is said to this person alone (nothing where a modal opened)."""
        outcome = self.acts.command(user or self.editor, self.general, f"/passalong {text}")
        assert outcome.acked, outcome
        assert outcome.error is None, outcome
        self.stand.settle()
        return outcome.payload or {}

    def open(self, user: str | None = None) -> Json:
        """The list."""
        assert not self.say("champions", user)
        return self.view(user)

    def view(self, user: str | None = None) -> Json:
        """The modal on top."""
        return dict(self.acts.views(user or self.editor)[-1])

    def press(self, action: str, user: str | None = None, **more: Any) -> None:
        who = user or self.editor
        if "channel" not in more and self.acts.views(who):
            more.setdefault("view_id", self.view(who)["id"])
        outcome = self.acts.press(who, action, **more)
        assert outcome.acked, outcome
        assert outcome.error is None, outcome
        self.stand.settle()

    def thank(self, user: str, editor: str | None = None) -> Json:
        """Press *Say thanks* beside somebody."""
        self.press(ids.THANK, editor, value=self.number(user))
        return self.view(editor)

    def send(self, editor: str | None = None) -> dict[str, str]:
        """Send the modal on top; answers the errors at its fields."""
        who = editor or self.editor
        view = self.view(who)
        assert self.acts.submit(who, view["id"]).acked
        self.stand.settle()
        return dict(self.acts.errors_of(who, view["id"])) if self.acts.views(who) else {}

    def steps(self) -> list[str]:
        """The log of editors."""
        from sqlalchemy import select

        from bot.store.tables import editor_steps

        rows = self.desk.store.read(lambda c: c.execute(select(editor_steps.c.step)).scalars().all())
        return [str(step) for step in rows]


def text_of(view: Json) -> str:
    """All of it, as it goes to Slack."""
    return json.dumps(view["blocks"], ensure_ascii=False)
