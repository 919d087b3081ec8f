"""The card of an idea, for comms: it says what holds now."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.say_notice import language_of_channel
from bot.domain.deliveries import Delivery
from bot.domain.ideas import IdeaState
from bot.domain.messages import IdeaCard, Message, Posted
from bot.store import idea_traces, ideas, stories
from bot.store.engine import Connection


def compose_idea_card(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The card, while the idea waits for an answer and comms looks there."""
    card = _card(desk, delivery)
    is_open = card.idea is not None and card.idea.state is IdeaState.OPEN
    return card if is_open and delivery.target == desk.setup().comms_channel else None


def compose_idea_card_update(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What a card that stands is to say; of an idea that is gone, that it is."""
    return _card(desk, delivery)


def note_idea_card(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Where it stands; what changed while it was under way is said at once."""
    assert isinstance(said, IdeaCard)
    _note(connection, delivery, posted, None if delivery.uncertain else said, now)


def note_idea_card_left(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """It was answered while nobody knew whether the card had arrived: it had."""
    _note(connection, delivery, posted, None, now)


def change_idea_card(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update it; twice does no harm. What changed meanwhile has an update of its own, but may have been before us."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.update(where, message)
    newer = _card(desk, delivery)
    while newer != message:
        message = newer
        desk.messenger.update(where, message)
        newer = _card(desk, delivery)
    return where


def _note(connection: Connection, delivery: Delivery, posted: Posted, said: IdeaCard | None, now: datetime) -> None:
    idea_id = delivery.body["idea"]
    ideas.note_card(connection, idea_id, posted.channel, posted.ts)
    today = ideas.find(connection, idea_id)
    if today is None or said is None or said.idea is None or today.version != said.idea.version:
        idea_traces.redraw_where(connection, idea_id, posted.channel, posted.ts, now)


def _card(desk: Desk, delivery: Delivery) -> IdeaCard:
    def work(connection: Connection) -> IdeaCard:
        idea = ideas.find(connection, delivery.body["idea"])
        story = stories.find(connection, idea.story_id) if idea and idea.story_id else None
        return IdeaCard(idea, story, language)

    language = language_of_channel(desk, delivery.target)
    return desk.store.read(work)
