"""The one statement that both databases spell differently enough to need a function."""

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table


def insert_of(dialect: str) -> Any:
    """The `insert` of this dialect, whose module is imported when it is the one that is used."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


def insert_or_ignore(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row unless its natural key is there already. Answers whether it went in."""
    # Counted by what comes back: drivers do not agree on the row count of an insert that did nothing.
    statement = (
        insert_of(connection.dialect.name)(table)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(*table.primary_key)
    )
    return connection.execute(statement).first() is not None


def upsert(connection: Connection, table: Table, keys: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row, or set these values where its key is there already."""
    statement = insert_of(connection.dialect.name)(table).values(**keys, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))
