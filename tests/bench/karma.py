"""The board the usual way, as karma bots do it: a row an event, counted when somebody looks. FROZEN, as base.py."""

import time

from sqlalchemy import text

from bot.store.engine import Store

BOARD = """
SELECT person, COUNT(DISTINCT story) AS stories FROM karma WHERE at >= 0 GROUP BY person ORDER BY stories DESC LIMIT 10
"""
MINE = "SELECT COUNT(DISTINCT story) FROM karma WHERE person = 77"


class Karma:
    """The same shares as plain events, with an index by person; `events` is how many."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.engine.begin() as connection:
            for statement in (
                "CREATE TABLE karma AS SELECT person_id AS person, story_id AS story, said_at AS at FROM shares",
                "CREATE INDEX ix_karma_person ON karma (person)",
            ):
                connection.execute(text(statement))
            self.events: int = connection.execute(text("SELECT COUNT(*) FROM karma")).scalar_one()

    def board(self) -> float:
        """µs of the processor."""
        start = time.thread_time()
        with self._store.engine.connect() as connection:
            connection.execute(text(BOARD)).all()
            connection.execute(text(MINE)).all()
        return (time.thread_time() - start) * 1e6
