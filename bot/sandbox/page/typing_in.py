"""What a person types or attaches on the page before it becomes an act of its own."""

from typing import Any

from bot.sandbox.acts import DONE, Outcome, chosen_state
from bot.sandbox.client_checks import refused_by_client
from bot.sandbox.state import File, Json, View
from bot.sandbox.workspace import Workspace


def type_in(workspace: Workspace, user: str, view_id: str, block_id: str, value: Any) -> Outcome:
    """Let the workspace know what stands in an input, without an action: as text does that nobody pressed Enter on."""
    with workspace.lock:
        view = _open_view(workspace, user, view_id)
        block = next((b for b in view.blocks if b.get("block_id") == block_id), None) if view else None
        if view is None or block is None or block.get("type") != "input":
            return Outcome(False, error=f"no input: {block_id}")
        chosen = chosen_state(block["element"], value)
        error = chosen if isinstance(chosen, str) else refused_by_client(block["element"], chosen)
        if isinstance(chosen, str) or error:
            return Outcome(False, error=error)
        view.typed.setdefault(block_id, {})[block["element"]["action_id"]] = chosen
    return DONE


def _open_view(workspace: Workspace, user: str, view_id: str) -> View | None:
    home = [workspace.homes[user]] if user in workspace.homes else []
    return next((v for v in [*workspace.stacks.get(user, []), *home] if v.id == view_id), None)


def attach(workspace: Workspace, name: str, content: bytes) -> Json:
    """Keep a file that a person put into a form; its {"id", "name"}."""
    with workspace.lock:
        created = int(workspace.now().timestamp())
        file = File(
            workspace.fresh_id("F"), name, len(content), title=name, content=content, complete=True, created=created
        )
        workspace.files[file.id] = file
    return {"id": file.id, "name": name}
