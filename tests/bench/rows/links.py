"""`redirect_durable`, `redirect_p99`, `clicks_lost`: readers who are counted before they are sent on; a crash in it."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from bot.domain.links import LETTERS
from bot.store.engine import Connection, Store
from bot.store.tables import clicks, links
from tests.bench.bench import ROOT, Bench, Served
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import LONG_AGO, seed

KEYS = ("redirect_durable", "redirect_durable_32", "redirect_p99", "clicks_lost")
ON_POSTGRES = True
PEOPLE, STORIES = 100, 10


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    with bench.store(url) as store:
        seed(store, many_people=PEOPLE, many_stories=STORIES)
        paths = [f"/{code}" for code in store.write(_mint)]
        with crowd() as go, bench.links(url) as ours, bench.bare_links() as bare:
            many = _in_turns(bench, go, (ours, bare), paths, 256, bench.pick(8_000, 40_000))
            few = _in_turns(bench, go, (ours, bare), paths, 32, bench.pick(5_000, 20_000))
        lost = _lost(bench, store, url, paths)
    what = "links followed in a second of its processor, durable before the 302 / the same uvicorn that stores nothing"
    return [
        many.rate.figure(KEYS[0], f"{what}, 256 connections", 0.40, unit="/s", at_most=False),
        few.rate.figure(KEYS[1], "the same, 32 connections", 0.25, unit="/s", at_most=False),
        many.p99.figure(KEYS[2], "its p99 / that of storing nothing, 256 connections", 2, unit="ms"),
        lost,
    ]


Go = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Both:
    """What was measured in the same rounds."""

    rate: Any
    p99: Any


def _in_turns(
    bench: Bench, go: Go, both: tuple[Served, Served], paths: list[str], connections: int, requests: int
) -> Both:
    waits: tuple[list[float], list[float]] = ([], [])

    def rate(which: int) -> float:
        server = both[which]
        before = server.cpu_seconds()
        found = go(server, paths, requests, connections)
        assert sum(found["answered"].values()) == requests
        waits[which].append(found["p99"] * 1e3)
        return requests / (server.cpu_seconds() - before)

    turns = in_turns(lambda: rate(0), lambda: rate(1), bench.rounds)
    return Both(turns, type(turns)(waits[0][1:], waits[1][1:]))


def _lost(bench: Bench, store: Store, url: str, paths: list[str]) -> Figure:
    """kill -9 in full load; what was answered until then must be counted."""
    kills = bench.pick(3, 20)
    chance = random.Random(kills)
    answered: Counter[str] = Counter()
    before = _counted(store)
    for _ in range(kills):
        with crowd() as go, bench.links(url) as server:
            subprocess.Popen(["sh", "-c", f"sleep {chance.uniform(0.5, 1.5)}; kill -9 {server.process.pid}"])
            answered.update(go(server, paths, 10_000_000, 256)["answered"])
    after = _counted(store)
    lost = sum(max(number - (after[path] - before[path]), 0) for path, number in answered.items())
    what = f"of {answered.total():,} readers sent on, not counted after {kills} kill -9 in full load"
    return Figure(KEYS[3], what, lost, 0, lost, None, kills, "")


def _counted(store: Store) -> Counter[str]:
    query = select(links.c.code, func.count()).join(clicks, clicks.c.link_id == links.c.id).group_by(links.c.code)
    return Counter({f"/{code}": number for code, number in store.read(lambda c: c.execute(query).all())})


@contextmanager
def crowd() -> Iterator[Go]:
    """Readers, in a process of their own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def go(server: Served, paths: list[str], requests: int, connections: int, **more: Any) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        wanted = {"host": "127.0.0.1", "port": server.port, "paths": paths}
        process.stdin.write(json.dumps({**wanted, **more, "requests": requests, "connections": connections}) + "\n")
        process.stdin.flush()
        found: dict[str, Any] = json.loads(process.stdout.readline())
        return found

    with process:
        yield go
        assert process.stdin is not None
        process.stdin.close()


def _mint(connection: Connection) -> list[str]:
    """A link of everybody to every story."""
    chance = random.Random(7)
    rows = [
        {
            "code": "".join(chance.choices(LETTERS, k=11)),
            "story_id": story,
            "person_id": person,
            "network": "linkedin",
            "minted_at": LONG_AGO,
        }
        for person in range(1, PEOPLE + 1)
        for story in range(1, STORIES + 1)
    ]
    connection.execute(insert(links), rows)
    return [str(row["code"]) for row in rows]
