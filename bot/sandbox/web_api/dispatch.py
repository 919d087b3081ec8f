"""From an HTTP request to a method and back: token, tier, scope, the work, the answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.images import bad_images
from bot.sandbox.state import Json, LogEntry
from bot.sandbox.web_api import methods
from bot.sandbox.web_api.call import Call, Method, Refusal, TooFast
from bot.sandbox.web_api.limits import Limits
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True)
class Reply:
    """What goes back over HTTP."""

    body: Json
    status: int = 200
    retry_after: int | None = None


class WebApi:
    """Runs calls against the workspace, one at a time."""

    def __init__(self, workspace: Workspace, new_socket_url: Callable[[], str]) -> None:
        self.workspace, self.new_socket_url = workspace, new_socket_url
        self.limits = Limits(workspace)
        self.methods = methods()

    def run(self, name: str, args: Json, token: str) -> Reply:
        """Answer one call. `args` without the token."""
        reply = self._answered(name, args, token)
        self.workspace.log.append(LogEntry("api", name, args, reply.body))
        return reply

    def _answered(self, name: str, args: Json, token: str) -> Reply:
        try:
            return Reply({"ok": True, **self._run(name, args, token)})
        except Refusal as refused:
            return Reply({"ok": False, "error": refused.error, **refused.extra})
        except TooFast as fast:
            return Reply({"ok": False, "error": "ratelimited"}, 429, fast.retry_after)

    def _run(self, name: str, args: Json, token: str) -> Json:
        method = self.methods.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
        self._check_token(method, token)
        self.limits.count_call(name, method.tier)
        call = Call(self.workspace, method, args, new_socket_url=self.new_socket_url)
        call.post_seconds = self.limits.count_post
        call.bad_images = bad_images(_blocks_in(args), self.workspace.images)
        with self.workspace.lock:
            self._check_scope(method)
            answer: Json = json.loads(json.dumps(method.run(call)))
            return answer

    def _check_token(self, method: Method, token: str) -> None:
        w = self.workspace
        if not token:
            raise Refusal("not_authed")
        if token not in (w.bot_token, w.app_token):
            raise Refusal("invalid_auth")
        if w.token_revoked:
            raise Refusal("token_revoked")
        if token != (w.app_token if method.token == "app" else w.bot_token):
            raise Refusal("not_allowed_token_type")

    def _check_scope(self, method: Method) -> None:
        granted = self.workspace.app_scopes if method.token == "app" else self.workspace.granted_scopes
        if method.scope and not granted.intersection(method.scope):
            raise Refusal("missing_scope", needed=",".join(method.scope), provided=",".join(sorted(granted)))


def _blocks_in(args: Json) -> list[Any]:
    """Whatever may hold images, parsed when it came as text."""
    found = []
    for key in ("blocks", "view", "attachments"):
        value = args.get(key)
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                continue
        found.append(value)
    return found
