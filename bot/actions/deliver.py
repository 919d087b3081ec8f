"""Deliveries go to Slack: claimed, looked for when an earlier try may have arrived, sent, noted. Exactly once."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.actions.delivery_kinds import KINDS, Kind
from bot.actions.desk import Desk
from bot.actions.give_up import give_up, give_up_on_ours, is_open_again
from bot.actions.hold_promotion import ON_HOLD, is_on_hold, take_back_slipped
from bot.domain.deliveries import MOST_MISTAKES, SEALED, Delivery, is_paced, wait_after
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.messages import Message, Posted
from bot.domain.problems import (
    TOO_MANY,
    AnsweredBadly,
    BlocksRefused,
    DatabaseTrouble,
    OutcomeUnknown,
    Refused,
    TryLater,
)
from bot.domain.quiet_hours import quiet_until
from bot.store import crises, deliveries, people
from bot.store.engine import Connection

log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(minutes=30)
"""What is sealed says not until when it waits, nor why: the end of somebody's quiet hours would say who it is for."""
CLOCKS_DIFFER = timedelta(minutes=90)
"""How far Slack's clock, by which messages are found, may be from ours: ours may have jumped an hour, either way."""


def deliver(desk: Desk, now: datetime) -> int:
    """Send one delivery that is due. Answers how many were taken (0 or 1); the caller comes back for more.

    One at a time, because its lease runs from `now`: a row that waited behind slow ones would be taken up by another
    copy while this one is about to send it.
    """
    waits = not desk.pacing.may_send(now)
    taken = desk.store.write(lambda connection: deliveries.claim(connection, desk.copy, now, most=1, but_paced=waits))
    for delivery in taken:
        reached(FaultPoint.DELIVERY_CLAIMED, delivery.kind)
        try:
            _deliver(desk, delivery, now)
        except DatabaseTrouble:
            raise
        except Exception as error:
            _failed_over(desk, delivery, error, now)
    return len(taken)


def _failed_over(desk: Desk, delivery: Delivery, error: Exception, now: datetime) -> None:
    """A mistake of ours: tried a few times more, then given up, so that nothing waits behind it for ever."""
    reason = f"a mistake of ours: {type(error).__name__}"
    mistaken = desk.store.write(lambda connection: deliveries.mistaken(connection, delivery, now, reason))
    if mistaken is None:
        raise error
    reference = delivery.id[:8]
    log.error("Failed over a delivery (%s), reference %s", delivery.kind, reference, exc_info=error)
    if mistaken.times >= MOST_MISTAKES:
        give_up_on_ours(desk, replace(delivery, uncertain=mistaken.uncertain), reference, now)


def _deliver(desk: Desk, delivery: Delivery, now: datetime) -> None:
    kind = KINDS[delivery.kind]
    was_sealed = delivery.target == SEALED
    delivery = _opened(desk, delivery)
    until = None if kind.was_asked_for else _quiet_until(desk, delivery, now)
    if until is not None:
        _hold(desk, delivery, now + LOOK_AGAIN if was_sealed else until, None if was_sealed else "quiet hours")
        return
    try:
        message = kind.compose(desk, delivery, now)
        if message is None:
            _drop(desk, kind, delivery, now)
            return
        posted, said = _send(desk, kind, delivery, message, now)
    except _Taken:
        log.info("Another copy has it by now: %s", delivery.kind)
    except _OnHold:
        _hold(desk, delivery, now + LOOK_AGAIN, ON_HOLD)
    except TryLater as later:
        if is_paced(delivery.lane) and later.reason == TOO_MANY:
            desk.pacing.too_many(now, later.seconds)
        _put_back(desk, delivery, now + timedelta(seconds=later.seconds), later.reason)
    except OutcomeUnknown as lost:
        is_said_again = isinstance(lost, AnsweredBadly) and _is_person(delivery.target) and not kind.looks_in_dms
        at = now + wait_after(delivery.attempts)
        _put_back(desk, delivery, at, str(lost), uncertain=not is_said_again)
    except Refused as refused:
        give_up(desk, delivery, refused, now)
    else:
        reached(FaultPoint.DELIVERY_ANSWERED, delivery.kind)
        _note(desk, kind, delivery, posted, said, now)
        reached(FaultPoint.DELIVERY_NOTED, delivery.kind)
        if kind.catch_up is not None:
            kind.catch_up(desk, delivery, posted, now)


def _opened(desk: Desk, delivery: Delivery) -> Delivery:
    """Sealed until now: for whom it is stands here in memory alone. What does not open any more stays as it is."""
    if delivery.target != SEALED:
        return delivery
    user = desk.seal.open(delivery.body["to"], delivery.body["lot"])
    return replace(delivery, target=user) if user else delivery


class _Taken(Exception):
    """The lease ran out while we held it, and somebody else took it up."""


class _OnHold(Exception):
    """It is promotion, and there is a crisis; or its story waits for an editor since there was one."""


def _send(desk: Desk, kind: Kind, delivery: Delivery, message: Message, now: datetime) -> tuple[Posted, Message]:
    if kind.act is not None:
        return kind.act(desk, delivery, message), message
    if delivery.uncertain:
        found = _find(desk, kind, delivery)
        if found is not None:
            return found, message
    desk.messenger.try_drawing(message)
    # From here on it may arrive without us hearing of it; until here it cannot have.
    desk.store.write(lambda connection: _begin(connection, kind, delivery, now))
    if is_paced(delivery.lane):
        desk.pacing.sent(now)
    reached(FaultPoint.DELIVERY_BEGUN, delivery.kind)
    while True:
        try:
            return desk.messenger.post(delivery.target, message, delivery.id, _thread(delivery)), message
        except BlocksRefused:
            plainer = kind.disliked(desk, message, now) if kind.disliked is not None else None
            if plainer is None:
                raise
            message = plainer


def _begin(connection: Connection, kind: Kind, delivery: Delivery, now: datetime) -> None:
    """Whoever starts a crisis waits for this, or this waits for them and then stays here."""
    if kind.is_promotion and is_on_hold(connection, delivery):
        raise _OnHold
    if not deliveries.begin(connection, delivery, now):
        raise _Taken


def _drop(desk: Desk, kind: Kind, delivery: Delivery, now: datetime) -> None:
    """Not wanted any more. What an earlier try may have left in Slack is looked for, and noted."""
    left = kind.left if delivery.uncertain else None
    found = _find(desk, kind, delivery) if left is not None else None

    def work(connection: Connection) -> None:
        if left is None or found is None:
            deliveries.unwanted(connection, delivery.id, now)
        else:
            deliveries.sent(connection, delivery.id, found.channel, found.ts, now)
            left(connection, delivery, found, now)

    desk.store.write(work)


def _find(desk: Desk, kind: Kind, delivery: Delivery) -> Posted | None:
    """Only in a crisis our own direct messages are looked through; any other is never sent a second time."""
    if _is_person(delivery.target) and not kind.looks_in_dms:
        return Posted(delivery.target, "")
    # Every try before the last one was looked for already, and by then it was not there.
    begun_at = delivery.begun_at or delivery.made_at
    since, until = begun_at - CLOCKS_DIFFER, begun_at + CLOCKS_DIFFER
    return desk.messenger.find(delivery.target, delivery.id, since, until, _thread(delivery))


def _thread(delivery: Delivery) -> str | None:
    """The message it is to stand under, if there is one."""
    thread = delivery.body.get("thread")
    return str(thread) if thread else None


def _quiet_until(desk: Desk, delivery: Delivery, now: datetime) -> datetime | None:
    if not _is_person(delivery.target):
        return None
    person = desk.store.read(lambda connection: people.by_user(connection, delivery.target))
    if person is None or person.preferences.quiet is None:
        return None
    return quiet_until(person.preferences.quiet, person.zone, now)


def _hold(desk: Desk, delivery: Delivery, until: datetime, reason: str | None) -> None:
    desk.store.write(lambda connection: deliveries.hold(connection, delivery, until, reason))


def _note(desk: Desk, kind: Kind, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    def work(connection: Connection) -> None:
        # Asked first: whoever starts a crisis holds this, and then wants rows that we change below.
        has_slipped = kind.is_promotion and crises.hold_promotion(connection)
        deliveries.sent(connection, delivery.id, posted.channel, posted.ts, now)
        if kind.act is None and not _is_person(delivery.target):
            is_open_again(connection, delivery.target)
        if kind.noted is not None:
            kind.noted(connection, delivery, posted, said, now)
        if has_slipped:
            take_back_slipped(connection, delivery, posted, now)

    desk.store.write(work)
    log.info("Sent: %s to %s", delivery.kind, "one person" if _is_person(delivery.target) else delivery.target)


def _is_person(target: str) -> bool:
    return target.startswith(("U", "W", "D"))


def _put_back(desk: Desk, delivery: Delivery, at: datetime, reason: str, *, uncertain: bool = False) -> None:
    desk.store.write(lambda connection: deliveries.put_back(connection, delivery, at, reason, uncertain=uncertain))
