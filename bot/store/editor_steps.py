"""The log of editors' steps: who did what to which story. Kept for 24 months."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables import editor_steps


def note(
    connection: Connection, who: str | None, step: str, now: datetime, story_id: int | None = None, **detail: Any
) -> None:
    """Note a step. `who` is a person's key, never a Slack id."""
    values = {"who": who, "step": step, "at": now, "story_id": story_id, "detail": detail}
    connection.execute(insert(editor_steps).values(**values))


def about(connection: Connection, key: str) -> Sequence[Any]:
    """Steps that concern the person with this key (`of` in their detail), oldest first: `step` and `detail`."""
    query = select(editor_steps.c.id, editor_steps.c.step, editor_steps.c.detail).where(_of(key))
    return connection.execute(query.order_by(editor_steps.c.id)).all()


def forget_person(connection: Connection, key: str) -> None:
    """That there was a step stays; whom it concerned, and why it was taken, goes."""
    for row in about(connection, key):
        detail = {name: value for name, value in row.detail.items() if name not in {"of", "reason"}}
        connection.execute(update(editor_steps).where(editor_steps.c.id == row.id).values(detail=detail))


def _of(key: str) -> Any:
    return editor_steps.c.detail["of"].as_string() == key


def forget_before(connection: Connection, moment: datetime) -> None:
    """Steps before this go."""
    connection.execute(delete(editor_steps).where(editor_steps.c.at < moment))
