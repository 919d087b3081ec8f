"""The protections, one by one: how each is taken out, and where the bot then dies so that something must go wrong."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.actions import count_clicks
from bot.actions import deliver as deliver_module
from bot.actions import publish_due as publish_module
from bot.actions import queue_story as queue_module
from bot.domain.deliveries import Owed
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.messages import Posted
from bot.slack import inbound, middleware
from bot.slack.front import Answer
from bot.store import deliveries, digests, inbox, pictures
from bot.store.engine import Store
from bot.web.click_writer import ClickWriter
from tests.crash.places import SENT, Death

LATER = 0.2
"""Seconds after which a bot without a protection does what it should have done at once."""
PROTECTIONS: dict[str, Callable[[], None]] = {}
_late: list[threading.Timer] = []


def is_late() -> bool:
    """Whether something that should have been done is still to be done."""
    return any(timer.is_alive() for timer in _late)


def _do_later(work: Callable[[], None]) -> None:
    timer = threading.Timer(LATER, work)
    _late.append(timer)
    timer.start()


def take_out(name: str | None) -> None:
    """Take this protection out of the bot that runs in this process."""
    if name is not None:
        PROTECTIONS[name]()


def protection(taken_out: Callable[[], None]) -> Callable[[], None]:
    """The name is the function's, what it protects the first line of its docstring."""
    PROTECTIONS[taken_out.__name__.replace("_", "-")] = taken_out
    return taken_out


@protection
def stored_before_acknowledged() -> None:
    """An event is stored before Slack hears that we have it."""
    store, points = inbound.receive_events, (FaultPoint.EVENT_RECEIVED, FaultPoint.EVENT_STORED)

    def later(desk: Any, events: Any, now: datetime) -> list[None]:
        def work() -> None:
            for _, happening in events:
                reached(FaultPoint.EVENT_RECEIVED, happening.kind)
            store(desk, events, now)

        _do_later(work)
        return [None for _ in events]

    inbound.receive_events = later  # type: ignore[assignment]
    inbound.reached = lambda point, detail="": None if point in points else reached(point, detail)


@protection
def one_row_an_event() -> None:
    """An event that Slack sends again is the same row."""
    values = inbox._values
    put_handled = inbox.put_handled
    inbox._values = lambda event_id, *more: values(f"{event_id}-{uuid4().hex[:8]}", *more)
    inbox.put_handled = lambda connection, events: {
        event_id.rpartition("-")[0] for event_id in put_handled(connection, events)
    }


@protection
def held_not_taken_off() -> None:
    """An event stays in the inbox until it was handled; it is only held for a minute."""
    take = inbox.take

    def take_off(connection: Any, now: datetime) -> Any:
        row = take(connection, now)
        if row is not None:
            inbox.done(connection, row.id, now)
        return row

    inbox.take = take_off


@protection
def natural_keys() -> None:
    """What is owed has a key made of what it is about, so that owing it again, in another life, changes nothing."""
    _key_by_life()


@protection
def committed_before_acknowledged() -> None:
    """What a person asked for is committed before Slack hears that it was done."""
    guarded = middleware._guarded

    def at_once(listener: Any, request: Any, refuse: Any) -> Answer:
        def work() -> None:
            answer = guarded(listener, request, refuse)
            if answer.then is not None:
                answer.then()

        _do_later(work)
        return Answer(then=lambda: None)

    middleware._guarded = at_once


@protection
def one_story_a_link() -> None:
    """A link that is in the queue is not queued again, so that sending the form once more does no harm."""
    queue_module._check_link = lambda *_, **__: None  # type: ignore[assignment]


@protection
def outbox() -> None:
    """What is to be said is a row in the transaction of what it is about, not something to remember."""
    owe, deliver, remembered = deliveries.owe, deliver_module.deliveries.claim, []

    def remember(connection: Any, owed: Owed, now: datetime) -> bool:
        remembered.append((owed, now))
        return True

    def claim(connection: Any, *more: Any, **named: Any) -> Any:
        while remembered:
            owe(connection, *remembered.pop(0))
        return deliver(connection, *more, **named)

    deliveries.owe, deliveries.claim = remember, claim


@protection
def one_transaction() -> None:
    """What belongs together is done in one transaction."""

    def write(store: Store, work: Callable[[Any], Any]) -> Any:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT" if store.is_sqlite else "SELECT 1")
            result = work(connection)
            reached(FaultPoint.WORK_DONE, work.__qualname__)
        reached(FaultPoint.WORK_COMMITTED, work.__qualname__)
        return result

    Store.write = write  # type: ignore[method-assign]


@protection
def lease() -> None:
    """Who takes a delivery holds it for a minute; after that somebody else may."""
    deliveries.LEASE = timedelta(days=3650)


@protection
def look_before_sending_again() -> None:
    """What may have arrived is looked for before it is sent again."""
    deliver_module._find = lambda *_: None


@protection
def unsure_is_not_sent() -> None:
    """What was about to be sent may not have left: it counts as sent when it is found."""
    deliver_module._find = lambda desk, delivery: Posted(delivery.target, "")


@protection
def noted_together() -> None:
    """That a story stands in Slack, and where, is noted in one transaction."""

    def note(desk: Any, kind: Any, delivery: Any, posted: Any, said: Any, now: datetime) -> None:
        desk.store.write(lambda c: deliveries.sent(c, delivery.id, posted.channel, posted.ts, now))
        reached(FaultPoint.DELIVERY_NOTED, delivery.kind)
        if kind.noted is not None:
            desk.store.write(lambda connection: kind.noted(connection, delivery, posted, said, now))

    deliver_module._note = note


@protection
def due_stands_in_rows() -> None:
    """What is due is due until it was done, also for who was not there when it became due."""
    due, seen = publish_module.stories.due, []

    def due_now(connection: Any, now: datetime) -> Any:
        seen.append(now)
        return [story for story in due(connection, now) if story.due_at >= seen[0]]

    publish_module.stories.due = due_now


@protection
def done_stands_in_rows() -> None:
    """That a digest was made stands in a row, not in the memory of who made it."""
    made: set[datetime] = set()

    def put(connection: Any, due_at: datetime, now: datetime, *, is_skipped: bool) -> bool:
        is_new = due_at not in made
        made.add(due_at)
        return is_new

    digests.put = put
    digests.is_done = lambda connection, due_at: due_at in made
    _key_by_life()


@protection
def known_before_sent() -> None:
    """Which file it will be is noted before its bytes are sent, so that it is found again and not sent beside it."""
    note_file, note_whole = pictures.note_file, pictures.note_whole

    def note_both(connection: Any, key: str, file: str, now: datetime) -> None:
        note_file(connection, key, file)
        note_whole(connection, key, file, now)

    pictures.note_file = lambda connection, key, file: None
    pictures.note_whole = note_both


@protection
def counted_before_answered() -> None:
    """A reader is counted, durably, before they are sent on."""
    add = ClickWriter.add

    def at_once(writer: ClickWriter, came: Any) -> Any:
        loop = asyncio.get_running_loop()
        _do_later(lambda: loop.call_soon_threadsafe(add, writer, came))
        answered = loop.create_future()
        answered.set_result(True)
        return answered

    ClickWriter.add = at_once  # type: ignore[method-assign]


@protection
def one_visitor_one_reader() -> None:
    """Who asks for a link once more is known again, and is one reader."""
    hashes_of = count_clicks.hashes_of
    count_clicks.hashes_of = lambda salt, visitor, *of_what: hashes_of(
        salt, replace(visitor, agent=uuid4().hex), *of_what
    )


def _key_by_life() -> None:
    owe, life = deliveries.owe, uuid4().hex
    deliveries.owe = lambda connection, owed, now: owe(connection, replace(owed, key=f"{owed.key[:160]}:{life}"), now)


SLOT = datetime.fromisoformat("2026-03-03T08:00+00:00")
FRIDAY = datetime.fromisoformat("2026-03-06T14:00+00:00")


@dataclass(frozen=True)
class Case:
    """Take this out, die there, and something is lost or there twice."""

    protection: str
    death: Death


CASES: dict[str, Case] = {
    point: Case(name.replace("_", "-"), death)
    for point, name, death in (
        (FaultPoint.EVENT_RECEIVED, "stored_before_acknowledged", Death(FaultPoint.EVENT_RECEIVED, "home_opened")),
        (FaultPoint.EVENT_STORED, "one_row_an_event", Death(FaultPoint.EVENT_STORED, "reacted")),
        (FaultPoint.EVENT_TAKEN, "held_not_taken_off", Death(FaultPoint.EVENT_TAKEN, "home_opened")),
        (FaultPoint.EVENT_HANDLED, "natural_keys", Death(FaultPoint.EVENT_HANDLED, "joined_channel")),
        (
            FaultPoint.REQUEST_RECEIVED,
            "committed_before_acknowledged",
            Death(FaultPoint.REQUEST_RECEIVED, "story_form"),
        ),
        (FaultPoint.REQUEST_COMMITTED, "one_story_a_link", Death(FaultPoint.REQUEST_COMMITTED, "story_form")),
        (FaultPoint.REQUEST_ACKNOWLEDGED, "outbox", Death(FaultPoint.REQUEST_ACKNOWLEDGED, "story_menu")),
        (
            FaultPoint.REQUEST_FOLLOWED,
            "committed_before_acknowledged",
            Death(FaultPoint.REQUEST_FOLLOWED, "story_form"),
        ),
        (FaultPoint.DELIVERY_MADE, "one_transaction", Death(FaultPoint.DELIVERY_MADE, "digest")),
        (FaultPoint.DELIVERY_CLAIMED, "lease", Death(FaultPoint.DELIVERY_CLAIMED, "story")),
        (FaultPoint.DELIVERY_BEGUN, "unsure_is_not_sent", Death(FaultPoint.DELIVERY_BEGUN, "story")),
        (SENT, "look_before_sending_again", Death(SENT, "story")),
        (FaultPoint.DELIVERY_ANSWERED, "look_before_sending_again", Death(FaultPoint.DELIVERY_ANSWERED, "digest")),
        (FaultPoint.DELIVERY_NOTED, "noted_together", Death(FaultPoint.DELIVERY_NOTED, "story")),
        (FaultPoint.DIGEST_GATHERED, "lease", Death(FaultPoint.DIGEST_GATHERED)),
        (FaultPoint.DIGEST_MADE, "outbox", Death(FaultPoint.DIGEST_MADE)),
        (FaultPoint.PICTURE_UPLOADED, "known_before_sent", Death(FaultPoint.PICTURE_UPLOADED)),
        (FaultPoint.CLICKS_RECEIVED, "counted_before_answered", Death(FaultPoint.CLICKS_RECEIVED)),
        (FaultPoint.CLICKS_COUNTED, "one_visitor_one_reader", Death(FaultPoint.CLICKS_COUNTED)),
        (FaultPoint.JOB_BEGUN, "due_stands_in_rows", Death(FaultPoint.JOB_BEGUN, "publish", SLOT)),
        (FaultPoint.JOB_DONE, "done_stands_in_rows", Death(FaultPoint.JOB_DONE, "digest", FRIDAY)),
        (
            FaultPoint.WORK_DONE,
            "committed_before_acknowledged",
            Death(FaultPoint.WORK_DONE, "queue_story.<locals>.work"),
        ),
        (FaultPoint.WORK_COMMITTED, "outbox", Death(FaultPoint.WORK_COMMITTED, "publish_due.<locals>.<lambda>")),
    )
}
"""For each place what protects it, and a death there that proves it."""


def meaning(name: str) -> str:
    """What a protection does, in a sentence."""
    return (PROTECTIONS[name].__doc__ or "").strip()
