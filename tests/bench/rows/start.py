"""`start_import`: from nothing to connected, and what the whole bot then holds of the memory."""

import os
import subprocess
import sys
from statistics import median

from tests.bench.base import EVERYTHING
from tests.bench.bench import ROOT, Bench
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import seed

KEYS = ("start_import", "start_import_rss")
ON_POSTGRES = True


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    with bench.store(url) as store:
        seed(store, many_people=100, many_stories=10)
    held: list[float] = []

    def start() -> float:
        with bench.bot(url) as bot:
            used = bot.cpu_seconds()
            bot.session.wait_for(lambda: False, 0.5)
            held.append(bot.megabytes())
            return used * 1e3

    turns = in_turns(start, _import_everything, bench.rounds)
    megabytes = median(held[1:])
    return [
        turns.figure(KEYS[0], "CPU from nothing to connected / importing all of the stack", 0.6, unit="ms"),
        Figure(KEYS[1], "memory of the whole bot", megabytes, 90, megabytes, None, len(held) - 1, "MB"),
    ]


def _import_everything() -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", f"import {', '.join(EVERYTHING)}"], cwd=ROOT, check=True)
    after = os.times()
    return (after.children_user + after.children_system - before.children_user - before.children_system) * 1e3
