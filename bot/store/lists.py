"""Many rows handed to one statement as one text (JSON), so that a statement is run once, however many there are.

The driver lets other threads go first at every step of a statement; row by row, a thread that answers requests would be
waited for hundreds of times.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import BigInteger, Connection, String, Text, bindparam, cast, func, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.prepared import Prepared, Statement


class Given:
    """What is given, as one database reads it: whole numbers (`number`), or lists (`number_at`, `text_at`).

    `row` makes one value of some columns, and `in_one` one row of all that is answered (`read_given`).
    """

    def __init__(self, insert: Any, rows: Any, cell: Callable[[Any, int], Any], row: Any, together: Any) -> None:
        self.insert, self.row, self.in_one, self._cell = insert, row, together, cell
        self.rows = rows.table_valued("value")

    @property
    def number(self) -> Any:
        """The whole number that this row is."""
        return self._as_number(self.rows.c.value)

    def number_at(self, index: int) -> Any:
        """The whole number in this column of theirs."""
        return self._as_number(self._cell(self.rows.c.value, index))

    def text_at(self, index: int) -> Any:
        """The text in this column of theirs."""
        return cast(self._cell(self.rows.c.value, index), String)

    def _as_number(self, value: Any) -> Any:
        return value if self.insert is sqlite.insert else cast(cast(value, String), BigInteger)

    @property
    def always(self) -> Any:
        """A condition that holds: an INSERT from rows needs one before it says what to do about conflicts."""
        return literal_column("1") == literal_column("1")


def prepared(make: Callable[[Given], Statement]) -> Prepared:
    """A statement over what is given, written once and compiled for either database."""
    return Prepared(lambda dialect: make(_GIVEN[dialect]))


def numbers(given: Iterable[int]) -> str:
    """Whole numbers, as a statement takes them."""
    return f"[{','.join(map(str, given))}]"


def rows(given: Iterable[str]) -> str:
    """Rows that are written as JSON already, as a statement takes them."""
    return f"[{','.join(given)}]"


def read_given(statement: Prepared, connection: Connection, given: str) -> Any:
    """What it answers `in_one` for these; without any it is not asked."""
    if given == "[]":
        return []
    [[found]] = statement.rows(connection, {"given": given})
    return json.loads(found) if isinstance(found, str) else found or []


def run_given(statement: Prepared, connection: Connection, given: str, **values: Any) -> None:
    """Run it with these, and with values that are the same for all; without any it is not run."""
    if given != "[]":
        statement.run(connection, {"given": given, **values})


def _in_sqlite(value: Any, index: int) -> Any:
    return func.json_extract(value, literal_column(f"'$[{index}]'"))


def _in_postgres(value: Any, index: int) -> Any:
    return value.op("->>")(literal_column(str(index)))


_TEXT = bindparam("given", type_=Text)
_GIVEN = {
    "sqlite": Given(sqlite.insert, func.json_each(_TEXT), _in_sqlite, func.json_array, func.json_group_array),
    "postgresql": Given(
        postgresql.insert,
        func.jsonb_array_elements(cast(_TEXT, postgresql.JSONB)),
        _in_postgres,
        func.jsonb_build_array,
        func.jsonb_agg,
    ),
}
