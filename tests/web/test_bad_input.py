"""What is sent to be a nuisance: answered fast with 4xx, stored nowhere, and logged without saying who it was."""

import logging
import random
import socket

import pytest

from bot.web.link_protocol import LONGEST_HEAD, LONGEST_URL
from bot.web.often import Often
from tests.web.conftest import PHONE

CODE = "aaaaaaaaaaa"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        f"//{CODE}",
        f"/{CODE}/",
        f"/{CODE}/..",
        f"/./{CODE}",
        f"/../{CODE}",
        f"/x/../{CODE}",
        f"/%61{CODE[1:]}",
        f"/{CODE}%00",
        f"/{CODE}%0d%0aSet-Cookie:%20a=b",
        f"/{CODE};x",
        f"/{CODE}.",
        f"/{CODE[:-1]}",
        f"/{CODE}a",
        "/" + "é" * 5,
        "/aaaaaaaaaa'",
        "/go/",
        "/go",
        "/go/../x/linkedin",
        "/go/%2e%2e/linkedin",
        "/nowhere",
        "/now/outage",
        "/now/outage/en",
        "/now/../now/",
        "/now//",
        "/now%2f",
        "/now/feed.en.atom",
        "/healthz",
        "/metrics",
        "/.env",
        "/wp-login.php",
        "/" + "a" * 4000,
    ],
)
def test_paths_that_are_none(public, path):
    real = public.link(public.story())
    answer = public.raw(f"GET {path.replace(CODE, real)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), answer[:60]
    assert b"set-cookie" not in answer.lower()
    assert public.kinds() == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods(public, method):
    code = public.link(public.story())
    answer = public.raw(f"{method} /{code} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"allow: GET, HEAD" in answer
    assert public.kinds() == []


@pytest.mark.parametrize(
    "text",
    [
        b"GET /" + b"a" * (LONGEST_URL + 1) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"a" * 8192 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /x HTTP/1.1\r\nX-Long: " + b"a" * (LONGEST_HEAD + 1) + b"\r\n\r\n",
        b"GET /x HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(2000)) + b"\r\n",
        b"GET /x HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GARBAGE\r\n\r\n",
    ],
    ids=["url", "8 kB", "header", "headers", "version", "tls", "garbage"],
)
def test_more_than_anybody_has_to_say(public, text, caplog):
    with caplog.at_level(logging.INFO):
        answer = public.raw(text)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "127.0.0.1" not in caplog.text
    assert public.get("/x").status == 404, "the server goes on"


def test_a_websocket_is_not_spoken(public):
    asked = (
        b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert public.raw(asked).startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))


def test_whoever_tries_codes_is_slowed_down_and_nobody_else(public, caplog):
    code, fresh = public.link(public.story()), public.link(public.story())
    assert public.get(f"/{code}").status == 302
    chance = random.Random(1)
    with caplog.at_level(logging.INFO):
        tried = [public.get(f"/{''.join(chance.choices('abcXYZ019', k=11))}", address="192.0.2.9") for _ in range(40)]
    assert [answer.status for answer in tried] == [404] * 30 + [429] * 10
    assert tried[-1].headers["retry-after"] == "60"
    assert len([record for record in caplog.records if "tries codes" in record.message]) == 1
    assert "192.0.2.9" not in caplog.text
    assert public.get(f"/{code}", address="192.0.2.9").status == 302, "codes that are known are followed all the same"
    assert public.get(f"/{fresh}", address="192.0.2.10").status == 302


def test_an_ipv6_network_is_one_address(public):
    for number in range(30):
        public.get(f"/{number:011d}", address=f"2001:db8:1:2::{number:x}")
    assert public.get("/bbbbbbbbbbb", address="2001:db8:1:2:ffff::1").status == 429
    assert public.get("/bbbbbbbbbbb", address="2001:db8:1:3::1").status == 404


def test_unknown_codes_take_no_memory(public):
    codes = public.server._codes
    for number in range(200):
        public.get(f"/{number:011d}", address=f"198.51.{number}.1")
    assert (codes._known, codes._waiting) == ({}, {})


def test_counting_who_comes_often_takes_no_more_memory_than_that():
    often = Often(most=100)
    for number in range(10_000):
        often.once_more(number)
    assert len(often._counts) == 100
    assert often.once_more(5) == 2


def test_agents_of_any_kind_take_no_more_memory_than_that(public):
    code = public.link(public.story())
    for agent in ("\xff\xfe", "a" * 8000, "%s" * 50, "<script>", PHONE):
        assert public.get(f"/{code}", agent.encode("latin-1")).status == 302
    assert all(len(agent) <= 512 for agent, *_ in public.server._visits._rules)


@pytest.mark.parametrize("before", [b"", b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["at once", "after a request"])
def test_a_slow_talker_is_hung_up_on(serve, before):
    public = serve(seconds=0.3)
    with socket.create_connection(("127.0.0.1", public.server.port), timeout=20) as plug:
        plug.sendall(before)
        answered = b""
        while before and b"</html>" not in answered:
            answered += plug.recv(65_536)
        plug.sendall(b"GET /x HTTP/1.1\r\nHost:")
        assert public.get("/x").status == 404, "others are served meanwhile"
        assert plug.recv(65_536) == b"", "nothing is ever answered to half a request"


def test_a_forwarded_address_that_is_none_is_nobodys(public):
    code = public.link(public.story())
    for address in ("::ffff:zzz", "x", "1.2.3.4.5", "::", "a" * 300):
        assert public.get(f"/{code}", address=address).status == 302
