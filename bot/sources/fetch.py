"""Reading a page on the internet: the only outgoing HTTP besides Slack.

Links come from people and feeds, so they may point at our own network. Each name is looked up once, its addresses are
judged, and the connection goes to the very address that was judged (a name that changes its mind in between, DNS
rebinding, gains nothing). Redirects start all over. One deadline holds for everything together.
"""

import contextlib
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from types import MappingProxyType
from urllib.parse import quote, urljoin, urlsplit

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from bot.domain.addresses import Address, Network, is_allowed, may_be_reached
from bot.domain.fetch_problems import (
    AddressRefused,
    NotAPageAddress,
    PageTooSlow,
    PageUnreachable,
    TooManyRedirects,
)

MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_PORTS_OF_PAGES = {80, 443, 8000, 8080, 8443}
_CHUNK = 16_384
_HOST = re.compile(r"[a-zA-Z0-9._-]{1,253}|[0-9a-fA-F:.]+(%\w+)?")
_MAY_STAND_IN_A_TARGET = "/:?#[]@!$&'()*+,;=%~"

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Fetched:
    """A page as it came. `url` is where it was found in the end; `truncated`: there was more than `max_bytes`.

    `moved_to`: where it stands from now on, when every step that led there was said to be for good. `headers` have
    small letters.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    truncated: bool
    moved_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class _Onward:
    """The address to go to next; `for_good`: the old one need not be asked any more."""

    url: str
    for_good: bool


@dataclass(frozen=True)
class _Place:
    """A url taken apart: where to connect, and what to ask for there."""

    url: str
    is_secure: bool
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_secure else 80) else f"{host}:{self.port}"


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Fetcher:
    """Reads pages; keeps nothing between them (no cookies, no proxy of the environment, no open connections)."""

    def __init__(
        self,
        allow_networks: Sequence[Network] = (),
        user_agent: str = "Passalong (+link preview)",
        resolve: Resolve = resolve_by_system,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_networks = tuple(allow_networks)
        self._user_agent = user_agent
        self._resolve = resolve
        self._tls = tls or ssl.create_default_context()

    def get(
        self,
        url: str,
        *,
        timeout_seconds: float,
        max_bytes: int,
        accept: str = "*/*",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Fetched:
        """The page, after at most 5 redirects. Answers with an error status are returned like any other.

        `headers` go along to every server on the way (what was known of the page before; never a secret).
        Raises NotAPageAddress, AddressRefused, PageUnreachable, PageTooSlow, TooManyRedirects.
        """
        deadline = time.monotonic() + timeout_seconds
        sent = {**headers, "User-Agent": self._user_agent, "Accept": accept}
        moved, is_for_good = "", True
        for _ in range(MAX_REDIRECTS + 1):
            place = _place(url)
            answer = self._ask(place, deadline, max_bytes, sent)
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=moved)
            url, is_for_good = answer.url, is_for_good and answer.for_good
            moved = url if is_for_good else moved
        raise TooManyRedirects(url)

    def _ask(self, place: _Place, deadline: float, max_bytes: int, sent: Mapping[str, str]) -> Fetched | _Onward:
        """What one server answers: a page, or the address to go to next."""
        headers = {**sent, "Host": place.host_header}
        try:
            with self._connected(place, deadline) as connection:
                connection.request("GET", place.target, headers=headers, preload_content=False)
                response = connection.getresponse()
                onward = _redirect(place, response)
                body = b"" if onward else _read(response, max_bytes)
                response.close()
                _left(place.url, deadline)
        except (OSError, HTTPException, HTTPError, ValueError, zlib.error) as error:
            _left(place.url, deadline)
            raise _told(place.url, error) from error
        if onward:
            return onward
        said = {name.lower(): value for name, value in response.headers.items()}
        kind = said.get("content-type", "")
        return Fetched(place.url, response.status, kind, body[:max_bytes], len(body) > max_bytes, headers=said)

    @contextlib.contextmanager
    def _connected(self, place: _Place, deadline: float) -> Iterator[HTTPConnection]:
        """An open connection to a checked address, which is cut off at the deadline whatever it is doing."""
        raw = self._open(place, deadline)
        with contextlib.ExitStack() as stack:
            stack.callback(raw.close)
            stack.enter_context(_cut_off(raw, deadline))
            connection = HTTPConnection(place.host, place.port, timeout=_left(place.url, deadline))
            connection.sock = self._secured(raw, place) if place.is_secure else raw
            stack.callback(connection.close)
            yield connection

    def _open(self, place: _Place, deadline: float) -> socket.socket:
        addresses = [ip_address(found.partition("%")[0]) for found in self._looked_up(place, deadline)]
        allowed = [address for address in addresses if self._may_be_asked(address, place.port)]
        if not allowed:
            where = ", ".join(map(str, addresses)) or "nowhere"
            raise AddressRefused(place.url, f"{place.host} is {where}, port {place.port}")
        return _connect_to_first(allowed, place, deadline)

    def _may_be_asked(self, address: Address, port: int) -> bool:
        """Pages of the internet are read from where pages are; a network of our own may have them anywhere."""
        if port not in _PORTS_OF_PAGES:
            return is_allowed(address, self._allow_networks)
        return may_be_reached(address, self._allow_networks)

    def _secured(self, raw: socket.socket, place: _Place) -> ssl.SSLSocket:
        """TLS for the name that was asked for, though the connection went to an address."""
        return self._tls.wrap_socket(raw, server_hostname=place.host)

    def _looked_up(self, place: _Place, deadline: float) -> Sequence[str]:
        """The addresses of the name. The system's resolver knows no time-out, so it is waited for from outside."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(self._resolve(place.host, place.port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=look_up, name="look-up", daemon=True).start()
        try:
            answer = answers.get(timeout=_left(place.url, deadline))
        except Empty:
            raise PageTooSlow(place.url, "looking up the name") from None
        if isinstance(answer, Exception):
            raise PageUnreachable(place.url, str(answer)) from answer
        return answer


def _place(url: str) -> _Place:
    """Raises NotAPageAddress."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise NotAPageAddress(url, str(error)) from error
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username is not None or port == 0:
        raise NotAPageAddress(url)
    is_secure = parts.scheme == "https"
    target = quote(parts.path or "/", safe=_MAY_STAND_IN_A_TARGET)
    if parts.query:
        target += "?" + quote(parts.query, safe=_MAY_STAND_IN_A_TARGET)
    return _Place(parts._replace(fragment="").geturl(), is_secure, host, port or (443 if is_secure else 80), target)


def _connect_to_first(addresses: Sequence[Address], place: _Place, deadline: float) -> socket.socket:
    """A connection to the first address that answers; each gets its part of the time that is left."""
    last: OSError | None = None
    for tried, address in enumerate(addresses):
        part = _left(place.url, deadline) / (len(addresses) - tried)
        try:
            return socket.create_connection((str(address), place.port), timeout=part)
        except OSError as error:
            last = error
    assert last is not None
    raise last


@contextlib.contextmanager
def _cut_off(raw: socket.socket, deadline: float) -> Iterator[None]:
    """Shut the connection down at the deadline: a server that sends a byte a second never runs into a time-out.

    The duplicate stays valid when TLS takes the original over.
    """
    with raw.dup() as handle:
        watch = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, [handle])
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            watch.join()


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def _redirect(place: _Place, response: BaseHTTPResponse) -> _Onward | None:
    """Where the answer sends us, if it does."""
    to = response.headers.get("Location", "").strip()
    if response.status not in _REDIRECTS or not to:
        return None
    return _Onward(urljoin(place.url, to), response.status in _FOR_GOOD)


def _read(response: BaseHTTPResponse, max_bytes: int) -> bytes:
    """At most one byte more than asked for, which tells that there is more.

    Nothing packed was asked for. Where gzip comes all the same, no more is unpacked than is wanted: a few packed
    kilobytes may stand for gigabytes. Raises HTTPError for any other packing.
    """
    unpack = _unpacking(response.headers.get("Content-Encoding", ""))
    body = bytearray()
    while len(body) <= max_bytes:
        wanted = max_bytes + 1 - len(body)
        chunk = response.read(min(_CHUNK, wanted), decode_content=False)
        if not chunk:
            break
        body += unpack(chunk, wanted)
    return bytes(body)


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return lambda chunk, _: chunk
    if kind in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress
    raise HTTPError(f"packed as nobody asked for ({kind[:40]})")


def _left(url: str, deadline: float) -> float:
    """Seconds until the deadline. Raises PageTooSlow when it is over."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise PageTooSlow(url)
    return seconds


def _told(url: str, error: Exception) -> PageUnreachable:
    """The same error in the domain's words."""
    slow = isinstance(error, TimeoutError)
    return PageTooSlow(url, str(error)) if slow else PageUnreachable(url, f"{type(error).__name__}: {error}")
