"""A socket that hands out one WebSocket frame at a time.

The SDK reads a kilobyte and calls itself for every piece of what follows, until a read happens to end where a frame
ends. After some hundred events in one go that is too deep: it loses them and its place in the stream. With one whole
frame a read that cannot happen, and a frame that comes in two halves is not dropped when the second one is late.
"""

import socket
from struct import unpack_from
from typing import Any

_AT_ONCE = 65_536
_EMPTY = b"\x7e\x00\x00"
"""A length of nothing, spelt in three bytes: the SDK takes a frame of two for the beginning of a longer one."""


class WholeFrames:
    """The SDK's view of a connected socket. Raises ConnectionResetError when Slack has gone, not when we leave."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._held = bytearray()
        self._is_leaving = False

    def recv(self, _: int) -> bytes:
        """One frame, however long; nothing when we are leaving."""
        while (end := _end_of_frame(self._held)) is None:
            received = self._socket.recv(_AT_ONCE)
            if not received:
                return self._ended()
            self._held += received
            # The handshake leaves its last line feed behind; no frame begins like that.
            self._held = self._held.removeprefix(b"\n")
        frame = bytes(self._held[:end])
        del self._held[:end]
        return frame if end > 2 else frame[:1] + _EMPTY

    def send(self, data: bytes) -> int:
        """All of it: half a frame would be the end of the connection."""
        self._socket.sendall(data)
        return len(data)

    def shutdown(self, how: int) -> None:
        """Whoever shuts it down is leaving."""
        self._is_leaving = True
        self._socket.shutdown(how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def _ended(self) -> bytes:
        # The SDK takes an empty answer for a reason to ask again, at once and for seconds.
        if not self._is_leaving:
            raise ConnectionResetError("Slack closed the connection")
        return b""


def _end_of_frame(held: bytearray) -> int | None:
    """Where the first frame ends; None while it is not all there."""
    if len(held) < 2:
        return None
    length, start = held[1] & 0x7F, 2
    if length >= 126:
        start = 4 if length == 126 else 10
        if len(held) < start:
            return None
        length = unpack_from("!H" if start == 4 else "!Q", held, 2)[0]
    end = start + (4 if held[1] & 0x80 else 0) + length
    return end if len(held) >= end else None
