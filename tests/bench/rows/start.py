"""`start_import`: what `passalong run` imports before it is ready, and what the whole bot then holds of the memory."""

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
READY = "from bot.cli import main; main.get_command(None, 'run')"


def measure(bench: Bench, kind: str) -> list[Figure]:
    figures = [_memory(bench, kind)]
    if kind == "sqlite":
        turns = in_turns(
            lambda: _cpu(READY), lambda: _cpu(f"import {', '.join(EVERYTHING)}"), bench.pick(3, bench.rounds)
        )
        what = "CPU to import what `run` needs / all of the stack"
        figures.insert(0, turns.figure(KEYS[0], what, 0.6, unit="ms"))
    return figures


def _cpu(code: str) -> float:
    """Milliseconds of a Python that does this."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    after = os.times()
    return (after.children_user + after.children_system - before.children_user - before.children_system) * 1e3


def _memory(bench: Bench, kind: str) -> Figure:
    url = bench.database(kind)
    with bench.store(url) as store:
        seed(store, many_people=100, many_stories=10)
    held = []
    for _ in range(bench.pick(1, 5)):
        with bench.bot(url) as bot:
            bot.session.wait_for(lambda: False, 1)
            held.append(bot.megabytes())
    megabytes = median(held)
    return Figure(KEYS[1], "memory of the whole bot", megabytes, 90, megabytes, None, len(held), "MB")
