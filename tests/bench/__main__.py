"""`make bench`: measure, print, and say with the exit code whether every promise is kept."""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.bench.bench import opened
from tests.bench.report import print_table
from tests.bench.run import measured, names


def main(arguments: list[str] | None = None) -> int:
    """0 when all floors are reached, 1 when one is missed, 2 when there is nothing to measure."""
    wanted = _parser().parse_args(arguments)
    if wanted.only is not None and wanted.only not in names():
        print(f"There is no {wanted.only}. There are: {', '.join(names())}")
        return 2
    started = time.perf_counter()
    with opened(full=wanted.full, rounds=wanted.rounds or (11 if wanted.full else 7)) as bench:
        found = list(measured(bench, wanted.only))
    print_table(found, time.perf_counter() - started)
    if wanted.json:
        Path(wanted.json).write_text(json.dumps({figure.key: figure.as_json() for figure in found}, indent=2) + "\n")
    return 0 if all(figure.ok for figure in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Every figure of docs/performance.md.")
    parser.add_argument(
        "--full", action="store_true", help="more of everything, on PostgreSQL too, and minutes instead of one"
    )
    parser.add_argument("--only", metavar="KEY", help="one row; KEY.postgres for PostgreSQL alone")
    parser.add_argument("--json", metavar="FILE", help="write the figures here too")
    parser.add_argument("--rounds", type=int, help="rounds after the one for warming up")
    return parser


if __name__ == "__main__":
    sys.exit(main())
