"""What Slack tells us happened, in the words of the domain. Only what is needed of an event is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, get_args


@dataclass(frozen=True)
class Reacted:
    """A person put a reaction on a message, or took it away (`present` False). `at` is UTC, from Slack's `event_ts`."""

    kind: ClassVar[str] = "reacted"
    user: str
    channel: str
    ts: str
    emoji: str
    present: bool
    at: datetime


@dataclass(frozen=True)
class HomeOpened:
    """A person looks at the app's Home."""

    kind: ClassVar[str] = "home_opened"
    user: str


@dataclass(frozen=True)
class JoinedChannel:
    """Somebody, or the bot itself, joined a channel. `inviter` is who added them."""

    kind: ClassVar[str] = "joined_channel"
    user: str
    channel: str
    inviter: str | None = None


@dataclass(frozen=True)
class LeftChannel:
    """Somebody, or the bot itself, left a channel (or was taken out)."""

    kind: ClassVar[str] = "left_channel"
    user: str
    channel: str


@dataclass(frozen=True)
class MessageDeleted:
    """Somebody deleted a message."""

    kind: ClassVar[str] = "message_deleted"
    channel: str
    ts: str


@dataclass(frozen=True)
class PersonChanged:
    """A profile changed: name, language, zone, or the person left the company."""

    kind: ClassVar[str] = "person_changed"
    user: str


@dataclass(frozen=True)
class ChannelChanged:
    """A channel was renamed, archived or deleted."""

    kind: ClassVar[str] = "channel_changed"
    channel: str


@dataclass(frozen=True)
class ChannelMoved:
    """A channel has another id from now on, as when it is shared with another organisation."""

    kind: ClassVar[str] = "channel_moved"
    channel: str
    to: str


@dataclass(frozen=True)
class AccessChanged:
    """The app was taken out of the workspace, or its token was revoked."""

    kind: ClassVar[str] = "access_changed"


Happening = (
    Reacted
    | HomeOpened
    | JoinedChannel
    | LeftChannel
    | MessageDeleted
    | PersonChanged
    | ChannelChanged
    | ChannelMoved
    | AccessChanged
)

_KINDS: Mapping[str, Callable[..., Happening]] = {cls.kind: cls for cls in get_args(Happening)}


def to_fields(happening: Happening) -> dict[str, Any]:
    """As plain values that fit in JSON."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in vars(happening).items()
    }


def from_fields(kind: str, fields: Mapping[str, Any]) -> Happening:
    """Back again from `to_fields`."""
    values = dict(fields)
    if "at" in values:
        values["at"] = datetime.fromisoformat(values["at"])
    return _KINDS[kind](**values)
