"""A web server of one's own, that remembers what it was asked."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class WebServer:
    """Answers each path as it was told to; everything else with 404."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._answers: dict[str, Answer] = {}
        self.leaving = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.port: int = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "WebServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.leaving.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def on(self, path: str, answer: Answer) -> str:
        """Answer this path so; returns its url."""
        self._answers[path] = answer
        return self.url + path

    def page(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8", status: int = 200) -> str:
        """Answer with a body."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Type", content_type)
            request.send_header("Content-Length", str(len(body)))
            request.send_header("Set-Cookie", "kept=never")
            request.end_headers()
            request.wfile.write(body)

        return self.on(path, answer)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        """Answer with a redirect."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Location", to)
            request.send_header("Set-Cookie", "kept=never")
            request.send_header("Content-Length", "0")
            request.end_headers()

        return self.on(path, answer)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.path, dict(self.headers)))
                try:
                    web._answers.get(self.path, lambda request: request.send_error(404))(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                return None

        return Handler
