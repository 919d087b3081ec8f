"""What is remembered under a name, as one value: plain lists, numbers and texts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.store.rows import upsert
from bot.store.tables import settings


def load(connection: Connection, name: str) -> Any:
    """As it was saved; None for what never was."""
    return connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()


def save(connection: Connection, name: str, value: Any, now: datetime) -> None:
    """This, whatever it was before."""
    upsert(connection, settings, {"name": name}, {"value": value, "version": 1, "changed_at": now})
