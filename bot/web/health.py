"""`/healthz` (the process lives) and `/readyz` (it can do its work), on the admin port only."""

import threading
from collections.abc import Callable, Mapping

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

Checks = Callable[[], Mapping[str, bool]]


def health_app(ready: Checks) -> Starlette:
    """`ready` answers what must be true to work, by name."""

    def healthz(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    def readyz(_: Request) -> JSONResponse:
        found = dict(ready())
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz)])


class HealthServer:
    """Serves the admin port in a thread of its own."""

    def __init__(self, bind: tuple[str, int], ready: Checks) -> None:
        host, port = bind
        config = uvicorn.Config(health_app(ready), host=host, port=port, log_config=None, access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="admin-port", daemon=True)

    def start(self) -> None:
        """Listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join(timeout=5)
