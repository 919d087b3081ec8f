"""`/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics`, on the admin port only."""

import socket
import threading
from collections.abc import Callable, Mapping
from functools import partial

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.web.metrics import Metrics
from bot.web.own_host import OwnHost, is_loopback

Checks = Callable[[], Mapping[str, bool]]


def health_app(ready: Checks, metrics: Metrics) -> Starlette:
    """`ready` answers what must be true to work, by name. What people reach from outside is never served here."""

    def healthz(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    def readyz(_: Request) -> JSONResponse:
        found = dict(ready())
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    def measured(_: Request) -> Response:
        text, kind = metrics.text()
        return Response(text, media_type=kind)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", measured)])


class HealthServer:
    """Serves the admin port in a thread of its own."""

    def __init__(self, bind: tuple[str, int], ready: Checks, metrics: Metrics) -> None:
        self._bind = bind
        app: ASGIApp = health_app(ready, metrics)
        app = OwnHost(app) if is_loopback(bind[0]) else app
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        host, _ = self._bind
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server(self._bind, family=family)
        serve = partial(self._server.run, sockets=[listener])
        self._thread = threading.Thread(target=serve, name="admin-port", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=5)
