"""The inbox worker: handles the events that could not be finished while Slack was waiting."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.actions.change_channels import bot_joined, bot_left, look_at_channel
from bot.actions.desk import Desk
from bot.actions.look_at_access import look_at_access
from bot.actions.lose_message import lose_message
from bot.actions.mark_reaction import mark_reaction
from bot.actions.refresh_roles import refresh_roles
from bot.actions.show_home import show_home
from bot.actions.who_asks import remember
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.happenings import (
    AccessChanged,
    ChannelChanged,
    ChannelMoved,
    HomeOpened,
    JoinedChannel,
    LeftChannel,
    MessageDeleted,
    PersonChanged,
    Reacted,
)
from bot.domain.problems import Refused, SlackTrouble, TryLater
from bot.store import inbox, people
from bot.store.channel_moves import move_channel
from bot.store.inbox import InboxRow

log = logging.getLogger(__name__)

MOST_TRIES = 10
"""After so many an event is one that nobody can handle."""

PATIENCE = timedelta(days=2)
"""Slack may be away for long; after this what it was about is over, or was looked up in another way."""

SHORTEST = timedelta(seconds=5)


def handle_inbox(desk: Desk, now: datetime) -> int:
    """Handle one event that waits. Answers how many were taken, so that the caller can come back for more.

    One at a time: it is held for a minute only, and an event that nobody can handle keeps no other one waiting.
    """
    row = desk.store.write(lambda connection: inbox.take(connection, now))
    if row is not None:
        _handle(desk, row, now)
    return int(row is not None) + _welcome_visitors(desk, now)


def _handle(desk: Desk, row: InboxRow, now: datetime) -> None:
    if row.attempts > MOST_TRIES:
        _give_up(desk, row, "it could not be handled", now)
        return
    happening = row.happening
    reached(FaultPoint.EVENT_TAKEN, row.kind)
    try:
        _HANDLERS[type(happening)](desk, happening, now)
    except SlackTrouble as trouble:
        _put_back(desk, row, trouble, now)
        return
    reached(FaultPoint.EVENT_HANDLED, row.kind)
    desk.store.write(lambda connection: inbox.done(connection, row.id, now))


def _give_up(desk: Desk, row: InboxRow, reason: str, now: datetime) -> None:
    log.warning("Gave up on an event (%s): %s", row.kind, reason)
    desk.store.write(lambda connection: inbox.done(connection, row.id, now, reason[:200]))


def _welcome_visitors(desk: Desk, now: datetime) -> int:
    """People who left or were deleted look at Home; nothing of that is in a row, so there is no second try."""
    count = 0
    while desk.visitors:
        count += 1
        try:
            show_home(desk, desk.visitors.popleft(), now)
        except SlackTrouble as trouble:
            log.warning("A Home could not be shown: %s", trouble)
    return count


def _put_back(desk: Desk, row: InboxRow, trouble: SlackTrouble, now: datetime) -> None:
    """Slack's trouble is no fault of the event: it does not count as a try, and ends when Slack's trouble does."""
    age = now - row.received_at
    if isinstance(trouble, Refused) or age > PATIENCE:
        _give_up(desk, row, str(trouble), now)
        return
    asked = timedelta(seconds=trouble.seconds) if isinstance(trouble, TryLater) else SHORTEST
    at = now + min(max(asked, age / 10, SHORTEST), inbox.LONGEST_WAIT)
    desk.store.write(lambda connection: inbox.try_again(connection, row, at, str(trouble)))


def _reacted(desk: Desk, happening: Reacted, now: datetime) -> None:
    profile = desk.profiles.get(happening.user) or desk.messenger.profile(happening.user)
    desk.profiles.keep(profile)

    def work(connection: Any) -> None:
        person = remember(connection, desk, profile, now)
        if person is not None:
            mark_reaction(connection, happening, person)

    desk.store.write(work)


def _home_opened(desk: Desk, happening: HomeOpened, now: datetime) -> None:
    show_home(desk, happening.user, now)


def _joined(desk: Desk, happening: JoinedChannel, now: datetime) -> None:
    if happening.user == desk.me.user:
        bot_joined(desk, happening.channel, happening.inviter, now)
    elif happening.channel == desk.setup().comms_channel:
        refresh_roles(desk)


def _left(desk: Desk, happening: LeftChannel, now: datetime) -> None:
    if happening.user == desk.me.user:
        bot_left(desk, happening.channel, now)
    elif happening.channel == desk.setup().comms_channel:
        refresh_roles(desk)


def _message_deleted(desk: Desk, happening: MessageDeleted, now: datetime) -> None:
    desk.store.write(lambda connection: lose_message(connection, happening.channel, happening.ts, now))
    desk.wake()


def _person_changed(desk: Desk, happening: PersonChanged, now: datetime) -> None:
    desk.profiles.drop(happening.user)
    if desk.store.read(lambda connection: people.by_user(connection, happening.user)) is None:
        return
    profile = desk.messenger.profile(happening.user)
    desk.profiles.keep(profile)
    desk.store.write(lambda connection: people.refresh(connection, profile))


def _channel_changed(desk: Desk, happening: ChannelChanged, now: datetime) -> None:
    look_at_channel(desk, happening.channel, now)


def _channel_moved(desk: Desk, happening: ChannelMoved, now: datetime) -> None:
    desk.store.write(lambda connection: move_channel(connection, happening.channel, happening.to, now))
    look_at_channel(desk, happening.to, now)


def _access_changed(desk: Desk, happening: AccessChanged, now: datetime) -> None:
    look_at_access(desk, now, doubts=True)


_HANDLERS: dict[type, Callable[[Desk, Any, datetime], None]] = {
    Reacted: _reacted,
    HomeOpened: _home_opened,
    JoinedChannel: _joined,
    LeftChannel: _left,
    MessageDeleted: _message_deleted,
    PersonChanged: _person_changed,
    ChannelChanged: _channel_changed,
    ChannelMoved: _channel_moved,
    AccessChanged: _access_changed,
}
