"""The log of editors' steps: who did what to which story. Kept for 24 months."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert

from bot.store.tables import editor_steps


def note(
    connection: Connection, who: str | None, step: str, now: datetime, story_id: int | None = None, **detail: Any
) -> None:
    """Note a step. `who` is a person's key, never a Slack id."""
    values = {"who": who, "step": step, "at": now, "story_id": story_id, "detail": detail}
    connection.execute(insert(editor_steps).values(**values))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Steps before this go."""
    connection.execute(delete(editor_steps).where(editor_steps.c.at < moment))
