"""How much a request may say before it is heard, and how long it may take: where nobody has looked at it yet."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_URL = 4_096
LONGEST_HEAD = 16_384
"""Bytes of all headers together. Nobody has a body to send, so one is counted like headers."""


class TooMuch(Exception):
    """Uvicorn answers 400, and closes."""


class LinkProtocol(HttpToolsProtocol):
    """Uvicorn's own, with an end to everything.

    `seconds`: from connecting, and later from the first byte of a request, to the end of its headers.
    """

    def __init__(self, *given: Any, seconds: float, **named: Any) -> None:
        super().__init__(*given, **named)
        self._seconds, self._said = seconds, 0
        self._slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        self._hurry_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._said += len(data)
        if self._said > LONGEST_HEAD:
            self._hurry_no_more()
            self.send_400_response("Too much to say.")
            return
        HttpToolsProtocol.data_received(self, data)
        # Nearly all come in one piece: these need no clock.
        if self._said and self._slow is None:
            self._hurry()

    def on_headers_complete(self) -> None:
        if len(self.url) > LONGEST_URL:
            raise TooMuch
        self._said = 0
        if self._slow is not None:
            self._hurry_no_more()
        HttpToolsProtocol.on_headers_complete(self)

    def _hurry(self) -> None:
        self._slow = self.loop.call_later(self._seconds, self.transport.close)

    def _hurry_no_more(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None
