"""A public host such as an app has: it sends people on, and shows a page where the text has to be copied."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote

COPY = '<!doctype html><title>Copy</title><p>Look &amp; see</p><a class="on" href="{}">Copy and continue</a>'
CARD = '<meta property="og:title" content="A reef &amp; us"><meta property="og:description" content="It grew.">'


class PublicHost(ThreadingHTTPServer):
    """`heard`: the path, agent and address of every request."""

    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.heard: list[tuple[str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> tuple[int, dict[str, str], str]:
        link = quote(f"{self.url}/abc", safe="")
        composer = f"https://www.linkedin.com/feed/?shareActive=true&text=Look%21%0A%0A{link}"
        return {
            "/go/linkedin": (302, {"Location": "/hop"}, ""),
            "/hop": (
                302,
                {"Location": composer},
                "",
            ),
            "/go/facebook": (
                200,
                {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'"},
                COPY.format(f"https://www.facebook.com/sharer/sharer.php?u={link}"),
            ),
            "/abc": (302, {"Location": "https://example.com/reef?utm_source=x", "X-Robots-Tag": "noindex"}, ""),
            "/card": (200, {"Content-Type": "text/html"}, CARD),
            "/round": (302, {"Location": "/round"}, ""),
        }.get(path, (404, {}, ""))


class _Answering(BaseHTTPRequestHandler):
    server: PublicHost

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.server.heard.append(
            (self.path, self.headers.get("User-Agent", ""), self.headers.get("X-Forwarded-For", ""))
        )
        status, headers, body = self.server.answer(self.path)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def public_host() -> Iterator[PublicHost]:
    """Serve until the end of the block."""
    host = PublicHost()
    thread = Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        thread.join(timeout=5)
        host.server_close()
