"""The format of an export: a zip of one JSON-lines file a table, and a manifest that says what they are.

    manifest.json         format, revision of the schema, and of each table: columns, rows, SHA-256; parents come first
    tables/NAME.jsonl     a row a line, {"column": value, …}
    README.txt            what this is, for whoever finds it

The manifest describes the columns itself, so that an older export can be read without the tables of its time.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, LargeBinary, Text
from sqlalchemy.types import TypeEngine

from bot.store.tables import Moment

FORMAT = 1
MANIFEST = "manifest.json"
README = "README.txt"

README_TEXT = """This is everything that Passalong remembers of one company, written by `passalong export`.

It holds people's data, and the key by which those who asked to be deleted are recognised. Whoever can read this file
can read all of it. `passalong import` puts it into an empty database. Delete the file afterwards.
"""


class NoExport(Exception):
    """This file cannot be imported; the message says why, and what to do."""


@dataclass(frozen=True)
class TableFile:
    """One table. `columns`: the kind of each, by name. `sha256` is that of the file's bytes before compression."""

    name: str
    columns: Mapping[str, str]
    rows: int
    sha256: str

    @property
    def path(self) -> str:
        """Where it is inside the zip."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """What an export holds. `made_at` is UTC; `tables` are in the order in which they can be filled."""

    format: int
    made_by: str
    made_at: str
    revision: str
    tables: tuple[TableFile, ...]

    def to_json(self) -> dict[str, Any]:
        """As it stands in the file."""
        return asdict(self)

    @staticmethod
    def from_json(found: Any) -> "Manifest":
        """Raises NoExport when it is none, or one of a later time."""
        try:
            if found["format"] != FORMAT:
                raise NoExport("This export was made by a newer Passalong. Install that version or a later one.")
            tables = tuple(TableFile(**table) for table in found["tables"])
            return Manifest(**{**found, "tables": tables})
        except (KeyError, TypeError) as error:
            raise NoExport("This is no export of Passalong.") from error


def _same(value: Any) -> Any:
    return value


def _moment_to_json(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _without_nul(value: str) -> str:
    """SQLite takes the character with the number 0, PostgreSQL does not; nobody ever wrote one on purpose."""
    return value.replace("\0", "") if "\0" in value else value


def _bytes_to_json(value: bytes) -> str:
    return b64encode(value).decode()


@dataclass(frozen=True)
class Kind:
    """How values of one kind stand in the file. `type` is what the database is handed."""

    type: TypeEngine[Any]
    to_json: Callable[[Any], Any] = _same
    from_json: Callable[[Any], Any] = _same


KINDS: Mapping[str, Kind] = {
    "moment": Kind(Moment(), _moment_to_json, datetime.fromisoformat),
    "json": Kind(JSON()),
    # Where nothing is allowed, nothing is nothing, and not JSON's null.
    "json or nothing": Kind(JSON(none_as_null=True)),
    "yes or no": Kind(Boolean()),
    "integer": Kind(BigInteger()),
    "number": Kind(Float()),
    "text": Kind(Text(), from_json=_without_nul),
    "bytes": Kind(LargeBinary(), _bytes_to_json, b64decode),
}


def kind_of(column: Column[Any]) -> str:
    """The name of the kind of a column. Raises TypeError for a type that has none yet: give it one above."""
    if isinstance(column.type, Moment):
        return "moment"
    python: type = column.type.python_type
    if isinstance(column.type, JSON):
        return "json or nothing" if column.nullable else "json"
    by_python: dict[type, str] = {bool: "yes or no", int: "integer", float: "number", str: "text", bytes: "bytes"}
    if python not in by_python:
        raise TypeError(f"{column} has a type that an export does not know: {column.type!r}")
    return by_python[python]
