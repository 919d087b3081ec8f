"""A clock that several processes read, and one sets: eight bytes in a file that all of them map."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SharedClock:
    """Call it for the time (UTC); it stands still until it is told."""

    def __init__(self, file: Path, now: datetime | None = None) -> None:
        if now is not None:
            file.write_bytes(bytes(8))
        self.file = file
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), 8)
        if now is not None:
            self.to(now)

    def __call__(self) -> datetime:
        return EPOCH + timedelta(microseconds=struct.unpack("<q", self._map[:])[0])

    def to(self, now: datetime) -> datetime:
        self._map[:] = struct.pack("<q", (now - EPOCH) // timedelta(microseconds=1))
        return now

    def step(self, **time: float) -> datetime:
        return self.to(self() + timedelta(**time))
