"""*What readers said*: somebody brings a reaction from outside back to comms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.say_notice import language_of_channel
from bot.actions.who_asks import Asker, remember
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import HeardOutside, Message
from bot.domain.networks import network
from bot.domain.problems import StoryGone
from bot.domain.question_problems import NoCommsChannel, NotOfHere, NotWithName
from bot.domain.stories import Story
from bot.domain.went_in import WentIn
from bot.store import deliveries, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class Heard:
    """What was said outside, on which network (None: elsewhere). `lot`: the form it came from, drawn by lot."""

    lot: str
    story_id: int
    network: str | None
    text: str
    is_named: bool


def look_at_told(desk: Desk, asker: Asker, story_id: int) -> Story:
    """The story it is about. Raises NotOfHere, StoryGone, NoCommsChannel."""
    return desk.store.read(lambda connection: _story(connection, desk, asker, story_id))


def bring_reaction(desk: Desk, asker: Asker, heard: Heard, now: datetime) -> None:
    """Owe comms its card. With a name the person stands in it; without, nothing of them does.

    Nothing of it is kept but the card, and its text until seven days after that was sent. The same form sent twice is
    one card: the first.

    Raises:
        NotOfHere, StoryGone, NoCommsChannel, NotWithName, NetworkUnknown.
        WentIn: the form came before and said something else, or something else about the name; that is what counts.
    """
    where = network(heard.network).key if heard.network else None

    def work(connection: Connection) -> None:
        _story(connection, desk, asker, heard.story_id)
        person = remember(connection, desk, asker.profile, now) if heard.is_named else None
        if heard.is_named and person is None:
            raise NotWithName
        channel = setup_store.load_setup(connection).comms_channel
        assert channel is not None
        body = {"text": heard.text, "network": where} | ({"by": person.key} if person else {})
        owed = Owed(
            "heard",
            f"heard:{heard.lot}",
            channel,
            body,
            story_id=heard.story_id,
            person_id=person.id if person else None,
        )
        before = deliveries.body_of(connection, owed.key)
        if before:
            _same_or_said(before, body)
        deliveries.owe(connection, owed, now)

    desk.store.write(work)
    desk.wake()


def _same_or_said(before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Nobody is to think that comms reads another than it does."""
    if {**before} != {**now}:
        raise WentIn("ask.went_in.named" if before.get("by") else "ask.went_in.nameless", before["text"])


def compose_heard(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What they wrote, and of which story."""
    language, body = language_of_channel(desk, delivery.target), delivery.body

    def look(connection: Connection) -> HeardOutside | None:
        story = stories.find(connection, delivery.story_id or 0)
        person = people.by_key(connection, body["by"]) if body.get("by") else None
        if story is None or not body.get("text"):
            return None
        return HeardOutside(body["text"], body.get("network"), person.name if person else None, story, language)

    return desk.store.read(look)


def _story(connection: Connection, desk: Desk, asker: Asker, story_id: int) -> Story:
    if not asker.profile.counts_at(desk.me.team):
        raise NotOfHere
    if setup_store.load_setup(connection).comms_channel is None:
        raise NoCommsChannel
    story = stories.find(connection, story_id)
    if story is None:
        raise StoryGone
    return story
