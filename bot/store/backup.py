"""The file that holds the database, a whole copy of it while it is in use, and the way back to one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps of one database: the file, and beside it what was committed last."""


FOR_A_DAY = frozenset({"link_texts", "salts", "visitors"})


class NoBackup(Exception):
    """This file is not a whole database of Passalong; the message says what is wrong with it."""


def file_of(url: str) -> Path | None:
    """The file that holds the database; None when a server does."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def back_up(file: Path, to: Path) -> None:
    """Write all that is committed in `file` to the empty file `to`, and look whether it is whole.

    VACUUM INTO reads one moment and holds nobody up. It leaves out the pages that are free, in which what was deleted
    can still be read. Raises NoBackup.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)) as live:
            live.execute("VACUUM INTO ?", (str(to),))
        _leave_out_what_is_for_a_day(to)
    except sqlite3.Error as error:
        raise NoBackup(f"{file} cannot be copied: {error}.") from error
    look_through(to)


def _leave_out_what_is_for_a_day(file: Path) -> None:
    """A copy is kept for longer than texts and salts may be; without them everything works as on a new day."""
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        for name in FOR_A_DAY & there:
            copy.execute(f"DELETE FROM {name}")


def look_through(file: Path) -> None:
    """Raises NoBackup when this is not a database of ours, or not a whole one."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as found:
            is_whole = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            is_whole = is_whole and not found.execute("PRAGMA foreign_key_check").fetchall()
            is_ours = found.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall()
    except sqlite3.Error as error:
        raise NoBackup(f"{file} is not a database, or not a whole one ({error}).") from error
    if not is_whole:
        raise NoBackup(f"{file} is damaged.")
    if not is_ours:
        raise NoBackup(f"{file} is not a database of Passalong.")


def change_places(new: Path, file: Path, aside: Path) -> None:
    """`new` becomes the database, which goes `aside` with all that belongs to it. Nobody may be at it."""
    for ending in BESIDE:
        old = file.with_name(file.name + ending)
        if old.exists():
            old.rename(aside.with_name(aside.name + ending))
    new.rename(file)
