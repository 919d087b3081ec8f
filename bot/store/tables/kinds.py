"""What columns hold. Times are whole microseconds since 1970, UTC; lists and mappings are JSON."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """A moment as it is kept: since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970: the same on every database, and quick to compare."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


# SQLite counts rows by itself only in an INTEGER primary key.
RowId = BigInteger().with_variant(Integer, "sqlite")

# Compared byte by byte, as Python does, whatever the language of the server.
SortedText = Text().with_variant(Text(collation="C"), "postgresql")
