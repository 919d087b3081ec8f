"""The bytes of files on their way in."""

from bot.sandbox.workspace import Workspace


def receive(workspace: Workspace, file_id: str, content: bytes) -> tuple[int, str]:
    """Step two of an upload; HTTP status and answer. The length must be the one announced."""
    with workspace.lock:
        file = workspace.files.get(file_id)
        if file is None or file.complete:
            return 404, "file_not_found"
        if len(content) != file.length:
            return 400, f"expected {file.length} bytes, got {len(content)}"
        file.content = content
        return 200, f"OK - {len(content)}"
