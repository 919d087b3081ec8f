"""What editors do with the queue, for tests: commands, the form, buttons."""

from datetime import datetime
from typing import Any

from bot.domain.setup import Channel, Setup
from bot.domain.stories import Story, StoryState
from bot.store import setup as setup_store
from bot.store import stories
from tests.sources.web_server import WebServer

FILLED = {
    "title": "The reef is back",
    "sentence": "Anna spent her Sundays under water for this.",
    "caption_1": "Our reef is back.",
    "caption_2": "Look what grew while we looked the other way.",
}


class Comms:
    """Two editors (one English, one Dutch), a colleague without the role, and two channels for stories."""

    def __init__(self, stand: Any) -> None:
        self.stand, self.acts, self.desk = stand, stand.acts, stand.house.desk
        company = stand.company
        self.editor, self.dutch_editor = company.editors
        self.colleague = company.staff[5].id
        self.english, self.dutch, self.general = (room.id for room in company.rooms[:3])
        self.set_up(editors=(self.editor, self.dutch_editor))
        for channel in (Channel(self.english, "good-stories", "en"), Channel(self.dutch, "mooie-verhalen", "nl")):
            self.desk.store.write(lambda c, channel=channel: setup_store.put_channel(c, channel, stand.clock()))

        self.web = WebServer()
        self.filled = FILLED | {"link": self.page("/reef", "The reef")}

    def page(self, path: str, title: str, more: str = "") -> str:
        """A page that can be read; answers its address."""
        return self.web.page(path, f"<html><head><title>{title}</title>{more}</head></html>".encode())

    def set_up(self, **choices: Any) -> None:
        def work(connection: Any) -> None:
            before = setup_store.load_setup(connection)
            values = {name: getattr(before, name) for name in before.__dataclass_fields__}
            assert setup_store.save_setup(connection, Setup(**(values | choices)), self.stand.clock())

        self.desk.store.write(work)

    def rest(self) -> None:
        """Wait until no listener runs any more (what follows an acknowledgement too), and nothing else either."""
        self.stand.settle()

    def say(self, text: str, user: str | None = None, channel: str | None = None) -> dict[str, Any]:
        """Type a command; answers what is shown to this person alone (nothing when a modal opened)."""
        outcome = self.acts.command(user or self.editor, channel or self.general, f"/passalong {text}")
        assert outcome.acked, outcome
        assert outcome.error is None, outcome
        self.rest()
        return outcome.payload or {}

    def view(self, user: str | None = None) -> dict[str, Any]:
        """The modal on top."""
        shown = self.acts.views(user or self.editor)
        assert shown, "no modal is open"
        return shown[-1]

    def open(self, text: str = "queue", user: str | None = None, channel: str | None = None) -> dict[str, Any]:
        """Type a command that opens a modal; answers the modal as it is once everything rests."""
        said = self.say(text, user, channel)
        assert not said, said
        return self.view(user)

    def fill(self, user: str | None = None, **fields: Any) -> None:
        view = self.view(user)
        for block_id, value in fields.items():
            outcome = self.acts.fill(user or self.editor, view["id"], block_id, value)
            assert outcome.error is None, (block_id, outcome)

    def send(self, user: str | None = None) -> dict[str, str]:
        """Submit the modal; answers the errors at its fields."""
        user = user or self.editor
        view = self.view(user)
        outcome = self.acts.submit(user, view["id"])
        assert outcome.acked, outcome
        self.rest()
        return self.acts.errors_of(user, view["id"]) if self.acts.views(user) else {}

    def queue(self, user: str | None = None, text: str = "queue", **fields: Any) -> Story:
        """Queue a story in the form."""
        self.open(text, user)
        typed = self.filled | fields
        self.fill(user, **typed)
        assert self.send(user) == {}
        return self.by_link(typed["link"])

    def press(self, action_id: str, user: str | None = None, **more: Any) -> Any:
        outcome = self.acts.press(user or self.editor, action_id, **more)
        assert outcome.acked, outcome
        self.rest()
        return outcome

    def queued(self) -> list[Story]:
        return self.desk.store.read(stories.queued)

    def by_link(self, link: str) -> Story:
        found = self.desk.store.read(lambda connection: stories.find_link(connection, link))
        assert found is not None
        return found

    def story(self, story_id: int) -> Story:
        found = self.desk.store.read(lambda connection: stories.find(connection, story_id))
        assert found is not None
        return found

    def state(self, story_id: int) -> StoryState:
        return self.story(story_id).state

    def whispered(self, user: str | None = None) -> dict[str, Any]:
        """The last thing that only this person saw."""
        return self.acts.ephemerals(user or self.editor)[-1]

    def direct(self, user: str | None = None) -> list[dict[str, Any]]:
        return self.acts.direct(user or self.editor)


def initial(view: dict[str, Any], block_id: str) -> Any:
    """What an input held when it was drawn."""
    [block] = [block for block in view["blocks"] if block.get("block_id") == block_id]
    element = block["element"]
    return next((value for key, value in element.items() if key.startswith("initial_")), None)


def spoken(blocks: Any) -> str:
    """All texts of blocks, one a line."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return "\n".join([*own, *(spoken(value) for value in blocks.values() if isinstance(value, dict | list))])
    return "\n".join(filter(None, (spoken(block) for block in blocks if isinstance(block, dict | list))))


def epoch(at: datetime) -> int:
    return int(at.timestamp())


def formatted(blocks: Any) -> list[str]:
    """The texts in which Slack reads mentions and links."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if blocks.get("type") == "mrkdwn" else []
        return own + [text for value in blocks.values() for text in formatted(value)]
    return [text for block in blocks for text in formatted(block)] if isinstance(blocks, list) else []
