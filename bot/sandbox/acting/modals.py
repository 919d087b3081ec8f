"""Submitting and closing modals."""

import json
from dataclasses import replace
from typing import Any

from bot.sandbox.acting.acting import DONE, TROUBLE, Acting, Outcome
from bot.sandbox.blocks_check import check_view
from bot.sandbox.client_checks import refused_by_client
from bot.sandbox.images import bad_images
from bot.sandbox.state import Json, View


class Modals(Acting):
    """The end of a modal, or the next one."""

    def submit(self, user: str, view_id: str) -> Outcome:
        """Press the modal's submit button. Empty required inputs stop it in the client, as in Slack."""
        with self._w.lock:
            view = next((v for v in self._w.stacks.get(user, []) if v.id == view_id), None)
            if view is None:
                return Outcome(False, error=f"no open view: {view_id}")
            view.errors = self._client_errors(view)
            if view.errors:
                self._w.bump()
                return Outcome(False, error="; ".join(f"{b}: {e}" for b, e in view.errors.items()))
            payload = self._sandbox.interactions.submission(user, view)
        outcome = self._send("interactive", payload, TROUBLE)
        return self._after_submit(user, view, outcome) if outcome.acked else outcome

    def _client_errors(self, view: View) -> dict[str, str]:
        errors: dict[str, str] = {}
        for block in view.blocks:
            if block.get("type") == "input":
                state = self._w.view_state(view)[block["block_id"]][block["element"]["action_id"]]
                error = refused_by_client(block["element"], state, required=not block.get("optional"))
                errors |= {block["block_id"]: error} if error else {}
        return errors

    def _after_submit(self, user: str, view: View, outcome: Outcome) -> Outcome:
        body = outcome.payload or {}
        action = body.get("response_action")
        bad = bad_images(body.get("view"), self._w.images)
        with self._w.lock:
            error = self._apply(user, view, action, body, bad)
        self._w.bump()
        return replace(outcome, error=error)

    def _apply(self, user: str, view: View, action: str | None, body: Json, bad: dict[str, str]) -> str | None:
        stack = self._w.stacks.setdefault(user, [])
        if view not in stack:
            return None
        if action is None:
            stack.remove(view)
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            return _show_errors(view, body.get("errors"))
        elif action in ("update", "push"):
            return self._next_view(stack, view, action, body.get("view"), bad)
        else:
            return TROUBLE
        return None

    def _next_view(self, stack: list[View], view: View, action: str, body: Any, bad: dict[str, str]) -> str | None:
        body = json.loads(body) if isinstance(body, str) else body
        problems = check_view(body, "modal", bad, self._w.files) if isinstance(body, dict) else ["no view"]
        if problems or (action == "push" and len(stack) >= 3):
            return f"{TROUBLE} ({'; '.join(problems) or 'push_limit_reached'})"
        if action == "update":
            self._w.replace_view(view, body)
        else:
            stack.append(self._w.make_view(view.user, body, view))
        return None

    def close(self, user: str, view_id: str, *, clear: bool = False) -> Outcome:
        """Press Cancel (`clear`: the x that closes the whole stack)."""
        with self._w.lock:
            stack = self._w.stacks.get(user, [])
            view = next((v for v in stack if v.id == view_id), None)
            if view is None:
                return Outcome(False, error=f"no open view: {view_id}")
            gone = list(reversed(stack)) if clear or view.body.get("clear_on_close") else [view]
            stack[:] = [v for v in stack if v not in gone]
            told = [v for v in gone if v.body.get("notify_on_close")]
            payloads = [self._sandbox.interactions.closed(user, v, cleared=clear) for v in told]
        self._w.bump()
        outcomes = [self._send("interactive", payload, TROUBLE) for payload in payloads]
        return outcomes[0] if outcomes else DONE


def _show_errors(view: View, errors: Any) -> str | None:
    """Errors belong to input blocks; at any other id Slack shows nothing but its trouble."""
    inputs = {b["block_id"] for b in view.blocks if b.get("type") == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return f"{TROUBLE} (errors at {errors!r}, inputs are {sorted(inputs)})"
    view.errors = {block_id: str(text) for block_id, text in errors.items()}
    return None
