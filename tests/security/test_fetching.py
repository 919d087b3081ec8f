"""Reading a page: whatever the page, its server and its name do, our own network stays ours, and it ends."""

import gzip
import http.client
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import is_public, literal_private_address, may_be_reached
from bot.domain.fetch_problems import AddressRefused, NotAPageAddress, PageUnreachable, PageUnread
from bot.sources.fetch import Fetched, Fetcher, resolve_by_system
from tests.sources.web_server import WebServer

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
# Written out anew, from the registries of special addresses: not taken from the code that is tried here.
NOT_OF_THE_INTERNET = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4"),
]
NOT_OF_THE_INTERNET_6 = [
    *("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48", "2001:10::/28"),
    *("2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "4000::/3"),
]
METADATA = ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "169.254.170.2"]


def inside(networks: Sequence[str]) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    def some(network: str) -> st.SearchStrategy[IPv4Address | IPv6Address]:
        known = ip_network(network)
        return st.integers(0, known.num_addresses - 1).map(lambda n: known[n])

    return st.sampled_from(list(networks)).flatmap(some)


@given(inside(NOT_OF_THE_INTERNET))
def test_no_address_of_these_is_read_however_it_is_wrapped(address: IPv4Address) -> None:
    wrapped = [
        IPv6Address(f"::ffff:{address}"),
        IPv6Address(f"::{address}"),
        IPv6Address(f"64:ff9b::{address}"),
        IPv6Address(int(IPv6Address("2002::")) | int(address) << 80 | 1),
        IPv6Address(int(IPv6Address("2001::")) | (int(address) ^ 0xFFFFFFFF)),
        IPv6Address(f"::ffff:0:{address}"),
    ]
    assert [one for one in (address, *wrapped) if is_public(one)] == []


@given(inside(NOT_OF_THE_INTERNET_6))
def test_no_address_of_these_either(address: IPv6Address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", METADATA)
def test_the_keys_of_a_cloud_are_not_read_whatever_is_allowed(address: str) -> None:
    everything = (ip_network("0.0.0.0/0"), ip_network("::/0"), ip_network("fd00::/8"))
    assert not may_be_reached(ip_address(address), everything)
    if "." in address:
        assert not may_be_reached(IPv6Address(f"::ffff:{address}"), everything)


class Names:
    """A resolver that gives its answers in turn, the last for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


TLS = ssl.create_default_context()


def fetcher(allow: Sequence[Any] = LOOPBACK, resolve: Any = resolve_by_system) -> Fetcher:
    """One that need not read the machine's certificates anew."""
    return Fetcher(allow, resolve=resolve, tls=TLS)


def get(url: str, by: Fetcher | None = None, seconds: float = 5, max_bytes: int = 10_000) -> Fetched:
    return (by or fetcher()).get(url, timeout_seconds=seconds, max_bytes=max_bytes)


HOSTS = [
    *("127.0.0.1", "127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "017700000001", "0x7f000001", "127.0.0.1."),
    *("localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0", "0.0.0.0"),
    *("[0:0:0:0:0:ffff:169.254.169.254]", "169.254.169.254", "2852039166", "0xa9fea9fe", "[fd00:ec2::254]"),
    *("[2002:a9fe:a9fe::1]", "[64:ff9b::a9fe:a9fe]", "[2001:0:0:0:0:0:5601:5601]", "[fe80::1%25lo]", "１２７.０.０.１"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "100.64.0.1", "224.0.0.251", "255.255.255.255", "[ff02::1]"),
]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_way_to_write_an_address_of_ours(host: str, scheme: str) -> None:
    with pytest.raises((AddressRefused, NotAPageAddress, PageUnreachable)) as caught:
        get(f"{scheme}://{host}/", fetcher(()), seconds=5)
    if isinstance(caught.value, PageUnreachable):
        # What the system's resolver takes for no address at all is no way in either.
        with pytest.raises(OSError):
            socket.getaddrinfo(host.strip("[]"), 80)


@pytest.mark.parametrize("host", [host for host in HOSTS if host.isascii()])
def test_the_form_sees_most_of_them_without_asking_anybody(host: str) -> None:
    assert literal_private_address(f"http://{host}/")


@pytest.mark.parametrize("port", [1, 22, 25, 110, 143, 465, 587, 2375, 3306, 5432, 6379, 9200, 11211, 65535])
def test_other_ports_of_the_internet_are_not_tried(port: int) -> None:
    with pytest.raises(AddressRefused, match=f"port {port}"):
        get(f"http://example.org:{port}/", fetcher((), Names(["93.184.216.34"])))


def test_a_network_of_our_own_may_have_pages_on_any_port(web: WebServer) -> None:
    assert get(web.page("/", b"here")).body == b"here"


@pytest.mark.parametrize(
    "url",
    [
        *("http://user@example.org/", "http://:pw@example.org/", "http://@example.org/", "http://a:b@127.0.0.1/"),
        *("http://example.org@127.0.0.1/", "http://127.0.0.1#@example.org@x/", "gopher://127.0.0.1:6379/_FLUSHALL"),
        *("dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "data:text/html,x", "jar:http://x!/", "unix:///tmp/s"),
        *(
            "http://exa\nmple.org/",
            "http://example.org\\@127.0.0.1/",
            "http://example.org:80:80/",
            "http://[127.0.0.1]/",
        ),
        *("http://exam%70le.org/", "http://%31%32%37.0.0.1/", "http://a..b/", "http:///127.0.0.1/", "//127.0.0.1/"),
        "http://" + "a." * 200 + "org/",
    ],
)
def test_what_looks_like_one_address_and_is_another(url: str) -> None:
    with pytest.raises(PageUnread):
        get(url, fetcher((), Names(["127.0.0.1"])))


def test_the_connection_goes_to_the_address_that_was_judged(web: WebServer) -> None:
    """The system's own resolver is not asked a second time: it says something else by then."""
    names = Names(["127.0.0.1"], ["10.0.0.7"])
    web.page("/", b"judged")
    assert get(f"http://rebinding.example.org:{web.port}/", fetcher(LOOPBACK, names)).body == b"judged"
    assert names.asked == 1


def test_each_redirect_is_judged_by_itself(web: WebServer) -> None:
    for target in ("http://2130706433:1/", "//169.254.169.254/", "http://[::ffff:10.0.0.1]/", "https://192.168.1.1/"):
        with pytest.raises(PageUnread):
            get(web.redirect("/", target))
    assert len(web.asked) == 4


def test_a_redirect_from_outside_to_an_odd_port_is_refused(web: WebServer) -> None:
    class Outside:
        """The first name is the page's; the second is somewhere on the internet."""

        def __call__(self, host: str, port: int) -> Sequence[str]:
            return ["127.0.0.1"] if host == "first.example.org" else ["93.184.216.34"]

    web.redirect("/", "http://second.example.org:25/")
    with pytest.raises(AddressRefused):
        get(f"http://first.example.org:{web.port}/", fetcher(LOOPBACK, Outside()))


def test_round_and_round_ends(web: WebServer) -> None:
    with pytest.raises(PageUnread):
        get(web.redirect("/", "/"))
    assert len(web.asked) == 6


def raw(web: WebServer, answer: bytes, then: Callable[[BaseHTTPRequestHandler], None] | None = None) -> str:
    def pour(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(answer)
        if then is not None:
            then(request)
        request.close_connection = True

    return web.on("/", pour)


PACKED = {
    "gzip": lambda body: gzip.compress(body),
    "x-gzip": lambda body: gzip.compress(body),
    "GZIP": lambda body: gzip.compress(body),
    "deflate": lambda body: zlib.compress(body),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_of_gigabytes_is_opened_as_far_as_wanted(web: WebServer, encoding: str) -> None:
    body = PACKED[encoding](b"\0" * 20_000_000)
    assert len(body) < 100_000
    page = get(raw(web, b"HTTP/1.0 200 OK\r\nContent-Encoding: " + encoding.encode() + b"\r\n\r\n" + body))
    assert (len(page.body), page.truncated) == (10_000, True)


def test_what_comes_packed_though_nobody_asked_is_read(web: WebServer) -> None:
    body = gzip.compress(b"<title>hello</title>")
    assert get(raw(web, b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body)).body == b"<title>hello</title>"
    assert web.asked[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 3000])
def test_other_packings_are_not_opened(web: WebServer, encoding: str) -> None:
    with pytest.raises(PageUnreachable):
        get(raw(web, b"HTTP/1.0 200 OK\r\nContent-Encoding: " + encoding.encode() + b"\r\n\r\nx"))


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 5000, mtime=0)[:12] + b"broken" * 9])
def test_what_only_says_that_it_is_packed(web: WebServer, body: bytes) -> None:
    with pytest.raises(PageUnreachable):
        get(raw(web, b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body))


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 2_000 + b"\r\n",
        b"HTTP/1.1 " + b"9" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\nContent-Length: 9\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx",
        b"\x16\x03\x01\x02\x00",
    ],
)
def test_heads_that_are_made_to_hurt(web: WebServer, head: bytes) -> None:
    """They end as a page that cannot be read, or as a short one; never as another error, and soon."""
    try:
        page = get(raw(web, head))
    except PageUnread:
        return
    assert len(page.body) <= 10_000


def test_answers_that_promise_an_answer_for_ever(web: WebServer) -> None:
    def wait_a_bit(request: BaseHTTPRequestHandler) -> None:
        while not web.leaving.wait(0.02):
            request.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    started = time.monotonic()
    with pytest.raises(PageUnreachable):
        get(raw(web, b"HTTP/1.1 100 Continue\r\n\r\n", wait_a_bit), seconds=0.4)
    assert time.monotonic() - started < 30


def test_a_location_cannot_write_into_the_request(web: WebServer) -> None:
    web.page("/x%20HTTP/1.1%0D%0AX-Evil:%20yes", b"here")
    get(web.redirect("/", "/x HTTP/1.1%0D%0AX-Evil: yes"))
    assert all("X-Evil" not in headers for _, headers in web.asked)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For good.example.org alone, signed by itself."""
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine")
    folder = tmp_path_factory.mktemp("tls")
    wishes = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=good.example.org"
    names = "-addext subjectAltName=DNS:good.example.org -keyout key.pem -out cert.pem"
    subprocess.run(
        [openssl, *wishes.split(), *names.split()],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder


@pytest.mark.parametrize(("name", "is_right"), [("good.example.org", True), ("other.example.org", False)])
def test_the_certificate_is_for_the_name_though_the_address_is_fixed(
    certificate: Path, name: str, is_right: bool
) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    seen: list[str | None] = []
    serving.sni_callback = lambda _socket, asked, _context: seen.append(asked)
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))

    def answer(listening: socket.socket) -> None:
        raw_socket, _ = listening.accept()
        with raw_socket:
            try:
                with serving.wrap_socket(raw_socket, server_side=True) as secured:
                    secured.recv(4096)
                    secured.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nhere")
            except (ssl.SSLError, OSError):
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=answer, args=(listening,))
        server.start()
        url = f"https://{name}:{listening.getsockname()[1]}/"
        by = Fetcher(LOOPBACK, resolve=Names(["127.0.0.1"]), tls=trusting)
        if is_right:
            assert get(url, by).body == b"here"
        else:
            with pytest.raises(PageUnreachable, match=r"[Hh]ostname|certificate"):
                get(url, by)
        server.join(timeout=20)
    assert seen == [name]


def test_nothing_of_ours_goes_along(web: WebServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cookie, no password of a .netrc, no proxy, no referrer: a page learns that somebody read it, no more."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    get(web.page("/", b"x"))
    assert {name.lower() for name in web.asked[0][1]} == {"host", "user-agent", "accept", "accept-encoding"}
    assert http.client.HTTPConnection.debuglevel == 0
