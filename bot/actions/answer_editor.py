"""What an editor hears after queueing or editing, where it cannot be whispered: as a direct message."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.queue_story import said_back
from bot.actions.say_to_asker import say_to_asker
from bot.actions.who_asks import Asker, who_asks
from bot.domain.deliveries import Delivery
from bot.domain.messages import Message, QueueAnswer
from bot.domain.queue_view import Queued
from bot.store import stories


def queue_answer(asker: Asker, queued: Queued, now: datetime, *, is_new: bool) -> QueueAnswer:
    """What was understood, in words, in the editor's zone. A second caption is asked for once: when it is new."""
    asks_second = is_new and len(queued.story.captions) == 1
    return QueueAnswer(
        story=queued.story,
        channels=queued.channels,
        language=asker.language,
        zone=asker.zone,
        now=now,
        is_new=is_new,
        asks_second=asks_second,
        is_paused=queued.is_paused,
        is_crisis=queued.is_crisis,
        lost=queued.lost,
        stands=queued.stands,
    )


def answer_editor(desk: Desk, asker: Asker, message: QueueAnswer, now: datetime) -> None:
    """Send it as a direct message."""
    say_to_asker(desk, asker, "queue_answer", message.story.id, {"is_new": message.is_new}, message, now)


def compose_queue_answer(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The answer, with the story as it is at this moment."""
    story_id = delivery.story_id
    if story_id is None or desk.store.read(lambda connection: stories.find(connection, story_id)) is None:
        return None
    queued = desk.store.read(lambda connection: said_back(connection, story_id))
    return queue_answer(who_asks(desk, delivery.target), queued, now, is_new=bool(delivery.body["is_new"]))
