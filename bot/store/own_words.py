"""The company's own words, such as names of products: the language meter leaves them alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store import take_turns
from bot.store.rows import upsert
from bot.store.tables import settings

NAME = "own_words"
HELD = 0x776F726473


def hold(connection: Connection) -> None:
    """One at a time changes them: the first thing such a transaction does."""
    take_turns.hold(connection, HELD)


def load(connection: Connection) -> tuple[str, ...]:
    """As they were typed."""
    found = connection.execute(select(settings.c.value).where(settings.c.name == NAME)).scalar()
    return tuple(found or ())


def save(connection: Connection, words: Sequence[str], now: datetime) -> None:
    """These, and no others."""
    upsert(connection, settings, {"name": NAME}, {"value": list(words), "version": 1, "changed_at": now})
