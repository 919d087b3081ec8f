"""The company's own words, such as names of products: the language meter leaves them alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.store import named_settings, take_turns

NAME = "own_words"
HELD = 0x776F726473


def hold(connection: Connection) -> None:
    """One at a time changes them: the first thing such a transaction does."""
    take_turns.hold(connection, HELD)


def load(connection: Connection) -> tuple[str, ...]:
    """As they were typed."""
    return tuple(named_settings.load(connection, NAME) or ())


def save(connection: Connection, words: Sequence[str], now: datetime) -> None:
    """These, and no others."""
    named_settings.save(connection, NAME, list(words), now)
