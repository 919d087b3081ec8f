"""What all acts share: where they happen, how they reach the app, what comes of them."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Outcome:
    """What came of an act. `payload`: the app's answer; `error`: what the person reads; `url`: what opened."""

    acked: bool
    payload: Json | None = None
    error: str | None = None
    url: str | None = None


DONE = Outcome(acked=True)


class Acting:
    """Synchronous; call from any thread but the server's own."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    @property
    def _w(self) -> Workspace:
        return self._sandbox.workspace

    def _send(self, kind: str, payload: Json, error: str) -> Outcome:
        envelope = self._sandbox.socket.request(kind, json.loads(json.dumps(payload)))
        if envelope is None or not envelope.acked:
            return Outcome(False, error=error)
        return Outcome(True, envelope.payload)

    def _open_views(self, user: str, view_id: str | None) -> list[View]:
        home = [self._w.homes[user]] if user in self._w.homes else []
        shown = [*reversed(self._w.stacks.get(user, [])), *home]
        return [view for view in shown if view_id in (None, view.id)]
