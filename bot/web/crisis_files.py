"""The page of a crisis as a folder of files that any web server can serve, also while we are down."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import mkstemp

from bot.actions.ports import FolderChange
from bot.domain.crisis import PageFacts
from bot.sources.words import Words
from bot.web.crisis_site import NOW, make_site

LIST = f"{NOW}/.passalong.json"
"""Which files are ours: only these are ever taken away. Web servers do not show what begins with a dot, or need not."""
READABLE, OPEN = 0o644, 0o755
UNFINISHED = ".passalong-"


class CrisisFolder:
    """Writes `now/…` in `folder`. Each file is whole at any moment, and stays until there is a newer one."""

    def __init__(self, folder: Path, words: Words, public_url: str) -> None:
        self._folder, self._words, self._public_url = folder, words, public_url
        self._pages: tuple[PageFacts, ...] | None = None
        self._files: Mapping[str, bytes] = {}

    def write(self, pages: Sequence[PageFacts]) -> FolderChange:
        """Let it hold what is published, and nothing of ours beside that. Raises OSError.

        What is there already is read each time: whatever another copy or a hand did to it, it comes right again.
        """
        wanted = self._made(tuple(pages))
        ours = self._ours()
        written = [name for name, body in wanted.items() if not _holds(self._folder / name, body)]
        gone = sorted(ours - wanted.keys())
        if not ours.issuperset(written):
            # Before them, so that none is forgotten when we are killed in between.
            self._list(ours | wanted.keys())
        for name in written:
            _write(self._folder / name, wanted[name])
        removed = sum(self._remove(name) for name in gone)
        if ours != wanted.keys():
            self._list(wanted)
        return FolderChange(len(written), removed)

    def _made(self, pages: tuple[PageFacts, ...]) -> Mapping[str, bytes]:
        if pages != self._pages:
            self._files, self._pages = make_site(pages, self._words, self._public_url).files, pages
        return self._files

    def _ours(self) -> set[str]:
        """What the list says; a list that cannot be read is none: then nothing is taken away."""
        try:
            listed = json.loads((self._folder / LIST).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return set()
        names = listed.get("files") if isinstance(listed, dict) else None
        return {name for name in names if _can_be_ours(name)} if isinstance(names, list) else set()

    def _list(self, names: Iterable[str]) -> None:
        said = json.dumps({"files": sorted(names)}, indent=1).encode("ascii")
        _write(self._folder / LIST, said)

    def _remove(self, name: str) -> bool:
        """Take a file away, and the folders that are empty without it."""
        file = self._folder / name
        try:
            file.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        for folder in (self._folder / above for above in PurePosixPath(name).parents if above.parts[1:]):
            try:
                folder.rmdir()
            except OSError:
                break
        _on_disk(file.parent if file.parent.is_dir() else self._folder / NOW)
        return True


def _can_be_ours(name: object) -> bool:
    """Nothing outside our folder, whoever wrote the list."""
    if not isinstance(name, str) or not name.isprintable():
        return False
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] == NOW and ".." not in parts and name == "/".join(parts)


def _holds(file: Path, body: bytes) -> bool:
    try:
        return file.stat().st_size == len(body) and file.read_bytes() == body
    except (FileNotFoundError, NotADirectoryError):
        return False


def _write(file: Path, body: bytes) -> None:
    """Whoever reads it meanwhile reads the old one or the new one; after it the new one is there, whatever happens."""
    _make(file.parent)
    handle, name = mkstemp(prefix=UNFINISHED, dir=file.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(body)
            opened.flush()
            os.fchmod(opened.fileno(), READABLE)
            os.fsync(opened.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    _on_disk(file.parent)


def _make(folder: Path) -> None:
    """Open to a web server, whoever we run as."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(OPEN)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
