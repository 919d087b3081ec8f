"""A few pages of the company's own site, over real HTTP on this machine: for whoever queues a story by its address."""

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = {
    "/open-day": (
        "en",
        "Come and see the pump hall: the open day is on the 18th",
        "Seven old pumps, one of them running, and far too much soup. Bring the children, and dry socks.",
    ),
    "/night-shift": (
        "en",
        "What the night shift hears when the pumps are quiet",
        "Joost has kept watch over the same canal for eleven years. He wrote down one night of it.",
    ),
    "/ijsvogel": (
        "nl",
        "De ijsvogel is terug bij de sluis",
        "Twee jaar na het graafwerk broedt er weer een paartje. Marit zag het als eerste.",
    ),
}
"""Path → language, title, description."""


class Site:
    """The pages, each under an address of its own. Start it once, stop it once."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="site", daemon=True)

    def address(self, path: str) -> str:
        """Where this page is."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def start(self) -> None:
        """Answer from here on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(5)
        self._server.server_close()


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = PAGES.get(self.path.partition("?")[0])
        body = (_page(*found) if found else "<!doctype html><title>Not here</title>").encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The demo's own lines are enough."""


def _page(language: str, title: str, description: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:title" content="{escape(title)}">'
        f'<meta property="og:description" content="{escape(description)}"></head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(description)}</p></body></html>"
    )
