"""One call of a Web API method: its arguments, and how it is refused."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace import READ_SCOPE, Workspace

T = TypeVar("T")
YES, NO = ("1", "true", "True", True, 1), ("0", "false", "False", False, 0, "", None)


class Refusal(Exception):
    """Slack says no: `error` is its own string, `extra` what stands beside it in the answer."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error, self.extra = error, extra


class TooFast(Exception):
    """429 with Retry-After, whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(str(retry_after))
        self.retry_after = retry_after


@dataclass(frozen=True)
class Method:
    """A method of the Web API. `scope` None: none needed; several: any one of them, by the conversation's kind."""

    name: str
    run: "Callable[[Call], Json]"
    scope: tuple[str, ...] = ()
    tier: str = "Tier 3"
    token: str = "bot"


@dataclass
class Call:
    """A request that passed the token check."""

    workspace: Workspace
    method: Method
    args: Json
    bad_images: dict[str, str] = field(default_factory=dict)
    post_seconds: Callable[[str], None] = lambda _: None
    new_socket_url: Callable[[], str] = lambda: ""

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """A text that must be there, else `error`."""
        value = self.text(name)
        if value:
            return value
        messages = [f"[ERROR] missing required field: {name}"]
        raise (
            Refusal(error, response_metadata={"messages": messages}) if error == "invalid_arguments" else Refusal(error)
        )

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else value in YES

    def data(self, name: str, error: str) -> Any:
        """A JSON argument, sent as JSON or as its text; None when it is not there."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(error) from None

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise Refusal("invalid_arguments") from None

    def need(self, scope: str) -> None:
        """Raises missing_scope as Slack words it."""
        granted = self.workspace.granted_scopes
        if scope not in granted:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(granted)))

    def channel(self, error: str = "channel_not_found", *, name: str = "channel") -> Channel:
        """The conversation the app may know of: private ones only as a member."""
        found = self.workspace.channels.get(self.required(name, error))
        if found is None or (found.kind != "channel" and self.workspace.bot_user not in found.members):
            raise Refusal(error)
        return found

    def read_channel(self) -> Channel:
        found = self.channel()
        self.need(READ_SCOPE[found.kind])
        return found

    def is_member(self, channel: Channel) -> bool:
        return self.workspace.bot_user in channel.members


def page(items: list[T], call: Call, default: int, most: int) -> tuple[list[T], Json]:
    """A cursor's page: at most `limit` items and response_metadata."""
    limit = call.number("limit", default) or default
    if not 0 < limit <= most:
        raise Refusal("invalid_limit")
    start = _start(call)
    after = start + limit
    cursor = f"cursor:{after}" if after < len(items) else ""
    return items[start:after], {"next_cursor": cursor}


def _start(call: Call) -> int:
    cursor = call.text("cursor")
    if not cursor:
        return 0
    kind, _, number = cursor.partition(":")
    if kind != "cursor" or not number.isdigit():
        raise Refusal("invalid_cursor")
    return int(number)
