"""Events, before Bolt acknowledges anything: stored first, answered after. Events have no Bolt listeners."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.actions.desk import Desk
from bot.actions.receive_events import Event, receive_events
from bot.domain.clean_text import storable
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.happenings import (
    AccessChanged,
    ChannelChanged,
    ChannelMoved,
    Happening,
    HomeOpened,
    JoinedChannel,
    LeftChannel,
    MessageDeleted,
    PersonChanged,
    Reacted,
)
from bot.domain.problems import DatabaseTrouble

log = logging.getLogger(__name__)

EVENT_TYPES = ("event_callback", "app_rate_limited")
OK, SEND_AGAIN = 200, 500


class Inbound:
    """What Slack tells us. `middleware` is for `App(before_authorize=…)`.

    An event is stored and answered 200; when storing fails it is answered 500, is not acknowledged, and Slack sends it
    again. Commands, buttons and submits go on to their listeners.
    """

    def __init__(self, desk: Desk, clock: Callable[[], datetime], rebuild: Callable[[], None]) -> None:
        self._desk, self._clock, self._rebuild = desk, clock, rebuild

    def middleware(self, req: BoltRequest, next: Callable[[], BoltResponse]) -> BoltResponse:
        """One of them, on its way through Bolt."""
        if req.body.get("type") in EVENT_TYPES:
            [status] = self.take([req.body])
            return BoltResponse(status=status)
        # What people typed may hold half an emoji, or NUL: no database takes that, so it stops at the door.
        req.body = storable(req.body)
        return next()

    def take(self, bodies: Sequence[Mapping[str, Any]]) -> list[int]:
        """Events that came together; the status for each."""
        read = [self._read(body) for body in bodies]
        events = [one for one in read if not isinstance(one, int)]
        for _, happening in events:
            reached(FaultPoint.EVENT_RECEIVED, happening.kind)
        statuses = map(self._status, events, receive_events(self._desk, events, self._clock()))
        return [one if isinstance(one, int) else next(statuses) for one in read]

    def _read(self, body: Mapping[str, Any]) -> Event | int:
        """The event in our words, or the status for one that is not stored."""
        try:
            if body["type"] == "app_rate_limited":
                # Slack left events out for a minute: what they would have said is looked up.
                log.warning("Slack held events back; reactions are looked up")
                self._rebuild()
                return OK
            happening = happening_of(storable(body["event"]), self._desk.me.user)
            return OK if happening is None else (storable(body["event_id"]), happening)
        except Exception:
            log.exception("An event could not be read; Slack will send it again")
            return SEND_AGAIN

    def _status(self, event: Event, trouble: Exception | None) -> int:
        if trouble is None:
            reached(FaultPoint.EVENT_STORED, event[1].kind)
            return OK
        if isinstance(trouble, DatabaseTrouble):
            log.info("An event waits for the database; Slack will send it again")
        else:
            log.error("An event could not be stored; Slack will send it again", exc_info=trouble)
        return SEND_AGAIN


def happening_of(event: Mapping[str, Any], me: str) -> Happening | None:
    """The event in domain words; None for what is not for us, our own seed reactions among it."""
    parse = _PARSERS.get(event["type"])
    return None if parse is None else parse(event, me)


def _reaction(event: Mapping[str, Any], me: str) -> Happening | None:
    item = event.get("item", {})
    if event["user"] == me or item.get("type") != "message":
        return None
    at = datetime.fromtimestamp(float(event["event_ts"]), UTC)
    present = event["type"] == "reaction_added"
    return Reacted(event["user"], item["channel"], item["ts"], event["reaction"], present, at)


def _home_opened(event: Mapping[str, Any], _: str) -> Happening | None:
    return HomeOpened(event["user"]) if event.get("tab", "home") == "home" else None


def _joined(event: Mapping[str, Any], _: str) -> Happening | None:
    return JoinedChannel(event["user"], event["channel"], event.get("inviter"))


def _left(event: Mapping[str, Any], me: str) -> Happening | None:
    return LeftChannel(event.get("user", me), event["channel"])


def _message(event: Mapping[str, Any], _: str) -> Happening | None:
    if event.get("subtype") != "message_deleted":
        return None
    return MessageDeleted(event["channel"], event["deleted_ts"])


def _person(event: Mapping[str, Any], _: str) -> Happening | None:
    return PersonChanged(event["user"]["id"])


def _channel(event: Mapping[str, Any], _: str) -> Happening | None:
    channel = event["channel"]
    return ChannelChanged(channel["id"] if isinstance(channel, Mapping) else channel)


def _moved(event: Mapping[str, Any], _: str) -> Happening | None:
    return ChannelMoved(event["old_channel_id"], event["new_channel_id"])


def _access(event: Mapping[str, Any], me: str) -> Happening | None:
    """Our own token, or the whole app; tokens of people are not ours."""
    if event["type"] == "tokens_revoked" and me not in event.get("tokens", {}).get("bot", []):
        return None
    return AccessChanged()


_PARSERS: Mapping[str, Callable[[Mapping[str, Any], str], Happening | None]] = {
    "reaction_added": _reaction,
    "reaction_removed": _reaction,
    "app_home_opened": _home_opened,
    "member_joined_channel": _joined,
    "member_left_channel": _left,
    "channel_left": _left,
    "group_left": _left,
    "message": _message,
    "user_change": _person,
    "channel_rename": _channel,
    "channel_archive": _channel,
    "channel_unarchive": _channel,
    "channel_deleted": _channel,
    "group_rename": _channel,
    "group_archive": _channel,
    "group_unarchive": _channel,
    "group_deleted": _channel,
    "channel_id_changed": _moved,
    "tokens_revoked": _access,
    "app_uninstalled": _access,
}

EVENTS = tuple(_PARSERS)
"""What the manifest subscribes to; `message` stands for channels and private channels."""
