import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network

import pytest

from bot.domain.fetch_problems import (
    AddressRefused,
    NotAPageAddress,
    PageTooSlow,
    PageUnreachable,
    TooManyRedirects,
)
from bot.sources.fetch import Fetched, Fetcher
from tests.sources.web_server import WebServer

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class Names:
    """A resolver of one's own: gives the answers in turn, the last one for ever, and remembers what it was asked."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(turns) for name, turns in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self._answers:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        turns = self._answers[host]
        return turns.pop(0) if len(turns) > 1 else turns[0]


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def fetcher(resolve: Names | None = None) -> Fetcher:
    return Fetcher(LOOPBACK, resolve=resolve) if resolve else Fetcher(LOOPBACK)


def get(url: str, by: Fetcher | None = None, seconds: float = 5, max_bytes: int = 10_000) -> Fetched:
    return (by or fetcher()).get(url, timeout_seconds=seconds, max_bytes=max_bytes, accept="text/html")


def test_a_page_comes_as_it_is(web: WebServer) -> None:
    url = web.page("/a%20b?c=d%2Fe", b"<p>hello")
    assert get(f"{web.url}/a b?c=d%2Fe#there") == Fetched(
        f"{web.url}/a b?c=d%2Fe", 200, "text/html; charset=utf-8", b"<p>hello", False
    )
    path, headers = web.asked[0]
    assert web.url + path == url
    assert headers["Host"] == f"127.0.0.1:{web.port}"
    assert headers["Accept"] == "text/html"
    assert headers["User-Agent"].startswith("Passalong")


def test_an_error_status_is_an_answer(web: WebServer) -> None:
    assert get(web.page("/gone", b"sorry", status=410)).status == 410


def test_no_cookies_are_kept(web: WebServer) -> None:
    by = fetcher()
    get(web.redirect("/from", "/to"), by)
    web.page("/to", b"here")
    assert get(web.url + "/from", by).body == b"here"
    assert all("Cookie" not in headers for _, headers in web.asked)


def test_no_proxy_is_taken_from_the_environment(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert get(web.page("/", b"direct")).body == b"direct"


@pytest.mark.parametrize(("size", "truncated"), [(9_999, False), (10_000, False), (10_001, True), (400_000, True)])
def test_no_more_is_read_than_asked_for(web: WebServer, size: int, truncated: bool) -> None:
    page = get(web.page("/", b"x" * size))
    assert (len(page.body), page.truncated) == (min(size, 10_000), truncated)


def test_an_endless_page_ends(web: WebServer) -> None:
    def pour(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not web.leaving.is_set():
            request.wfile.write(b"x" * 65_536)

    page = get(web.on("/", pour))
    assert (len(page.body), page.truncated) == (10_000, True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(web: WebServer, status: int) -> None:
    web.page("/to?x=1", b"here")
    page = get(web.redirect("/deep/from", "../to?x=1", status))
    assert (page.url, page.body) == (f"{web.url}/to?x=1", b"here")


def test_five_redirects_and_no_more(web: WebServer) -> None:
    for n in range(1, 7):
        web.redirect(f"/{n}", f"/{n - 1}")
    web.page("/0", b"here")
    assert get(f"{web.url}/5").body == b"here"
    with pytest.raises(TooManyRedirects):
        get(f"{web.url}/6")


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://192.168.1.1:8080/admin",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(web: WebServer, to: str) -> None:
    with pytest.raises(AddressRefused):
        get(web.redirect("/", to))


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "//a:b@127.0.0.1/"])
def test_a_redirect_to_something_else_than_a_page_is_refused(web: WebServer, to: str) -> None:
    with pytest.raises(NotAPageAddress):
        get(web.redirect("/", to))


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://127.1/"),
        *("http://0.0.0.0/", "http://[::]/", "http://[::1]/", "http://[fe80::1]/", "http://[fd00::1]/"),
        *("http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.0.1/", "http://100.64.0.1/", "http://224.0.0.1/"),
        *("http://169.254.169.254/", "http://168.63.129.16/", "http://[::ffff:127.0.0.1]/", "http://[2002:7f00:1::]/"),
        *("http://[64:ff9b::10.0.0.1]/", "http://240.0.0.1/", "http://[ff02::1]/", "https://127.0.0.1/"),
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        get(url, Fetcher())


@pytest.mark.parametrize(
    "url",
    [
        *("", "hello", "ftp://example.org/", "file:///etc/passwd", "http:///x", "http://user:pass@example.org/"),
        *("http://example.org:99999/", "http://exa mple.org/", "http://[::1/", "http://" + "a" * 64 + ".org/"),
    ],
)
def test_what_is_no_address_of_a_page(url: str) -> None:
    with pytest.raises(NotAPageAddress):
        get(url)


def test_a_name_with_a_private_address_is_refused() -> None:
    names = Names(inside_example_org=[["10.0.0.7"]])
    with pytest.raises(AddressRefused):
        get("http://inside.example.org/", fetcher(names))


def test_of_several_addresses_only_the_allowed_are_tried(web: WebServer) -> None:
    web.page("/", b"here")
    names = Names(both_example_org=[["10.0.0.7", "fd00::1", "127.0.0.1"]])
    assert get(f"http://both.example.org:{web.port}/", fetcher(names)).body == b"here"


def test_a_name_that_changes_its_mind_gains_nothing(web: WebServer) -> None:
    web.page("/", b"here")
    names = Names(rebind_example_org=[["127.0.0.1"], ["169.254.169.254"]])
    by = fetcher(names)
    assert get(f"http://rebind.example.org:{web.port}/", by).body == b"here"
    assert names.asked == ["rebind.example.org"]
    assert web.asked[0][1]["Host"] == f"rebind.example.org:{web.port}"
    with pytest.raises(AddressRefused):
        get(f"http://rebind.example.org:{web.port}/", by)


def test_a_name_is_judged_again_at_each_redirect(web: WebServer) -> None:
    names = Names(rebind_example_org=[["127.0.0.1"], ["169.254.169.254"]])
    web.redirect("/", f"http://rebind.example.org:{web.port}/again")
    with pytest.raises(AddressRefused):
        get(f"http://rebind.example.org:{web.port}/", fetcher(names))
    assert [path for path, _ in web.asked] == ["/"]


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(PageUnreachable) as caught:
        get("http://nowhere.example.org/", fetcher(Names()))
    assert caught.value.again


def test_nobody_at_home(web: WebServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(PageUnreachable):
            get(url)


def test_the_next_address_is_tried_when_one_does_not_answer(web: WebServer) -> None:
    web.page("/", b"here")
    names = Names(two_example_org=[["::1", "127.0.0.1"]])
    assert get(f"http://two.example.org:{web.port}/", fetcher(names)).body == b"here"


def test_an_answer_that_is_not_http(web: WebServer) -> None:
    with pytest.raises(PageUnreachable):
        get(web.on("/", lambda request: request.wfile.write(b"220 mail.example.org ESMTP\r\n") and None))


def took(url: str, by: Fetcher | None = None) -> float:
    start = time.monotonic()
    with pytest.raises(PageTooSlow):
        get(url, by, seconds=0.4, max_bytes=10**9)
    return time.monotonic() - start


def test_a_server_that_says_nothing(web: WebServer) -> None:
    assert took(web.on("/", lambda request: web.leaving.wait(5) and None)) < 1.5


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK\r\nX-", b"HTTP/1.0 200 OK\r\n\r\n", b""])
def test_a_server_that_drips(web: WebServer, head: bytes) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(head)
        while not web.leaving.wait(0.05):
            request.wfile.write(b"H")

    assert took(web.on("/", drip)) < 1.5


def test_redirects_share_one_deadline(web: WebServer) -> None:
    def late(request: BaseHTTPRequestHandler) -> None:
        web.leaving.wait(0.15)
        request.wfile.write(b"HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n")

    assert took(web.on("/", late)) < 1.5


def test_a_resolver_that_sleeps() -> None:
    waiting = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        waiting.wait(5)
        return ["127.0.0.1"]

    assert took("http://slow.example.org/", Fetcher(LOOPBACK, resolve=resolve)) < 1.5
    waiting.set()


def test_a_tls_server_that_never_shakes_hands() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert took(f"https://127.0.0.1:{silent.getsockname()[1]}/") < 1.5


def test_tls_asks_for_the_name_and_trusts_nobody_unknown() -> None:
    seen: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _socket, name, _context: seen.append(name)

    def answer(listening: socket.socket) -> None:
        raw, _ = listening.accept()
        with raw, pytest.raises(ssl.SSLError):
            context.wrap_socket(raw, server_side=True)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=answer, args=(listening,))
        server.start()
        url = f"https://stories.example.org:{listening.getsockname()[1]}/"
        with pytest.raises(PageUnreachable):
            get(url, fetcher(Names(stories_example_org=[["127.0.0.1"]])))
        server.join()
    assert seen == ["stories.example.org"]
