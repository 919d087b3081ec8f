"""One way in to the database: `Store.read` and `Store.write`, the same on SQLite and on PostgreSQL.

Work is handed over as a function of a connection. On SQLite there is one writer a file: whoever holds it takes along
the work of everybody who waits, each in a savepoint of its own, and all of it becomes durable in one commit.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError as DatabaseUnusable

from bot.domain.fault_points import FaultPoint, reached

__all__ = ["Connection", "DatabaseUnusable", "Store", "make_engine", "opened"]

T = TypeVar("T")
Work = Callable[[Connection], T]

DRAIN = 256
"""How many waiting pieces of work one commit takes along at most."""


class Store:
    """Where everything is remembered."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = Lock()
        self._waiting: deque[tuple[Work[Any], Future[Any]]] = deque()
        self._writer: Connection | None = None

    def read(self, work: Work[T]) -> T:
        """Run work that only reads; it sees one moment."""
        with self.engine.connect() as connection:
            try:
                return work(connection)
            finally:
                connection.rollback()

    def write(self, work: Work[T]) -> T:
        """Run work in a transaction of its own; when this returns, it is durable. What work raises is raised here."""
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                result = work(connection)
                reached(FaultPoint.WORK_DONE)
            reached(FaultPoint.WORK_COMMITTED)
            return result
        done: Future[T] = Future()
        self._waiting.append((work, done))
        with self._turn:
            if not done.done():
                self._drain()
        return done.result()

    def close(self) -> None:
        """Let go of all connections."""
        with self._turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self.engine.dispose()

    def _drain(self) -> None:
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), DRAIN))]
        try:
            answers = self._commit([work for work, _ in taken])
        except BaseException as error:
            for _, done in taken:
                done.set_exception(error)
            return
        for (_, done), answer in zip(taken, answers, strict=True):
            answer(done)

    def _commit(self, works: list[Work[Any]]) -> list[Callable[[Future[Any]], None]]:
        connection = self._writing_connection()
        try:
            with connection.begin():
                answers = [_in_savepoint(connection, work) for work in works]
                reached(FaultPoint.WORK_DONE)
            reached(FaultPoint.WORK_COMMITTED)
            return answers
        except BaseException:
            self._forget_writer()
            raise

    def _writing_connection(self) -> Connection:
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(writes=True)
        return self._writer

    def _forget_writer(self) -> None:
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None


def _in_savepoint(connection: Connection, work: Work[Any]) -> Callable[[Future[Any]], None]:
    """Run one piece of work; its failure undoes it alone. Answers what to tell the one who waits, after the commit."""
    try:
        with connection.begin_nested():
            result = work(connection)
    except Exception as error:
        failure = error
        return lambda done: done.set_exception(failure)
    return lambda done: done.set_result(result)


def make_engine(url: str) -> Engine:
    """An engine with the settings that were found to lose nothing (SQLite: WAL, FULL, BEGIN IMMEDIATE to write)."""
    parsed = make_url(url)
    # An error's text goes to the log, where names, ids and texts have no business.
    if parsed.get_backend_name() == "postgresql":
        postgres = parsed.set(drivername="postgresql+psycopg")
        return create_engine(postgres, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(parsed, connect_args={"check_same_thread": False, "timeout": 10}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions start late and never IMMEDIATE, so they are switched off.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A store for the length of a `with`."""
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
