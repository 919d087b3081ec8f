"""Files with people's data in them: nobody else can read them, and they are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

import click


@contextmanager
def private_file(path: Path) -> Iterator[Path]:
    """Answers an empty file beside `path` to write to (mode 0600), which gets that name when the `with` ends well.

    Ends the command when something has the name already, or the disk does not take it.
    """
    if path.exists():
        raise click.ClickException(f"{path} is there already. Choose another name, or delete it first.")
    try:
        handle, name = mkstemp(prefix=f".{path.name}.", dir=path.resolve().parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            yield unfinished
            _on_disk(unfinished)
            unfinished.rename(path)
            _on_disk(path.resolve().parent)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}.") from error


def _on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
