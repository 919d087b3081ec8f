"""What is read off after each simulated week: memory, the file, rows, and how long people waited."""

import gc
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.domain.retention import INBOX, TEXTS
from bot.store.engine import Store
from bot.store.tables import deliveries, inbox, metadata

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Week:
    """`memory` and `database` in bytes; `overdue`: rows past their time. The others are seconds each.

    Beside each reaction a yardstick was taken (a reaction that is none of ours), and beside each board (the help).
    """

    number: int
    took: float
    memory: int
    database: int
    rows: dict[str, int]
    overdue: int
    reactions: tuple[float, ...]
    boards: tuple[float, ...]
    reaction_yards: tuple[float, ...]
    board_yards: tuple[float, ...]


def memory() -> int:
    """What this process holds, in bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def size_of(store: Store) -> int:
    """What the database takes on the disk, in bytes, without what is written twice for a while."""
    if not store.is_sqlite:
        return int(store.read(lambda c: c.execute(text("SELECT pg_database_size(current_database())")).scalar_one()))
    count = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(store.read(lambda c: c.execute(text(count)).scalar_one()))


def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has."""

    def count(connection: Any) -> dict[str, int]:
        tables = metadata.sorted_tables
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}

    return store.read(count)


def overdue(store: Store, now: datetime) -> int:
    """Texts and events that should be gone by now (a day is left for the night to come round)."""
    texts = select(func.count()).select_from(deliveries).where(deliveries.c.done_at < now - TEXTS * 2)
    texts = texts.where(func.length(deliveries.c.body.cast(metadata.tables["stories"].c.title.type)) > 4)
    events = select(func.count()).select_from(inbox).where(inbox.c.handled_at < now - INBOX * 2)
    return store.read(lambda c: sum(c.execute(query).scalar_one() for query in (texts, events)))
