"""How much a request may say before it is heard, and how long it may take: where nobody has looked at it yet."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_URL = 4_096
LONGEST_HEAD = 16_384
"""Bytes of all headers together."""
MOST_HEADERS = 100
SECONDS = 10.0
"""From connecting to the end of the first headers."""


class TooMuch(Exception):
    """Uvicorn answers 400, and closes."""


class LinkProtocol(HttpToolsProtocol):
    """Uvicorn's own, with an end to everything."""

    _said = 0
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._slow = self.loop.call_later(SECONDS, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hurry_no_more()
        super().connection_lost(exc)

    def on_url(self, url: bytes) -> None:
        self._said = len(self.url) + len(url)
        if self._said > LONGEST_URL:
            raise TooMuch
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._said += len(name) + len(value)
        if self._said > LONGEST_HEAD or len(self.headers) >= MOST_HEADERS:
            raise TooMuch
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._hurry_no_more()
        super().on_headers_complete()

    def _hurry_no_more(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None
