"""Who suggests ideas, and what comms does with them, for tests."""

import json
from typing import Any

from bot.actions.tell_senders import look_after_ideas
from bot.domain.ideas import Idea
from bot.slack import ids
from bot.store import ideas, people
from tests.slack.queueing import Comms


def text_of(*shown: Any) -> str:
    """All that can be read there, with Slack's escapes undone."""
    found = json.dumps([one.get("blocks") for one in shown], ensure_ascii=False)
    return found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace('\\"', '"')


class IdeasDesk(Comms):
    """Anna, Bram and a guest, two editors, and a comms channel."""

    def __init__(self, stand: Any, *, has_comms: bool = True) -> None:
        super().__init__(stand)
        company = stand.company
        taken = (company.admin, *company.editors)
        plain = [p for p in company.staff if p.id not in taken and not p.guest]
        self.anna = next(p for p in plain if p.language == "en").id
        self.bram = next(p for p in plain if p.language == "nl").id
        self.guest = next(p for p in company.staff if p.guest).id
        self.comms = next(room.id for room in company.rooms if room.private)
        if has_comms:
            self.set_up(comms_channel=self.comms, comms_language="en")

    def suggest(self, user: str, link: str = "", why: str = "", *, credit: bool = False) -> dict[str, Any]:
        """With the command; answers the window that says what comes of it."""
        self.open(f"suggest {link}".strip(), user)
        return self.finish(user, why, credit=credit)

    def finish(self, user: str, why: str = "", *, credit: bool = False) -> dict[str, Any]:
        """The form that is open is filled in further, and sent."""
        if why:
            self.fill(user, **{ids.IDEA_WHY: why})
        if credit:
            self.fill(user, **{ids.IDEA_CREDIT: ["yes"]})
        assert self.send(user) == {}
        done = self.view(user)
        self.acts.close(user, done["id"])
        self.a_moment()
        return done

    def a_moment(self) -> None:
        """Slack takes a message a second."""
        for _ in range(2):
            self.stand.work()
            self.stand.clock.step(seconds=2)
        self.stand.work()

    def cards(self) -> list[dict[str, Any]]:
        return self.acts.messages(self.editor, self.comms)

    def card(self) -> dict[str, Any]:
        [card] = self.cards()
        return card

    def press_card(self, action: str, user: str | None = None, **more: Any) -> None:
        self.press(action, user, channel=self.comms, ts=self.card()["ts"], **more)

    def decline(self, user: str | None = None, **fields: Any) -> dict[str, str]:
        """The window of *Not now* that is open is filled in and sent."""
        self.fill(user, **fields)
        wrong = self.send(user)
        self.a_moment()
        return wrong

    def queue_it(self, user: str | None = None, **fields: Any) -> None:
        """From the card, with what is missing."""
        self.press_card(ids.IDEA_QUEUE, user)
        typed = {"title": "The reef", "sentence": "It grew.", "caption_1": "Our reef.", "caption_2": "Look."}
        self.fill(user, **(typed | fields))
        assert self.send(user) == {}
        self.a_moment()

    def post(self) -> None:
        """The one that is queued goes out at its time."""
        [story] = self.queued()
        self.stand.clock.to(story.due_at)
        for _ in range(3):
            self.stand.work()
            self.stand.clock.step(seconds=2)

    def heard(self, user: str) -> list[str]:
        return [text_of(message) for message in self.acts.direct(user)]

    def idea(self, number: int = 1) -> Idea | None:
        return self.desk.store.read(lambda c: ideas.find(c, number))

    def person(self, user: str) -> Any:
        return self.desk.store.read(lambda c: people.by_user(c, user))

    def name(self, user: str) -> str:
        return str(self.desk.messenger.profile(user).name)

    def minute(self) -> None:
        look_after_ideas(self.desk, self.stand.clock())
        self.stand.work()
