"""The page over HTTP: its files, the state one person sees, word of changes, and what people do."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.page.outside import Stage as OutsideStage
from bot.sandbox.page.outside import outside_routes
from bot.sandbox.page.seen import seen
from bot.sandbox.page.typing_in import attach, type_in
from bot.sandbox.pictures import draw, with_pictures
from bot.sandbox.workspace import Workspace

STATIC = Path(__file__).parent / "static"
LOOK_EVERY = 0.1  # seconds between two looks at the counter of changes
BREATH = 15.0  # seconds of silence after which a comment keeps the stream open
SAFE = {
    # Only our own scripts and styles run; pictures may come from anywhere, as in Slack.
    "Content-Security-Policy": "default-src 'self'; img-src * data:; object-src 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
ACTS = {
    "command": "command",
    "press": "press",
    "fill": "fill",
    "submit": "submit",
    "close": "close",
    "react": "react",
    "unreact": "unreact",
    "home": "open_home",
    "shortcut": "shortcut",
    "say": "say",
    "join": "join",
    "leave": "leave",
}


class Stage(OutsideStage, Protocol):
    """What the page needs of the sandbox: a workspace to show and acts to play in it."""

    @property
    def acts(self) -> Any: ...
    @property
    def stopping(self) -> Event: ...


def page_routes(stage: Stage) -> list[BaseRoute]:
    """The routes of the page; `stage` is looked at anew with each request."""
    page = _Page(stage)
    return [
        Route("/", page.index),
        Route("/page/state", page.state),
        Route("/page/events", page.events),
        Route("/page/act", page.act, methods=["POST"]),
        Route("/page/upload", page.upload, methods=["POST"]),
        Route("/page/file/{file}", page.file),
        Route("/page/picture", page.picture),
        *outside_routes(stage),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


class _Page:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def index(self, _: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers=SAFE)

    def state(self, request: Request) -> Response:
        user, channel = request.query_params.get("user", ""), request.query_params.get("channel", "")
        workspace = self.stage.workspace
        if user not in workspace.people or workspace.people[user].is_bot:
            user = first_to_be(workspace)
        state = seen(workspace, user, channel)
        shown = with_pictures(state, workspace.drawn) if workspace.drawn else state
        return JSONResponse(shown, headers={"Cache-Control": "no-store"})

    async def events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._changes(request), media_type="text/event-stream", headers=headers)

    async def _changes(self, request: Request) -> AsyncIterator[str]:
        told, silent = -1, 0.0
        while not self.stage.stopping.is_set() and not await request.is_disconnected():
            counter, silent = self.stage.workspace.counter, silent + LOOK_EVERY
            if counter != told:
                told, silent = counter, 0.0
                yield f"event: changed\ndata: {counter}\n\n"
            elif silent >= BREATH:
                silent = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(LOOK_EVERY)

    async def act(self, request: Request) -> Response:
        # Asking for JSON keeps pages of other sites from acting here with a plain form.
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return JSONResponse({"error": "json_only"}, status_code=415)
        try:
            asked = json.loads(await request.body())
            method = self._method(asked.pop("act"))
        except (ValueError, KeyError, AttributeError):
            return JSONResponse({"error": "unknown_act"}, status_code=400)
        return await asyncio.to_thread(_play, method, asked)

    def _method(self, name: str) -> Callable[..., Any]:
        """The act of that name. Raises KeyError."""
        if name == "type":
            return partial(type_in, self.stage.workspace)
        method: Callable[..., Any] = getattr(self.stage.acts, ACTS[name])
        return method

    async def upload(self, request: Request) -> Response:
        if request.headers.get("content-type") != "application/octet-stream":
            return JSONResponse({"error": "bytes_only"}, status_code=415)
        name = request.query_params.get("name", "file")
        return JSONResponse(attach(self.stage.workspace, name, await request.body()))

    def file(self, request: Request) -> Response:
        file = self.stage.workspace.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return Response("No such file.", status_code=404)
        kind = PICTURES.get(Path(file.name).suffix.lower())
        shown = (
            {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"} if kind is None else {}
        )
        return Response(file.content, media_type=kind or "application/octet-stream", headers=SAFE | shown)

    def picture(self, request: Request) -> Response:
        address = request.query_params.get("address", "")
        if address not in self.stage.workspace.drawn:
            return Response("No such picture.", status_code=404)
        return Response(draw(address), media_type="image/svg+xml", headers=SAFE)


PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}


def _play(method: Callable[..., Any], arguments: dict[str, Any]) -> Response:
    """Do it and say how it went. What a person cannot do (an element that is gone, say) is an error in words."""
    try:
        outcome = method(**arguments)
    except TypeError as problem:
        return JSONResponse({"acked": False, "error": str(problem)}, status_code=400)
    except (KeyError, LookupError, ValueError) as problem:
        return JSONResponse({"acked": True, "error": str(problem), "payload": None, "url": None})
    told = {name: getattr(outcome, name, None) for name in ("error", "payload", "url")}
    return JSONResponse({"acked": getattr(outcome, "acked", True), **told})


def first_to_be(workspace: Workspace) -> str:
    """Whom the page starts with: a comms editor when there is one, else the first of the staff."""
    return next(iter((*workspace.company.editors, *(p.id for p in workspace.company.staff))))
