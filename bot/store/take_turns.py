"""Transactions that take turns, whatever rows they touch, by a lock of PostgreSQL. SQLite has one writer anyway."""

from sqlalchemy import Connection, func, select


def hold(connection: Connection, lock: int, *, alone: bool = True) -> None:
    """Until this transaction ends nobody else holds it; not `alone`: but for those who are not alone either."""
    if connection.dialect.name == "postgresql":
        held = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        connection.execute(select(held(lock)))
