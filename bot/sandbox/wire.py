"""Calls as they come over HTTP, and answers as they go: whole, or broken on purpose."""

import json
from collections.abc import Collection
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.sandbox.faults import Fault
from bot.sandbox.state import Json
from bot.sandbox.web_api.dispatch import Reply

JSON_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_STATUS = {"server_error": (500, "Internal Server Error"), "unavailable": (503, "Service Unavailable")}
_BODIES = {"empty": "", "cut_short": '{"ok":true,"channel":"C0', "not_an_object": "[true]"}
WEB_PAGE = "<html><body><h1>Slack is having some trouble</h1></body></html>"


def broken(fault: Fault) -> Response:
    """What comes in a reply's place."""
    headers = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
    if fault.kind == "rate_limited":
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    if fault.kind in _STATUS:
        status, text = _STATUS[fault.kind]
        return PlainTextResponse(text, status, headers)
    return HTMLResponse(WEB_PAGE) if fault.kind == "html" else Response(_BODIES[fault.kind], 200, JSON_HEADERS)


def whole(reply: Reply, scopes: Collection[str], now: datetime) -> Response:
    """A reply with the headers that Slack gives it."""
    headers = {"Date": format_datetime(now, usegmt=True)}
    if scopes:
        headers["X-OAuth-Scopes"] = ",".join(sorted(scopes))
    if reply.retry_after is not None:
        headers["Retry-After"] = str(reply.retry_after)
    # ASCII, as Slack writes it: half of an emoji, which people's names can hold, has no UTF-8.
    return Response(json.dumps(reply.body), reply.status, headers, "application/json")


async def arguments(request: Request) -> Json:
    """The arguments of a call: query, form or JSON."""
    args: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    body = await request.body()
    if kind.startswith("application/json"):
        try:
            sent = json.loads(body or b"{}")
        except ValueError:
            sent = {}
        return args | (sent if isinstance(sent, dict) else {})
    return args | dict(parse_qsl(body.decode(), keep_blank_values=True))


def token_of(request: Request, args: Json) -> str:
    """The token of a call, taken out of its arguments."""
    sent = str(args.pop("token", ""))
    header = request.headers.get("authorization", "")
    return header[7:].strip() if header.lower().startswith("bearer ") else sent
