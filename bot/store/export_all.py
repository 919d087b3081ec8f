"""Everything that is remembered, into a file: a row at a time, all of it as it was at one moment."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Row, Table, select

from bot.store.archive import FORMAT, KINDS, MANIFEST, README, README_TEXT, Manifest, TableFile, kind_of
from bot.store.backup import FOR_A_DAY
from bot.store.engine import Store
from bot.store.migrate import revision_of
from bot.store.tables import metadata

AT_ONCE = 500

FOLLOWS = {"ranking_days", "rankings", "score_sums", "scores", "scoring"}
STAYS_BEHIND = FOR_A_DAY | FOLLOWS | {"copies", "job_runs"}
"""Tables about who runs here at the moment, and not about the company; scores and rankings, which follow from
shares and readers; and what is kept for a day, so that no file keeps it for longer.

(A lease comes along: it ends by itself.)
"""


def carried() -> list[Table]:
    """The tables that come along, parents first."""
    return [table for table in metadata.sorted_tables if table.name not in STAYS_BEHIND]


def export_all(store: Store, file: IO[bytes], made_by: str, made_at: str, tell: Callable[[TableFile], None]) -> None:
    """Write every table that comes along to `file`, a zip (see `bot.store.archive`); `tell` hears of each.

    The database may be in use meanwhile: what is committed after the first row was read is not in it.
    """
    with one_moment(store) as connection, ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        revision = revision_of(connection)
        assert revision is not None, "only a database of today's shape is exported"
        zipped.writestr(README, README_TEXT)
        tables = []
        for table in carried():
            tables.append(_write(connection, table, zipped))
            tell(tables[-1])
        manifest = Manifest(FORMAT, made_by, made_at, revision, tuple(tables))
        zipped.writestr(MANIFEST, json.dumps(manifest.to_json(), indent=2))


def one_moment(store: Store) -> Connection:
    """A connection to read from, that sees one moment however long it takes."""
    connection = store.engine.connect()
    if store.is_sqlite:
        return connection  # as every reading transaction of SQLite does
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _write(connection: Connection, table: Table, zipped: ZipFile) -> TableFile:
    columns = {column.name: kind_of(column) for column in table.columns}
    digest, count = sha256(), 0
    with zipped.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for some in _rows(connection, table):
            lines = "".join(map(_line_of(columns), some)).encode("utf-8", "surrogatepass")
            digest.update(lines)
            out.write(lines)
            count += len(some)
    return TableFile(table.name, columns, count, digest.hexdigest())


def _rows(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    reading = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
    for some in reading.execute(query).partitions():
        yield list(some)


def _line_of(columns: dict[str, str]) -> Callable[[Row[Any]], str]:
    kinds = [(name, KINDS[kind].to_json) for name, kind in columns.items()]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def line(row: Row[Any]) -> str:
        values = zip(kinds, row, strict=True)
        return encode({name: None if v is None else to_json(v) for (name, to_json), v in values}) + "\n"

    return line
