"""The pieces a workspace is made of."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class Channel:
    """A conversation. `kind` is "channel" (public), "group" (private) or "im"; `person` is the other side of a DM."""

    id: str
    name: str
    kind: str
    members: list[str]
    created: int
    creator: str = ""
    purpose: str = ""
    archived: bool = False
    ext_shared: bool = False
    closed_to_apps: bool = False
    person: str = ""
    messages: dict[str, Json] = field(default_factory=dict)  # by ts, oldest first
    typed: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)  # by ts: state of a message's elements


@dataclass
class Ephemeral:
    """A message one person sees until they reload."""

    channel: str
    user: str
    message: Json
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass
class View:
    """A modal or a Home tab. `body` is what the app sent, with ids filled in; `typed` is by block_id, action_id."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks


@dataclass
class Trigger:
    """Lets the app open one view within three seconds."""

    user: str
    at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Five answers in thirty minutes. `ts` is the message it stands under, when there is one."""

    user: str
    channel: str
    at: datetime
    ts: str | None = None
    ephemeral: bool = False
    uses: int = 0


@dataclass
class File:
    """An upload on its way (`content` None) or done (`complete`)."""

    id: str
    name: str
    length: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    ready_at: datetime | None = None  # when it has been scanned
    created: int = 0
    channels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LogEntry:
    """A Web API request (`kind` "api", `name` the method) or an envelope (`kind` "envelope", `name` its type)."""

    kind: str
    name: str
    args: Json
    answer: Json | None
