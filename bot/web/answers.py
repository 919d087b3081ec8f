"""What the link server answers, as ASGI messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.types import Send

Headers = list[tuple[bytes, bytes]]

ALWAYS: Headers = [
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"private, no-store"),
    (b"x-robots-tag", b"noindex"),
    (b"x-content-type-options", b"nosniff"),
]
NO_BODY = {"type": "http.response.body", "body": b""}


@dataclass(frozen=True)
class Answer:
    """A whole answer. `more`: headers beside those that every answer has."""

    status: int
    body: bytes = b""
    more: tuple[tuple[bytes, bytes], ...] = ()

    async def send(self, send: Send, *, is_head: bool) -> None:
        """Send it; to a HEAD without its body."""
        length = (b"content-length", str(len(self.body)).encode("ascii"))
        await send(starting(self.status, (*self.more, length)))
        await send(NO_BODY if is_head else {"type": "http.response.body", "body": self.body})


def starting(status: int, more: Iterable[tuple[bytes, bytes]]) -> dict[str, Any]:
    """The beginning of an answer."""
    return {"type": "http.response.start", "status": status, "headers": [*ALWAYS, *more]}


def redirect(address: str) -> dict[str, Any]:
    """The beginning of a redirect, which can be sent any number of times."""
    return starting(302, ((b"location", ascii_address(address).encode("ascii")), (b"content-length", b"0")))


def redirecting(address: str) -> Answer:
    """A redirect that is made for one."""
    return Answer(302, b"", ((b"location", ascii_address(address).encode("ascii")),))


def page(status: int, html: str, *more: tuple[bytes, bytes]) -> Answer:
    """A page of ours."""
    kind = (b"content-type", b"text/html; charset=utf-8")
    return Answer(status, html.encode("utf-8", "replace"), (kind, *more))


def ascii_address(address: str) -> str:
    """An address as it can stand in a header: letters that are none of ASCII's as %XX, and nothing that ends a line."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")
