"""Rows that go to the database as one parameter, as JSON, so that one statement does for all what it does for each."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import JSON, FromClause, Select, Text, bindparam, cast, column, func, select, text
from sqlalchemy.types import TypeEngine

from bot.store.prepared import Prepared, Statement, Values
from bot.store.rows import insert_of
from bot.store.tables import microseconds


class Given:
    """The rows of the parameter `rows` (see `as_rows`), to be selected from: `c` are their columns."""

    def __init__(self, dialect: str, columns: Mapping[str, TypeEngine[Any]]) -> None:
        given = bindparam("rows", type_=Text())
        self.c: dict[str, Any]
        self.source: FromClause
        if dialect == "sqlite":
            each = func.json_each(given).table_valued("value", name="given")
            self.c = {name: func.json_extract(each.c.value, f"$.{name}", type_=kind) for name, kind in columns.items()}
            self.source = each
        else:
            typed = [column(name, kind) for name, kind in columns.items()]
            records = func.json_to_recordset(cast(given, JSON)).table_valued(*typed, name="given")
            self.source = records.render_derived(with_types=True)
            self.c = {name: self.source.c[name] for name in columns}

    def select(self) -> Select[Any]:
        """All of them."""
        # Where nothing is asked, SQLite takes ON CONFLICT for the condition of a join.
        return select(*self.c.values()).select_from(self.source).where(text("true"))


def as_rows(rows: Iterable[Values]) -> dict[str, str]:
    """The parameter: plain values, what is plain inside, and moments."""
    return {"rows": json.dumps(list(rows), default=microseconds)}


def for_given(
    columns: Mapping[str, TypeEngine[Any]], build: Callable[[Callable[..., Any], Given], Statement]
) -> Prepared:
    """A statement over given rows; `build` gets the `insert` of its dialect, and the rows."""
    return Prepared(lambda dialect: build(insert_of(dialect), Given(dialect, columns)))


def types_of(table: Any, names: Iterable[str]) -> dict[str, TypeEngine[Any]]:
    """Columns of a table, as they may be given."""
    return {name: table.c[name].type for name in names}
