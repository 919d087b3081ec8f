"""The SQLite file is for its owner alone, whatever the umask; what SQLite puts beside it gets the same rights."""

import os
import stat
from contextlib import suppress

from bot.store.backup import file_of

FOR_ITS_OWNER = 0o600
OTHERS = stat.S_IRWXO


def make_private(url: str) -> None:
    """Make the file, empty, where there is none; one that is there stays as it is. What cannot be made SQLite says."""
    file = file_of(url)
    if file is None:
        return
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FOR_ITS_OWNER))


def is_open_to_others(url: str) -> bool:
    """Whether anybody on this machine may read the file."""
    file = file_of(url)
    return file is not None and file.exists() and bool(file.stat().st_mode & OTHERS)
