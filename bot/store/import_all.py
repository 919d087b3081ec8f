"""An export, into an empty database: all of it or nothing.

It is put into the shape the database had when the export was made, and that is then brought to today's shape by the
same migrations as everybody's.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import sqlalchemy as sa
from sqlalchemy import BigInteger, Connection, bindparam, delete, exists, func, insert, inspect, select, type_coerce

from bot.store.archive import KINDS, MANIFEST, Manifest, NoExport, TableFile
from bot.store.engine import DatabaseUnusable, Store
from bot.store.export_all import STAYS_BEHIND
from bot.store.keys import make_secret
from bot.store.migrate import NewerShape, alone, bring_to, check_pointers, count_scores, head, knows, revision_of
from bot.store.tables import keyring, metadata, scoring

AT_ONCE = 500
DAMAGED = "This is no whole export of Passalong: damaged, or only part of one. Nothing was imported."


def import_all(store: Store, file: IO[bytes], tell: Callable[[TableFile], None]) -> Manifest:
    """Fill an empty database from an export, and bring it to today's shape; `tell` hears of each table.

    Raises:
        NoExport: the file cannot be used, or the database is not empty. Nothing has changed.
    """
    try:
        with ZipFile(file) as zipped:
            manifest = _manifest(zipped)
            with alone(store) as connection:
                _make_room(connection, manifest)
                for found in manifest.tables:
                    _fill(connection, found, zipped)
                    tell(found)
                _finish(connection)
            return manifest
    except (BadZipFile, zlib.error, EOFError) as error:
        raise NoExport(DAMAGED) from error


def _manifest(zipped: ZipFile) -> Manifest:
    try:
        manifest = Manifest.from_json(json.loads(zipped.read(MANIFEST)))
    except (KeyError, ValueError) as error:
        raise NoExport("This is no export of Passalong.") from error
    if not knows(manifest.revision):
        raise NoExport(f"This export was made by a newer Passalong ({manifest.made_by}). Install that version first.")
    if {found.path for found in manifest.tables} - set(zipped.namelist()):
        raise NoExport(DAMAGED)
    if unknown := {kind for found in manifest.tables for kind in found.columns.values()} - set(KINDS):
        raise NoExport(f"This version cannot read {', '.join(sorted(unknown))} in an export.")
    return manifest


def _make_room(connection: Connection, manifest: Manifest) -> None:
    """The empty database in the shape of the export."""
    if taken := _filled(connection):
        raise NoExport(
            f"The database has something in it already ({', '.join(taken)}), and an export goes into an empty one. "
            "Choose another PASSALONG_DATABASE_URL."
        )
    if revision_of(connection) is not None:
        connection.execute(delete(keyring))  # drawn when the tables were made; the company's own comes along
    try:
        bring_to(connection, manifest.revision)
    except NewerShape as error:
        raise NoExport("A newer Passalong has been at this database. Choose an empty one.") from error


def _filled(connection: Connection) -> list[str]:
    """Names of the tables with rows, but for what every new database has."""
    there = set(inspect(connection).get_table_names()) & set(metadata.tables)
    names = sorted(there - STAYS_BEHIND - {keyring.name})
    return [
        name for name in names if connection.execute(select(exists(select(1).select_from(sa.table(name))))).scalar()
    ]


def _fill(connection: Connection, found: TableFile, zipped: ZipFile) -> None:
    known = {name["name"] for name in inspect(connection).get_columns(found.name)}
    if set(found.columns) - known:
        raise NoExport(DAMAGED)
    statement = _insertion(found)
    digest, count = sha256(), 0
    with zipped.open(found.path) as lines:
        while some := list(islice(lines, AT_ONCE)):
            for line in some:
                digest.update(line)
            _insert(connection, statement, found, some, count)
            count += len(some)
    if (count, digest.hexdigest()) != (found.rows, found.sha256):
        raise NoExport(DAMAGED)


def _insertion(found: TableFile) -> Any:
    columns = [sa.column(name, KINDS[kind].type) for name, kind in found.columns.items()]
    # A name of our own for each value: a column may be called what SQL is called.
    values = {one.name: bindparam(f"v_{one.name}", type_=one.type) for one in columns}
    return insert(sa.table(found.name, *columns)).values(values)


def _insert(connection: Connection, statement: Any, found: TableFile, lines: list[bytes], before: int) -> None:
    where = f"{found.path}, lines {before + 1} to {before + len(lines)}"
    try:
        connection.execute(statement, list(_values(found.columns, lines)))
    except DatabaseUnusable as error:
        raise NoExport(f"The database does not take {where} ({type(error).__name__}). Nothing was imported.") from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NoExport(f"{where} cannot be read. Nothing was imported.") from error


def _values(columns: Mapping[str, str], lines: list[bytes]) -> Iterator[dict[str, Any]]:
    readers = [(name, f"v_{name}", KINDS[kind].from_json) for name, kind in columns.items()]
    for line in lines:
        row = json.loads(line.decode("utf-8", "surrogatepass"))
        yield {to: None if row[name] is None else from_json(row[name]) for name, to, from_json in readers}


def _finish(connection: Connection) -> None:
    try:
        check_pointers(connection)
    except LookupError as error:
        raise NoExport(DAMAGED) from error
    bring_to(connection, head())
    make_secret(connection)
    connection.execute(delete(scoring))  # of the empty database; the scores follow from the shares
    count_scores(connection)
    if connection.dialect.name == "postgresql":
        _set_counters(connection)


def _set_counters(connection: Connection) -> None:
    """PostgreSQL counts rows on its own: the next one gets the number after the highest that was imported."""
    for each in metadata.sorted_tables:
        counted = each.autoincrement_column
        if counted is None:
            continue
        highest = connection.execute(select(func.max(type_coerce(counted, BigInteger)))).scalar()
        query = sa.text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest, :used)")
        values = {"table": each.name, "column": counted.name, "highest": highest or 1, "used": highest is not None}
        connection.execute(query, values)
