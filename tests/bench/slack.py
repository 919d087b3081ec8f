"""A Slack that costs next to nothing, so that what is measured is the bot: canned answers and a bare WebSocket.

`bot.sandbox` is the Slack of everything that is about behaviour; here it would be the slower of the two.
"""

import base64
import hashlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CHANNEL = "C0BENCH001"
BOT = "U0BENCHBOT"
TEAM = "T0BENCH001"

_FACTS = {"id": CHANNEL, "name": "good-stories", "is_channel": True, "is_member": True, "is_archived": False}
_ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {"user_id": BOT, "bot_id": "B0BENCHBOT", "team_id": TEAM, "team": "Bench"},
    "conversations.info": {"channel": _FACTS},
    "users.conversations": {"channels": [_FACTS]},
    "users.info": {"user": {"id": "U0000001", "team_id": TEAM, "name": "somebody", "profile": {}, "locale": "en-US"}},
}


class LeanSlack:
    """On 127.0.0.1, in threads. `session` is the connection that was opened last."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self._arrived = threading.Condition()
        self.session: Session | None = None
        threading.Thread(target=self._accept, daemon=True, name="lean-slack").start()

    @property
    def api_url(self) -> str:
        """The base_url of a WebClient."""
        return f"http://127.0.0.1:{self._port}/api/"

    def next_session(self, before: "Session | None", seconds: float = 60) -> "Session":
        """Wait for a connection other than this one."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self.session is not before, seconds):
                raise TimeoutError("nobody connected")
            assert self.session is not None
            return self.session

    def close(self) -> None:
        """No new connections."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        head, rest = _read_head(connection)
        if "upgrade: websocket" in head.lower():
            session = Session(connection, head)
            with self._arrived:
                self.session = session
                self._arrived.notify_all()
            session.listen(rest)
            return
        method = head.split(" ", 2)[1].removeprefix("/api/").partition("?")[0]
        _drain_body(connection, head, rest)
        body = json.dumps({"ok": True, **self._answer(method)}).encode()
        start = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(start.encode() + b"Connection: close\r\n\r\n" + body)
        connection.close()

    def _answer(self, method: str) -> dict[str, Any]:
        if method == "apps.connections.open":
            return {"url": f"ws://127.0.0.1:{self._port}/link"}
        return _ANSWERS.get(method, {})


class Session:
    """One open WebSocket: `acked` says when (time.perf_counter) each envelope was acknowledged."""

    def __init__(self, connection: socket.socket, head: str) -> None:
        self._socket = connection
        self._sending = threading.Lock()
        self.acked: dict[str, float] = {}
        self.answers: dict[str, Any] = {}
        self.is_open = True
        key = next(
            line.split(": ", 1)[1] for line in head.split("\r\n") if line.lower().startswith("sec-websocket-key")
        )
        accept = base64.b64encode(hashlib.sha1((key.strip() + GUID).encode()).digest()).decode()
        self._socket.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        self.send([json.dumps({"type": "hello", "num_connections": 1, "debug_info": {}, "connection_info": {}})])

    def send(self, texts: Sequence[str]) -> None:
        """All of them, as fast as the other side takes them."""
        with self._sending:
            try:
                self._socket.sendall(b"".join(_frame(text) for text in texts))
            except OSError:
                self.is_open = False

    def wait_for(self, is_true: Callable[[], bool], seconds: float = 60) -> bool:
        """Until this holds, the connection is gone or time is up; whether it holds."""
        deadline = time.perf_counter() + seconds
        while not is_true() and self.is_open and time.perf_counter() < deadline:
            time.sleep(0.001)
        return is_true()

    def listen(self, rest: bytes) -> None:
        """Read until the connection ends."""
        buffer = bytearray(rest)
        while True:
            try:
                received = self._socket.recv(65536)
            except OSError:
                received = b""
            now = time.perf_counter()
            buffer += received
            for opcode, data in _taken(buffer):
                self._heard(opcode, data, now)
            if not received:
                self.is_open = False
                return

    def _heard(self, opcode: int, data: bytes, now: float) -> None:
        if opcode == 1:
            message = json.loads(data)
            self.acked.setdefault(message["envelope_id"], now)
            if "payload" in message:
                self.answers[message["envelope_id"]] = message["payload"]
        elif opcode == 9:
            with self._sending:
                self._socket.sendall(bytes((0x8A, len(data))) + data)


def _read_head(connection: socket.socket) -> tuple[str, bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            break
        received += more
    head, _, rest = received.partition(b"\r\n\r\n")
    return head.decode(), rest


def _drain_body(connection: socket.socket, head: str, rest: bytes) -> None:
    lengths = [line.split(":")[1] for line in head.split("\r\n") if line.lower().startswith("content-length")]
    left = int(lengths[0]) - len(rest) if lengths else 0
    while left > 0:
        left -= len(connection.recv(65536)) or left


def _frame(text: str) -> bytes:
    data = text.encode()
    if len(data) < 126:
        return bytes((0x81, len(data))) + data
    return struct.pack("!BBH", 0x81, 126, len(data)) + data


def _taken(buffer: bytearray) -> list[tuple[int, bytes]]:
    """Whole frames are taken off the buffer; what a client sends is masked and, here, never longer than 64 kB."""
    found = []
    at = 0
    while len(buffer) - at >= 6:
        length, start = buffer[at + 1] & 127, at + 2
        if length == 126:
            if len(buffer) - at < 8:
                break
            length, start = struct.unpack_from("!H", buffer, at + 2)[0], at + 4
        end = start + 4 + length
        if len(buffer) < end:
            break
        mask = bytes(buffer[start : start + 4]) * (length // 4 + 1)
        data = bytes(buffer[start + 4 : end])
        plain = int.from_bytes(data, "big") ^ int.from_bytes(mask[:length], "big")
        found.append((buffer[at] & 15, plain.to_bytes(length, "big")))
        at = end
    del buffer[:at]
    return found
