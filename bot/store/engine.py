"""One way in to the database: `Store.read` and `Store.write`, the same on SQLite and on PostgreSQL.

Work is handed over as a function of a connection. On SQLite there is one writer a file: whoever holds it takes along
the work of everybody who waits, each in a savepoint of its own, and all of it becomes durable in one commit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError as DatabaseUnusable
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.domain.fault_points import FaultPoint, reached
from bot.domain.problems import DatabaseTrouble
from bot.store.prepared import run_text
from bot.store.trouble import Health, is_worth_another_try, what_is_wrong
from bot.store.waiter import Answer, Group, Item, Line, Many, Waiter, answering, failing, grouped, run

__all__ = ["Connection", "DatabaseUnusable", "Store", "make_engine", "opened"]

T = TypeVar("T")
Begun = Callable[[], AbstractContextManager[Connection]]
Work = Callable[[Connection], T]

DRAIN = 256
"""How many waiting pieces of work one commit takes along at most."""
PATIENCE = 1.5
"""Seconds to wait for another program to let go of the database: a person who waits for us is given up after three."""
SHORT_PATIENCE = 0.1
"""The same, once that took too long: until it lets go nobody waits long behind the others."""
PAGES = 4000
"""How much is written beside the file (16 MB) before it goes into it: whoever is at work then waits for that."""
TURNS = 3
"""How often work is tried that was in the way of another copy's, and that the server undid."""


class Store:
    """Where everything is remembered."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.health = Health()
        self._line = Line(self._drain if self.is_sqlite else self._drain_to_server)
        self._writer: Connection | None = None
        self._patience = PATIENCE

    def read(self, work: Work[T]) -> T:
        """Run work that only reads; it sees one moment. Raises DatabaseTrouble."""
        with self._trouble_said(), self.engine.connect() as connection:
            try:
                return work(connection)
            finally:
                connection.rollback()

    def write(self, work: Work[T]) -> T:
        """Run work in a transaction of its own; when this returns, it is durable. What work raises is raised here.

        Raises DatabaseTrouble: it did not go in, or (a server went away at the very end) that is not known. Work is
        written so that running it again does no harm.
        """
        with self._trouble_said():
            if self.is_sqlite:
                [answer] = self._line.wait_all(
                    [Waiter(lambda connection, _: [work(connection)], None, work.__qualname__)]
                )
                return answer()
            return self._write_with_others(work, work.__qualname__)

    def write_together(self, many: Many[Item, T], items: Sequence[Item]) -> list[Callable[[], T]]:
        """The same for what thousands may want at once: one call does it for all who wait, in one transaction.

        `many` answers for each item, in their order. When it fails it is called again for each alone. What comes back
        says for each item what `many` answered, or raises as `write` does.
        """
        with self._trouble_said():
            return self._line.wait_all([Waiter(many, item, many.__qualname__) for item in items])

    def _write_with_others(self, work: Work[T], name: str, *, kept: bool = False) -> T:
        begun = self._kept if kept else self.engine.begin
        for _ in range(TURNS - 1):
            try:
                return self._write_once(work, name, begun)
            except DatabaseUnusable as error:
                # A connection that was kept may have gone long ago.
                if not ((kept and error.connection_invalidated) or is_worth_another_try(error)):
                    raise
        return self._write_once(work, name, begun)

    @contextmanager
    def _kept(self) -> Iterator[Connection]:
        """A transaction of whoever has the turn, on a connection that is not asked each time whether it is well."""
        try:
            connection = self._writing_connection()
            with connection.begin():
                yield connection
        except BaseException:
            self._forget_writer()
            raise

    def _write_once(self, work: Work[T], name: str, begun: Begun) -> T:
        with begun() as connection:
            result = work(connection)
            reached(FaultPoint.WORK_DONE, name)
        reached(FaultPoint.WORK_COMMITTED, name)
        self.health.is_well()
        return result

    @contextmanager
    def _trouble_said(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseUnusable, NoConnectionLeft) as error:
            told = self._told(error)
            if told is error:
                raise
            raise told from error

    def _told(self, error: BaseException) -> BaseException:
        """What those hear who wanted something: one of their own each, as threads may not share one."""
        ill = what_is_wrong(error)
        if ill is None:
            return error
        self.health.fell_ill(ill)
        told = DatabaseTrouble(ill.value)
        told.__cause__ = error
        return told

    def close(self) -> None:
        """Let go of all connections."""
        with self._line.turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self.engine.dispose()

    def empty_journal(self) -> bool:
        """What was written beside the file goes into it, and with it what was destroyed: SQLite only.

        False: somebody reads or writes at this moment, another program or another thread, so it stays until next time.
        On a server it is the server's, and nothing is done. Raises DatabaseTrouble.
        """
        if not self.is_sqlite:
            return True
        with self._trouble_said(), self.engine.connect() as connection:
            driver = _driver(connection)
            driver.execute(f"PRAGMA busy_timeout={SHORT_PATIENCE * 1000:.0f}")
            try:
                [is_busy, *_] = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except driver.OperationalError:
                return False
            finally:
                driver.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
            return not is_busy

    def _drain(self) -> None:
        """Take along all who wait by the time it is our turn in the database."""
        taken: list[Waiter[Any, Any]] = []
        try:
            with self._writing() as connection:
                taken += self._line.take(DRAIN)
                groups = grouped(taken)
                undoing = _in_savepoint if len(taken) > 1 else _alone
                answers = [answer for group in groups for answer in undoing(connection, group)]
                _reached(FaultPoint.WORK_DONE, groups)
            _reached(FaultPoint.WORK_COMMITTED, groups)
        except BaseException as error:
            self._forget_writer()
            # Who came while we waited in vain has waited in vain too: one wait is all that anybody waits.
            for waiter in taken or self._line.take():
                waiter.done(failing(self._told(error)))
            return
        for waiter, answer in zip((waiter for group in groups for waiter in group), answers, strict=True):
            waiter.done(answer)

    def _drain_to_server(self) -> None:
        for group in grouped(self._line.take(DRAIN)):
            for waiter, answer in zip(group, self._on_server(group), strict=True):
                waiter.done(answer)

    def _on_server(self, group: Group) -> list[Answer]:
        try:
            return answering(self._write_with_others(partial(run, group), group[0].name, kept=True))
        except BaseException as error:
            if len(group) == 1 or what_is_wrong(error) is not None:
                return [failing(self._told(error)) for _ in group]
            return [answer for waiter in group for answer in self._on_server([waiter])]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The one transaction that writes; nobody else's begins while it lasts."""
        connection = self._writing_connection()
        driver = _driver(connection)
        self._be_patient(driver, PATIENCE if self.health.ill is None else SHORT_PATIENCE)
        before = driver.total_changes
        with connection.begin():
            yield connection
        # What changes no row needs no room on the disk, so it proves nothing.
        if self.health.ill is not None and driver.total_changes > before:
            self.health.is_well()

    def _writing_connection(self) -> Connection:
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(writes=True)
            self._patience = PATIENCE
        return self._writer

    def _be_patient(self, driver: Any, seconds: float) -> None:
        if seconds != self._patience:
            driver.execute(f"PRAGMA busy_timeout={seconds * 1000:.0f}")
            self._patience = seconds

    def _forget_writer(self) -> None:
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None


def _reached(point: FaultPoint, groups: list[Group]) -> None:
    for group in groups:
        reached(point, group[0].name)


def _alone(connection: Connection, group: Group) -> list[Answer]:
    """Work that has the transaction for itself: its failure undoes that."""
    try:
        return answering(run(group, connection))
    except Exception as error:
        if what_is_wrong(error) is not None:
            raise
        connection.rollback()
        return [failing(error)]


def _in_savepoint(connection: Connection, group: Group) -> list[Answer]:
    """Run one piece of work; its failure undoes it alone. Answers what to tell those who wait, after the commit."""
    run_text(connection, "SAVEPOINT work")
    try:
        results = run(group, connection)
    except Exception as error:
        # A full or failing disk undoes more than this: nobody of this commit may hear that theirs went in.
        if what_is_wrong(error) is not None or not _driver(connection).in_transaction:
            raise
        run_text(connection, "ROLLBACK TO work")
        run_text(connection, "RELEASE work")
        if len(group) == 1:
            return [failing(error)]
        return [answer for waiter in group for answer in _in_savepoint(connection, [waiter])]
    run_text(connection, "RELEASE work")
    return answering(results)


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def make_engine(url: str) -> Engine:
    """An engine with the settings that were found to lose nothing (SQLite: WAL, FULL, BEGIN IMMEDIATE to write)."""
    parsed = make_url(url)
    # An error's text goes to the log, where names, ids and texts have no business.
    if parsed.get_backend_name() == "postgresql":
        postgres = parsed.set(drivername="postgresql+psycopg")
        return _prepared_for_servers(create_engine(postgres, **_POOL, pool_pre_ping=True, connect_args=_TO_SERVER))
    engine = create_engine(parsed, **_POOL, connect_args={"check_same_thread": False, "timeout": PATIENCE})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


_POOL: dict[str, Any] = {"hide_parameters": True, "pool_size": 8, "max_overflow": 12, "pool_timeout": PATIENCE}
_TO_SERVER = {"connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 5, "tcp_user_timeout": 10_000}
"""Seconds, and milliseconds: a server that is gone without a word is noticed soon."""


def _prepared_for_servers(engine: Engine) -> Engine:
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}")
    connection.autocommit = False


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions start late and never IMMEDIATE, so they are switched off.
    connection.isolation_level = None
    pages = f"wal_autocheckpoint={PAGES}"
    # What is deleted is written over: a token that was destroyed is not to be found in the file.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", pages):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    run_text(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A store for the length of a `with`."""
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
