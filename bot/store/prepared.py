"""Core statements for the few places where thousands come at once: compiled once, then straight to the driver.

`connection.execute` costs some forty microseconds a statement, most of it to find out anew what is the same each time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError

from bot.store.rows import insert_of

Statement = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Prepared:
    """A statement with its `bindparam`s; where databases spell it differently, what makes it for a dialect.

    Runs in the transaction of its connection, and begins one if there is none. Raises SQLAlchemy's own errors.
    """

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """What it answers, as plain tuples in the order of its columns."""
        compiled = self._for(connection)
        cursor = _begun(connection, "execute", compiled.text, compiled.parameters(values))
        return compiled.converted(cursor.fetchall())

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row, if there is one."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """For statements without an answer: how many rows it touched."""
        compiled = self._for(connection)
        return int(_begun(connection, "execute", compiled.text, compiled.parameters(values)).rowcount)

    def run_each(self, connection: Connection, many: Iterable[Values]) -> None:
        """Once with each of these, if there are any."""
        compiled = self._for(connection)
        parameters = [compiled.parameters(values) for values in many]
        if parameters:
            _begun(connection, "executemany", compiled.text, parameters)

    def _for(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            statement = self._statement(dialect.name) if callable(self._statement) else self._statement
            found = self._compiled[dialect.name] = _compiled(statement, dialect)
        return found


def inserting(table: Table, finish: Callable[[Any], Insert]) -> Prepared:
    """An INSERT whose end (`on_conflict_do_…`) both databases spell alike, but SQLAlchemy does not."""
    return Prepared(lambda dialect: finish(insert_of(dialect)(table)))


@dataclass(frozen=True)
class _Compiled:
    """`binds`: the driver's name, ours and what converts it; `fixed`: values that stand in the statement itself."""

    text: str
    is_positional: bool
    binds: tuple[tuple[str, str, _Convert | None], ...]
    fixed: Values
    results: tuple[_Convert | None, ...]

    def parameters(self, values: Values) -> Any:
        known = {**self.fixed, **values} if self.fixed else values
        if self.is_positional:
            return [known[name] if convert is None else convert(known[name]) for _, name, convert in self.binds]
        return {key: known[name] if convert is None else convert(known[name]) for key, name, convert in self.binds}

    def converted(self, rows: list[Any]) -> list[Any]:
        if not rows or not any(self.results):
            return rows
        return [tuple(map(_convert, self.results, row)) for row in rows]


def _convert(convert: _Convert | None, value: Any) -> Any:
    return value if convert is None else convert(value)


def _compiled(statement: Statement, dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)
    binds = {key: (key, bind.key, _to_driver(bind, dialect)) for bind, key in compiled.bind_names.items()}
    columns: Any = statement.exported_columns
    return _Compiled(
        compiled.string,
        bool(compiled.positional),
        tuple(binds[key] for key in (compiled.positiontup if compiled.positional else binds)),
        {bind.key: bind.value for bind in compiled.bind_names if not bind.required},
        tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns),
    )


def _to_driver(bind: Any, dialect: Dialect) -> _Convert | None:
    convert: _Convert | None = bind.type.dialect_impl(dialect).bind_processor(dialect)
    return convert


def run_text(connection: Connection, text: str) -> None:
    """One statement without parameters, such as a savepoint; a transaction is not begun for it."""
    _at_driver(connection, "execute", text, ())


def _begun(connection: Connection, how: str, text: str, parameters: Any) -> Any:
    if not connection.in_transaction():
        connection.begin()
    return _at_driver(connection, how, text, parameters)


def _at_driver(connection: Connection, how: str, text: str, parameters: Any) -> Any:
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor()
    try:
        getattr(cursor, how)(text, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(connection, text, error, cursor) from error
    return cursor


def _translated(connection: Connection, text: str, error: Any, cursor: Any) -> BaseException:
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
    if is_gone:
        connection.invalidate(error)
    translated: BaseException = DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=dialect,
    )
    return translated
