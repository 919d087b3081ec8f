"""The sandbox as a server: one background thread with a Web API, sockets, response addresses and the page."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.acts import Acts
from bot.sandbox.events import Dispatcher, Interactions
from bot.sandbox.faults import BROKEN, Faults
from bot.sandbox.outside.world import Outside
from bot.sandbox.responses import respond
from bot.sandbox.socket import SocketMode
from bot.sandbox.uploads import receive
from bot.sandbox.web_api.dispatch import WebApi
from bot.sandbox.wire import arguments, broken, token_of, whole
from bot.sandbox.workspace import Workspace

START_SECONDS = 10.0
FINISH_SECONDS = 1
PUMP_SECONDS = 0.25


class _Protocol(H11Protocol):
    """HTTP whose requests can reach their connection, to cut it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """A server that ends when it is told, not at its next look: hundreds of tests end one each."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ended = asyncio.Event()

    async def main_loop(self) -> None:
        """Serve until the end."""
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As it is done above, but looked at every few milliseconds, and without a rest of a tenth of a second."""
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        end = time.monotonic() + FINISH_SECONDS
        while (self.server_state.connections or self.server_state.tasks) and time.monotonic() < end:
            await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def end(self) -> None:
        """Serve no longer. From any thread, and more than once."""
        self.should_exit = True
        with suppress(RuntimeError):  # the loop has ended already
            for server in self.servers:
                server.get_loop().call_soon_threadsafe(self._ended.set)


class Sandbox:
    """A Slack on 127.0.0.1.

    `port` 0 takes a free one. `real_time`: the workspace's clock runs by itself, so events are sent again by a
    background thread; with a stepping clock its owner calls `pump()`.
    """

    def __init__(self, workspace: Workspace, port: int = 0, *, real_time: bool = True) -> None:
        self.workspace, self.faults, self.real_time = workspace, Faults(), real_time
        self.socket = SocketMode(workspace, self.faults)
        self.dispatcher = Dispatcher(workspace, self.socket)
        self.interactions = Interactions(workspace)
        self.web_api = WebApi(workspace, self._new_socket_url)
        self.acts, self.outside = Acts(self), Outside(workspace.now)
        self.stopping = threading.Event()
        self._port, self._flights, self._flights_lock = port, 0, threading.Lock()
        self._server: _Server | None = None
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None

    # --- life

    def start(self) -> "Sandbox":
        """Listen; returns when requests are answered. Raises OSError when the port is taken."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        self.workspace.url = self.url + "/"
        config = uvicorn.Config(
            self._app(),
            http=_Protocol,
            ws="websockets-sansio",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,  # answers are dated by the workspace's clock
            ws_ping_interval=None,
        )
        self._server = _Server(config)
        self._run_in_background(self._serve, "sandbox")
        self._wait_until_started()
        if self.real_time:
            self._run_in_background(self._pump_on, "sandbox-pump")
        return self

    def _serve(self) -> None:
        assert self._server is not None
        self._server.run(sockets=[cast(socket.socket, self._listener)])

    def _run_in_background(self, work: Any, name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _wait_until_started(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._server is None or not self._server.started or self.socket.loop is None:
            if time.monotonic() > deadline or not self._threads[0].is_alive():
                raise RuntimeError("the sandbox did not start")
            self._learn_loop()
            time.sleep(0.005)

    def _learn_loop(self) -> None:
        """The loop is the one that serves; Starlette tells it with the first request."""
        if self._server is not None and self._server.started and self._server.servers:
            self.socket.loop = self._server.servers[0].get_loop()

    def _pump_on(self) -> None:
        while not self.stopping.wait(PUMP_SECONDS):
            self.pump()

    def stop(self) -> None:
        """Close all connections and end the threads."""
        self.stopping.set()
        self.workspace.bump()
        self.socket.drop_all()
        if self._server is not None:
            self._server.end()
        for thread in self._threads:
            thread.join(timeout=10)
        if self._listener is not None:
            self._listener.close()

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- what others ask

    @property
    def closing(self) -> bool:
        """Whether streams should end."""
        return self.stopping.is_set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base_url of a WebClient."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        return self.workspace.app_token

    def pump(self) -> int:
        """Send the events that are due again by the workspace's clock; how many."""
        return self.socket.pump()

    def idle(self) -> bool:
        """No envelope unacknowledged and no request being answered."""
        return self._flights == 0 and self.socket.idle()

    def _new_socket_url(self) -> str:
        ticket = self.socket.new_ticket()
        return f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}&app_id={self.workspace.app_id}"

    # --- routes

    def _app(self) -> Starlette:
        routes: list[BaseRoute] = [
            Route("/api/{method:path}", _Counted(self, self._api)),
            Route("/respond/{key:path}", _Counted(self, self._respond)),
            Route("/upload/v1/{file}", _Counted(self, self._upload)),
            Route("/sandbox/faults", self._set_fault, methods=["POST"]),
            WebSocketRoute("/link/", self._link),
            *self._page_routes(),
        ]
        return Starlette(routes=routes)

    def _page_routes(self) -> Sequence[BaseRoute]:
        try:
            from bot.sandbox.page.routes import page_routes
        except ModuleNotFoundError:
            return []
        return page_routes(self)

    async def _link(self, socket: WebSocket) -> None:
        await self.socket.serve(socket)

    async def _api(self, request: Request) -> Response | None:
        method = request.path_params["method"]
        args = await arguments(request)
        token = token_of(request, args)
        fault = self.faults.take(method)
        if fault is not None and fault.kind in BROKEN and not fault.done:
            return broken(fault)
        reply = await run_in_threadpool(self.web_api.run, method, args, token)
        if fault is not None and fault.kind in BROKEN:
            return broken(fault)
        if fault is not None and fault.kind == "lost_reply":
            request.state.transport.abort()
            return None
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        return whole(reply, self.workspace.scopes_of(token), self.workspace.now())

    async def _respond(self, request: Request) -> Response | None:
        text = (await request.body()).decode()
        fault = self.faults.take("response_url")
        if fault is not None and fault.kind in BROKEN and not fault.done:
            return broken(fault)
        try:
            body = json.loads(text)
        except ValueError:
            body = None
        status, answer = await run_in_threadpool(respond, self.workspace, request.path_params["key"], body)
        if fault is not None:
            request.state.transport.abort()
            return None
        return PlainTextResponse(answer, status) if isinstance(answer, str) else JSONResponse(answer, status)

    async def _upload(self, request: Request) -> Response:
        """The bytes of a file, as the body of the request."""
        status, answer = receive(self.workspace, request.path_params["file"], await request.body())
        return PlainTextResponse(answer, status)

    async def _set_fault(self, request: Request) -> Response:
        """{"do": "answer", "method": "chat.postMessage", "kind": "rate_limited", "times": 1} and the like."""
        body = await request.json()
        doing = body.pop("do", "")
        allowed = "answer drop_sockets refresh_sockets refuse_sockets deliver_twice reorder delay_events clear"
        if doing not in allowed.split():
            return JSONResponse({"ok": False, "error": "unknown_fault"}, 400)
        try:
            await run_in_threadpool(lambda: getattr(self.faults, doing)(**body))
        except (TypeError, ValueError) as wrong:
            return JSONResponse({"ok": False, "error": str(wrong)}, 400)
        return JSONResponse({"ok": True})

    def count_flight(self, change: int) -> None:
        with self._flights_lock:
            self._flights += change


class _Counted:
    """An endpoint whose request counts as in flight until the reply has left."""

    def __init__(self, sandbox: Sandbox, endpoint: Any) -> None:
        self.sandbox, self.endpoint = sandbox, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.sandbox.count_flight(1)
        try:
            response = await self.endpoint(Request(scope, receive, send))
            if response is not None:
                await response(scope, receive, send)
        except ClientDisconnect:
            pass  # whoever asked died over the question
        finally:
            self.sandbox.count_flight(-1)
