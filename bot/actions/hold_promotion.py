"""While there is a crisis nothing cheerful goes out; what slips out all the same is taken back, and the log says so."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_crisis import owe_card_update
from bot.actions.which_crisis import note
from bot.domain.crisis import Did
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Message, Posted
from bot.store import crises, deliveries, stories
from bot.store.engine import Connection

TAKE_BACK = "take_back"
ON_HOLD = "crisis"
"""Why it waits, on its row."""


def is_on_hold(connection: Connection, delivery: Delivery) -> bool:
    """Whether this, which is promotion, has to wait: in the transaction in which it would begin to go out."""
    if crises.hold_promotion(connection):
        return True
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    return story is not None and story.held_by is not None


def take_back_slipped(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """It was on its way when the crisis started, and stands there now. A story is greyed out by its own update."""
    crisis_id = crises.current_id(connection)
    if crisis_id is None:
        return
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    detail = {"kind": delivery.kind, **({"title": story.title} if story else {})}
    note(connection, crisis_id, Did.SLIPPED, None, now, **detail)
    crises.touch(connection, crisis_id)
    owe_card_update(connection, crisis_id, now)
    if delivery.kind != "story" and posted.ts:
        body = {"crisis": crisis_id, "ts": posted.ts}
        key = f"{TAKE_BACK}:{delivery.id}"
        deliveries.owe(connection, Owed(TAKE_BACK, key, posted.channel, body, person_id=delivery.person_id), now)


def delete_slipped(desk: Desk, delivery: Delivery, _: Message) -> Posted:
    """Take it away; twice does no harm."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.delete(where)
    return where
