"""Rows that go to the database as one parameter, as JSON, so that one statement does for all what it does for each."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    FromClause,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    text,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from bot.store.prepared import Prepared, Statement, Values
from bot.store.rows import insert_of
from bot.store.tables import microseconds

Columns = Mapping[str, TypeEngine[Any]]


class Given:
    """The rows of the parameter `rows` (see `as_rows`), to be selected from: `c` are their columns.

    `by_place`: the rows are lists in the order of the columns, and plain values where there is one column; both are
    shorter and quicker to read.
    """

    def __init__(self, dialect: str, columns: Columns, *, by_place: bool) -> None:
        self._is_sqlite = dialect == "sqlite"
        self.source, self.c = (_in_sqlite if self._is_sqlite else _in_postgres)(columns, by_place)

    def select(self) -> Select[Any]:
        """All of them."""
        # Where nothing is asked, SQLite takes ON CONFLICT for the condition of a join.
        return select(*self.c.values()).select_from(self.source).where(text("true"))

    def in_one(self, *columns: Any) -> Any:
        """Plain columns of an answer that comes as one row, for `read_in_one`."""
        if self._is_sqlite:
            return func.json_group_array(func.json_array(*columns))
        return func.json_agg(func.json_build_array(*columns))


def _in_sqlite(columns: Columns, by_place: bool) -> tuple[FromClause, dict[str, Any]]:
    each = func.json_each(_ROWS).table_valued("value", name="given")
    if by_place and len(columns) == 1:
        return each, {name: type_coerce(each.c.value, kind) for name, kind in columns.items()}
    paths = [f"$[{place}]" if by_place else f"$.{name}" for place, name in enumerate(columns)]
    cells = zip(columns.items(), paths, strict=True)
    return each, {name: func.json_extract(each.c.value, path, type_=kind) for (name, kind), path in cells}


def _in_postgres(columns: Columns, by_place: bool) -> tuple[FromClause, dict[str, Any]]:
    if by_place:
        each = func.json_array_elements(cast(_ROWS, JSON)).table_valued("value", name="given")
        # `#>>` by a path: the element itself, or what stands at a place in it; as text, which the cast reads.
        paths = ["{}"] if len(columns) == 1 else [f"{{{place}}}" for place in range(len(columns))]
        cells = zip(columns.items(), paths, strict=True)
        return each, {name: cast(each.c.value.op("#>>")(literal_column(f"'{at}'")), kind) for (name, kind), at in cells}
    typed = [column(name, kind) for name, kind in columns.items()]
    records = func.json_to_recordset(cast(_ROWS, JSON)).table_valued(*typed, name="given")
    source = records.render_derived(with_types=True)
    return source, {name: source.c[name] for name in columns}


_ROWS = bindparam("rows", type_=Text())


def as_rows(rows: Iterable[Any]) -> dict[str, str]:
    """The parameter: plain values by name, or by place; what is plain inside, and moments."""
    return {"rows": _JSON.encode(list(rows))}


_JSON = json.JSONEncoder(default=microseconds, separators=(",", ":"))


def read_in_one(statement: Prepared, connection: Connection, values: Values) -> list[Any]:
    """What it answers `in_one`, as lists. Row by row, SQLite's driver would let other threads go first every time."""
    [[found]] = statement.rows(connection, values)
    return (json.loads(found) if isinstance(found, str) else found) or []


def for_given(
    columns: Columns, build: Callable[[Callable[..., Any], Given], Statement], *, by_place: bool = False
) -> Prepared:
    """A statement over given rows; `build` gets the `insert` of its dialect, and the rows."""
    return Prepared(lambda dialect: build(insert_of(dialect), Given(dialect, columns, by_place=by_place)))


def types_of(table: Any, names: Iterable[str]) -> Columns:
    """Columns of a table, as they may be given."""
    return {name: table.c[name].type for name in names}
