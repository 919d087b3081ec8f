"""One HTTP request, as a browser or a crawler sends it, to this machine alone."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from bot.sandbox.outside.browsers import Browser

SECONDS = 20.0
MOST = 1_000_000


class NotAsked(Exception):
    """Nothing came back, or the address is none of this machine's."""


@dataclass(frozen=True)
class Answered:
    """What came back from `address`. The names of headers are in lower case."""

    address: str
    status: int
    headers: dict[str, str]
    body: str = ""

    @property
    def location(self) -> str:
        """Where it leads on to, as a whole address; empty when it does not."""
        there = self.headers.get("location", "") if 300 <= self.status < 400 else ""
        return urljoin(self.address, there) if there else ""

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it."""
        return self.headers.get("content-type", "").startswith("text/html")


def is_here(address: str) -> bool:
    """Whether it is this machine that would be asked."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def ask(address: str, browser: Browser, method: str = "GET") -> Answered:
    """Ask once; redirects are answers like others. Raises NotAsked."""
    if not is_here(address):
        raise NotAsked(f"{address} is not on this machine")
    parts = urlsplit(address)
    sent = {"X-Forwarded-For": browser.address, **dict(browser.headers)}
    if browser.agent:
        sent["User-Agent"] = browser.agent
    connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=SECONDS)
    try:
        connection.request(method, parts._replace(scheme="", netloc="", fragment="").geturl() or "/", headers=sent)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answered(address, answer.status, headers, answer.read(MOST).decode("utf-8", "replace"))
    except (OSError, HTTPException, ValueError) as error:
        raise NotAsked(f"{parts.netloc} does not answer ({type(error).__name__})") from error
    finally:
        connection.close()
