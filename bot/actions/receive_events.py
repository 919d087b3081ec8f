"""Events arrive: stored, and reactions applied, in one transaction, before Slack hears that we have them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.actions.desk import Desk
from bot.actions.take_reactions import Arrived, take_reactions
from bot.domain.happenings import Happening, HomeOpened, JoinedChannel, LeftChannel, PersonChanged, Reacted
from bot.store import inbox, keys, people
from bot.store import setup as setup_store
from bot.store.engine import Connection

Event = tuple[str, Happening]
"""Slack's id of it, and what happened."""


def receive_events(desk: Desk, events: Sequence[Event], now: datetime) -> list[Exception | None]:
    """Store events that came together. Answers for each why it could not be stored, so that Slack sends it again.

    A reaction of somebody we know is applied at once. Of somebody new we do not know yet whether they count: that is
    found out by the inbox worker.
    """
    reactions = [Arrived(event_id, reaction, now) for event_id, reaction in events if isinstance(reaction, Reacted)]
    taken = iter(desk.store.write_together(take_reactions, reactions))
    answers = [next(taken) if isinstance(event[1], Reacted) else partial(_store, desk, event, now) for event in events]
    troubles: list[Exception | None] = []
    waits = False
    for answer in answers:
        try:
            waits |= answer()
            troubles.append(None)
        except Exception as error:
            troubles.append(error)
    if waits:
        desk.wake()
    return troubles


def _store(desk: Desk, event: Event, now: datetime) -> bool:
    return desk.store.write(lambda connection: _take(connection, desk, *event, now))


def _take(connection: Connection, desk: Desk, event_id: str, happening: Happening, now: datetime) -> bool:
    allowed = _what_is_kept(connection, desk, happening)
    if allowed is None:
        return _look_in(desk, happening)
    return inbox.put(connection, event_id, allowed, now)


def _what_is_kept(connection: Connection, desk: Desk, happening: Happening) -> Happening | None:
    """What is stored of it: nothing of what we do not need, nor of somebody who left or was deleted."""
    user = getattr(happening, "user", None)
    if not _is_for_us(connection, desk, happening) or (user is not None and not _may_be_kept(connection, user)):
        return None
    if isinstance(happening, JoinedChannel) and happening.inviter is not None:
        return happening if _may_be_kept(connection, happening.inviter) else replace(happening, inviter=None)
    return happening


def _is_for_us(connection: Connection, desk: Desk, happening: Happening) -> bool:
    """Of what people do elsewhere in the channels we are in, and of people who did nothing here, nothing is kept."""
    match happening:
        case JoinedChannel() | LeftChannel():
            is_comms = happening.channel == setup_store.load_setup(connection).comms_channel
            return is_comms or happening.user == desk.me.user
        case PersonChanged():
            desk.profiles.drop(happening.user)
            return people.by_user(connection, happening.user) is not None
    return True


def _may_be_kept(connection: Connection, user: str) -> bool:
    person = people.by_user(connection, user)
    return person.is_in if person is not None else not keys.is_forgotten(connection, user)


def _look_in(desk: Desk, happening: Happening) -> bool:
    """They may still open Home. That waits in memory: lost in a crash, opening again mends it."""
    if not isinstance(happening, HomeOpened):
        return False
    desk.visitors.append(happening.user)
    return True
