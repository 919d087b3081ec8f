"""People who pass stories along, on the stand: what they press and type, and what they then see."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel, Setup
from bot.domain.shares import Share
from bot.domain.stories import StoryDraft
from bot.slack import ids
from bot.store import people, shares
from bot.store import setup as setup_store

LINK = "https://example.com/reef"
Json = dict[str, Any]


class ShareDesk:
    """A company with one story out; `anna` reads English, `daan` Dutch, `guest` is a guest."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.desk, self.clock, self.acts = stand, stand.house.desk, stand.clock, stand.acts
        self.channel = stand.company.rooms[0].id
        staff = [p for p in stand.company.staff if p.id not in (stand.company.admin, *stand.company.editors)]
        self.english = [p.id for p in staff if p.language == "en" and not p.guest]
        self.dutch = [p.id for p in staff if p.language == "nl" and not p.guest]
        self.anna, self.daan = self.english[0], self.dutch[0]
        self.guest = next(p.id for p in staff if p.guest)
        place = Channel(self.channel, "good-stories", "en")
        self.desk.store.write(lambda c: setup_store.put_channel(c, place, self.clock()))
        self.desk.store.write(lambda c: setup_store.save_setup(c, Setup(company="Veldkamp"), self.clock()))

    def post(self, captions: tuple[tuple[str, str], ...] = (("en", "One"), ("en", "Two")), **more: Any) -> int:
        """Queue a story and let it go out."""
        values: Json = {
            "link": LINK,
            "title": "The <reef> & us",
            "sentence": "Anna spent her Sunday under water for this.",
            "language": "en",
            "captions": tuple(Caption(None, language, text) for language, text in captions),
        } | more
        admin = who_asks(self.desk, self.stand.company.admin)
        queued = queue_story(self.desk, admin, StoryDraft(**values), self.clock())
        self.clock.to(queued.story.due_at)
        for _ in range(3):
            self.stand.work()
            self.clock.step(seconds=2)
        return queued.story.id

    def message(self, user: str) -> Json:
        """The newest story in the channel."""
        found = [m for m in self.acts.messages(user, self.channel) if any_element(m, ids.SHARE)]
        return found[-1]

    def open(self, user: str) -> Json:
        """Tap one: the story's button."""
        outcome = self.acts.press(user, ids.SHARE, channel=self.channel, ts=self.message(user)["ts"])
        assert outcome.acked, outcome
        return self.view(user)

    def go(self, user: str, network: str) -> str:
        """Tap two: a network's button. Answers the address that opened."""
        return str(self.press(user, ids.go(network)).url)

    def press(self, user: str, action: str, **more: Any) -> Any:
        outcome = self.acts.press(user, action, view_id=self.view(user)["id"], **more)
        assert outcome.acked, outcome
        self.stand.settle()
        return outcome

    def fill(self, user: str, block: str, value: Any) -> None:
        outcome = self.acts.fill(user, self.view(user)["id"], block, value)
        assert outcome.acked, outcome
        self.stand.settle()

    def submit(self, user: str) -> Any:
        outcome = self.acts.submit(user, self.view(user)["id"])
        self.stand.settle()
        return outcome

    def menu(self, user: str, choice: str) -> Any:
        message = self.message(user)
        menu = any_element(message, ids.STORY_MENU)
        value = next(o["value"] for o in menu["options"] if o["value"].startswith(choice))
        outcome = self.acts.press(user, ids.STORY_MENU, channel=self.channel, ts=message["ts"], option=value)
        assert outcome.acked, outcome
        self.stand.settle()
        return outcome

    def view(self, user: str) -> Json:
        self.stand.settle()
        return dict(self.acts.views(user)[-1])

    def heard(self, user: str) -> str:
        """The last thing said to this person alone."""
        return str(self.acts.ephemerals(user)[-1]["text"])

    def shares(self, user: str, story: int) -> dict[str, Share]:
        person = self.desk.store.read(lambda c: people.by_user(c, user))
        if person is None:
            return {}
        return {s.network: s for s in self.desk.store.read(lambda c: shares.of_person(c, story, person.id))}


def any_element(holder: Json, action_id: str) -> Json:
    """The element with this action id in a message or a view; {} when there is none."""
    for block in holder.get("blocks", []):
        for element in (*block.get("elements", []), block.get("accessory"), block.get("element")):
            if element and element.get("action_id") == action_id:
                return dict(element)
    return {}


def said_in(view: Json) -> str:
    """Everything a view says outside its inputs' values."""
    texts = []
    for block in view["blocks"]:
        texts += [block[key]["text"] for key in ("text", "label", "hint") if key in block]
        texts += [e["text"]["text"] if isinstance(e["text"], dict) else e["text"] for e in block.get("elements", [])]
    return "\n".join(texts)


def carried(address: str) -> str:
    """The text a share page was given."""
    query = parse_qs(urlsplit(address).query)
    return (query.get("text") or query.get("body") or query.get("title") or [""])[0]


def copied_text(view: Json) -> str:
    """What stands in the inputs to copy from."""
    found = [b["element"]["initial_value"] for b in view["blocks"] if b["block_id"].startswith(ids.SHARE_COPY)]
    return "".join(found)
