from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network

import pytest

from bot.domain.hook_feeds import Asked, FeedAnswer, FeedTrouble
from bot.sources.feeds import MAX_BYTES, Feeds
from bot.sources.fetch import Fetcher
from tests.sources.web_server import WebServer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RSS = b'<rss version="2.0"><channel><title>Paper</title><item><title>Pumps</title><guid>1</guid></item></channel></rss>'


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def read(url: str, asked: Asked | None = None, seconds: float = 10.0, max_bytes: int = MAX_BYTES) -> FeedAnswer:
    feeds = Feeds(Fetcher((ip_network("127.0.0.0/8"),)), seconds, max_bytes)
    return feeds.read(url, asked or Asked(), NOW)


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def test_a_feed_is_read_once_and_then_asked_whether_it_changed(web: WebServer) -> None:
    marked = {"ETag": '"7"', "Last_Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
    url = web.on("/rss", says(200, RSS, **marked))
    first = read(url)
    assert (first.title, [entry.title for entry in first.entries]) == ("Paper", ["Pumps"])
    assert first.asked == Asked('"7"', "Mon, 23 Nov 2026 10:00:00 GMT")
    assert "If-None-Match" not in web.asked[0][1]
    web.on("/rss", says(304))
    second = read(url, first.asked)
    assert (second.unchanged, second.entries, second.asked) == (True, (), first.asked)
    assert web.asked[1][1]["If-None-Match"] == '"7"'
    assert web.asked[1][1]["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("mark", ["x" * 900, '"caf\xe9"'])
def test_a_mark_that_could_not_be_sent_back_is_not_kept(web: WebServer, mark: str) -> None:
    assert read(web.on("/rss", says(200, RSS, ETag=mark))).asked == Asked()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        *((404, FeedTrouble.NOT_FOUND), (410, FeedTrouble.GONE), (401, FeedTrouble.CLOSED), (403, FeedTrouble.CLOSED)),
        *(
            (429, FeedTrouble.TOO_OFTEN),
            (500, FeedTrouble.SERVER),
            (503, FeedTrouble.SERVER),
            (418, FeedTrouble.SERVER),
        ),
    ],
)
def test_no_is_an_answer(web: WebServer, status: int, told: FeedTrouble) -> None:
    asked = Asked("kept")
    answer = read(web.on("/rss", says(status, RSS)), asked)
    assert (answer.trouble, answer.entries, answer.asked) == (told, (), asked)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), None),
        ("soon", None),
        ("9" * 400, timedelta(seconds=10**8)),
    ],
)
def test_when_to_come_back(web: WebServer, said: str, wait: timedelta | None) -> None:
    assert read(web.on("/rss", says(503, Retry_After=said))).retry_after == wait


def test_a_feed_that_moved_for_good(web: WebServer) -> None:
    web.page("/new", RSS)
    web.redirect("/newer", "/new", 308)
    assert read(web.redirect("/old", "/newer", 301)).moved_to == f"{web.url}/new"
    assert read(web.redirect("/for-now", "/new", 302)).moved_to == ""
    web.redirect("/half", "/for-now", 301)
    assert read(f"{web.url}/half").moved_to == f"{web.url}/for-now"


def test_round_and_round(web: WebServer) -> None:
    assert read(web.redirect("/rss", "/rss", 301)).trouble is FeedTrouble.CIRCLES


def test_from_one_to_the_other_and_back(web: WebServer) -> None:
    web.redirect("/other", "/rss", 308)
    answer = read(web.redirect("/rss", "/other", 301))
    assert (answer.trouble, answer.moved_to) == (FeedTrouble.CIRCLES, "")


def test_our_own_network_is_not_read(web: WebServer) -> None:
    assert read("http://10.0.0.1/rss").trouble is FeedTrouble.REFUSED
    assert read(web.redirect("/rss", "http://169.254.169.254/")).trouble is FeedTrouble.REFUSED


def test_a_server_that_says_nothing(web: WebServer) -> None:
    url = web.on("/rss", lambda request: web.leaving.wait(5) and None)
    assert read(url, seconds=0.3).trouble is FeedTrouble.SLOW


def test_nobody_at_home() -> None:
    assert read("http://127.0.0.1:1/").trouble in (FeedTrouble.UNREACHABLE, FeedTrouble.REFUSED)


def test_fifty_megabytes_are_not_read(web: WebServer) -> None:
    sent = [0]

    def pour(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" + RSS[:60])
        while sent[0] < 50_000_000 and not web.leaving.is_set():
            request.wfile.write(b" " * 65_536)
            sent[0] += 65_536

    assert read(web.on("/rss", pour), max_bytes=200_000).trouble is FeedTrouble.TOO_BIG
    assert sent[0] < 50_000_000


def test_a_bomb_is_not_opened(web: WebServer) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>'
    body = bomb.encode() + RSS.replace(b"Pumps", b"&e11;")
    assert read(web.page("/rss", body, "application/rss+xml")).trouble is FeedTrouble.BOMB


@pytest.mark.parametrize("content_type", ["application/rss+xml; charset=windows-1252", "text/xml", "application/xml"])
def test_windows_1252(web: WebServer, content_type: str) -> None:
    """As its header says, or as it is."""
    body = RSS.replace(b"Pumps", "Coördinatie €5 “ja”".encode("cp1252"))
    (entry,) = read(web.page("/rss", body, content_type)).entries
    assert entry.title == "Coördinatie €5 “ja”"


def test_scripts_in_titles_and_no_dates(web: WebServer) -> None:
    body = RSS.replace(b"Pumps", b"<![CDATA[<script>alert(1)</script><b>Pumps</b> &amp; co<img onerror=alert(1)>]]>")
    (entry,) = read(web.page("/rss", body, "application/rss+xml")).entries
    assert (entry.title, entry.published_at) == ("Pumps & co", None)


def test_a_page_where_a_feed_should_be(web: WebServer) -> None:
    page = b'<html><head><link rel="alternate" type="application/atom+xml" href="feed.xml"></head></html>'
    answer = read(web.page("/news/", page))
    assert (answer.trouble, answer.hint) == (FeedTrouble.PAGE, f"{web.url}/news/feed.xml")


def test_a_feed_that_is_called_a_page_is_read(web: WebServer) -> None:
    assert read(web.page("/rss", RSS, "text/html; charset=iso-8859-1")).entries
