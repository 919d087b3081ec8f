"""Core statements for the few places where thousands come at once: compiled once, then straight to the driver.

`connection.execute` costs some forty microseconds a statement, most of it to find out anew what is the same each time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError

Statement = Select[Any] | Insert | Update | Delete
Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Prepared:
    """A statement with its `bindparam`s; where databases spell it differently, one for each dialect.

    Runs in the transaction of its connection, and begins one if there is none. Raises SQLAlchemy's own errors.
    """

    def __init__(self, statement: Statement | Mapping[str, Statement]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """What it answers, as plain tuples in the order of its columns."""
        compiled = self._for(connection)
        cursor = _at_driver(connection, compiled, "execute", compiled.parameters(values))
        return compiled.converted(cursor.fetchall())

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row, if there is one."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """For statements without an answer: how many rows it touched."""
        compiled = self._for(connection)
        return int(_at_driver(connection, compiled, "execute", compiled.parameters(values)).rowcount)

    def run_each(self, connection: Connection, many: Iterable[Values]) -> None:
        """Once with each of these."""
        compiled = self._for(connection)
        _at_driver(connection, compiled, "executemany", [compiled.parameters(values) for values in many])

    def _for(self, connection: Connection) -> "_Compiled":
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
            found = self._compiled[dialect.name] = _compiled(statement, dialect)
        return found


def inserting(table: Table, finish: Callable[[Any], Insert]) -> Prepared:
    """An INSERT whose end (`on_conflict_do_…`) both databases spell alike, but SQLAlchemy does not."""
    dialects: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return Prepared({name: finish(insert(table)) for name, insert in dialects.items()})


@dataclass(frozen=True)
class _Bind:
    """A parameter as the driver wants it; `name` is None for a value that stands in the statement itself."""

    key: str
    name: str | None
    value: Any
    convert: _Convert | None

    def of(self, values: Values) -> Any:
        if self.name is None:
            return self.value
        return values[self.name] if self.convert is None else self.convert(values[self.name])


@dataclass(frozen=True)
class _Compiled:
    """`is_positional`: the driver wants its parameters in a row."""

    text: str
    is_positional: bool
    binds: tuple[_Bind, ...]
    results: tuple[_Convert | None, ...]

    def parameters(self, values: Values) -> Any:
        if self.is_positional:
            return [bind.of(values) for bind in self.binds]
        return {bind.key: bind.of(values) for bind in self.binds}

    def converted(self, rows: list[Any]) -> list[Any]:
        if not any(self.results):
            return rows
        return [tuple(map(_convert, self.results, row)) for row in rows]


def _convert(convert: _Convert | None, value: Any) -> Any:
    return value if convert is None else convert(value)


def _compiled(statement: Statement, dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)
    binds = {name: _bind(name, bind, dialect) for bind, name in compiled.bind_names.items()}
    order = compiled.positiontup if compiled.positional else binds
    columns: Any = statement.exported_columns
    return _Compiled(
        compiled.string,
        bool(compiled.positional),
        tuple(binds[name] for name in order),
        tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns),
    )


def _bind(key: str, bind: Any, dialect: Dialect) -> _Bind:
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return _Bind(key, bind.key, None, convert)
    return _Bind(key, None, _convert(convert, bind.value), None)


def _at_driver(connection: Connection, compiled: _Compiled, how: str, parameters: Any) -> Any:
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor()
    dialect = connection.dialect
    try:
        getattr(cursor, how)(compiled.text, parameters)
    except dialect.loaded_dbapi.Error as error:
        is_gone = dialect.is_disconnect(error, driver, cursor)
        if is_gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            compiled.text,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_gone,
            dialect=dialect,
        ) from error
    return cursor
