"""One running bot an SQLite file. The lock is the kernel's: whatever ends the process, also kill -9, lets go of it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.backup import file_of


class AnotherRuns(Exception):
    """A bot runs on this database already; the text says which."""


@contextmanager
def only_one(url: str, who: str) -> Iterator[None]:
    """Be the one bot on this database for the length of a `with`; on a server more may run, and nothing is locked.

    `who` (machine and process) is what a second one reads. The lock is on a file beside the database, so that
    nothing comes in the way of SQLite's own locks; the file stays when the lock goes.

    Raises:
        AnotherRuns: another process, or another container on the same volume, has it.
        OSError: the file cannot be made.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    with _lock_file(file) as held:
        _lock(held)
        os.ftruncate(held, 0)
        os.pwrite(held, who.encode(), 0)
        yield


@contextmanager
def _lock_file(database: Path) -> Iterator[int]:
    real = database.resolve()
    opened = os.open(real.with_name(f"{real.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield opened
    finally:
        os.close(opened)


def _lock(held: int) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AnotherRuns(os.pread(held, 200, 0).decode(errors="replace")) from None
