"""Readers who follow links over kept connections, from many addresses, with the agents of phones: a process of its own.

Reads a line from its input (JSON: how many requests over how many connections), and writes a line for each.
"""

import asyncio
import json
import sys
import time
from itertools import count
from typing import Any

AGENTS = tuple(
    f"Mozilla/5.0 (iPhone; CPU iPhone OS {major}_{minor} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    f"Version/{major}.{minor} Mobile/15E148 Safari/604.1"
    for major in range(13, 27)
    for minor in range(8)
)


class Reader(asyncio.Protocol):
    """One connection: asks for the next as soon as it was answered."""

    def __init__(self, crowd: "Crowd") -> None:
        self._crowd = crowd
        self._held = b""
        self._asked_at = 0.0
        self._path = ""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def ask(self) -> None:
        request = self._crowd.next_request()
        if request is None:
            self._crowd.rests()
            return
        self._path, text = request
        self._asked_at = time.perf_counter()
        self._transport.write(text)

    def data_received(self, data: bytes) -> None:
        self._held += data
        if not self._held.endswith(self._crowd.end):
            return
        assert self._held.startswith(self._crowd.begins), self._held[:200]
        self._held = b""
        self._crowd.took.append(time.perf_counter() - self._asked_at)
        self._crowd.answered[self._path] = self._crowd.answered.get(self._path, 0) + 1
        self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.rests()


class Crowd:
    """All connections of one run. `status`, `end`: with what an answer begins, and with what it ends."""

    def __init__(self, paths: list[str], requests: int, first: int, status: int, end: str) -> None:
        self.begins, self.end = f"HTTP/1.1 {status} ".encode(), end.encode()
        self._paths, self._left, self._numbers = paths, requests, count(first)
        self._resting, self._many = 0, 0
        self.took: list[float] = []
        self.answered: dict[str, int] = {}
        self.done = asyncio.Event()

    def next_request(self) -> tuple[str, bytes] | None:
        """The next link, with the next agent; None when all are asked for."""
        if self._left == 0:
            return None
        self._left -= 1
        number = next(self._numbers)
        path = self._paths[number % len(self._paths)]
        agent = AGENTS[number * 7919 % len(AGENTS)]
        return path, (
            f"GET {path} HTTP/1.1\r\nHost: go.example.com\r\nUser-Agent: {agent}\r\n"
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
            "Accept-Language: nl-NL,nl;q=0.9\r\n"
            "Accept-Encoding: gzip, deflate, br\r\nReferer: https://www.linkedin.com/\r\nConnection: keep-alive\r\n\r\n"
        ).encode()

    def rests(self) -> None:
        """One connection has no more to ask, or was cut off."""
        self._resting += 1
        if self._resting == self._many:
            self.done.set()

    async def run(self, host: str, port: int, connections: int) -> float:
        """Ask for everything; answers the seconds it took. Each connection has an address of its own."""
        loop = asyncio.get_running_loop()
        readers = []
        for number in range(connections):
            here = (f"127.0.{number // 250}.{1 + number % 250}", 0)
            _, reader = await loop.create_connection(lambda: Reader(self), host, port, local_addr=here)
            readers.append(reader)
        self._many = connections
        started = time.perf_counter()
        for reader in readers:
            reader.ask()
        await self.done.wait()
        seconds = time.perf_counter() - started
        for reader in readers:
            reader._transport.close()
        return seconds


def main() -> None:
    import uvloop

    first = 0
    for line in sys.stdin:
        wanted = json.loads(line)
        status, end = wanted.get("status", 302), wanted.get("end", "\r\n\r\n")
        crowd = Crowd(wanted["paths"], wanted["requests"], first, status, end)
        first += wanted["requests"]
        seconds = uvloop.run(crowd.run(wanted["host"], wanted["port"], wanted["connections"]))
        took = sorted(crowd.took)
        p99 = took[int(len(took) * 0.99)] if took else 0.0
        found = {"seconds": seconds, "p99": p99, "p50": took[len(took) // 2] if took else 0.0}
        print(json.dumps({**found, "answered": crowd.answered}), flush=True)


if __name__ == "__main__":
    main()
