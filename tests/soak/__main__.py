"""`make soak`: weeks of work of a large company, and what has grown since. Exit status 1 when too much has."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.soak.crowd import Crowd
from tests.soak.readings import Week, memory, overdue, rows_of, size_of
from tests.soak.verdict import Limit, verdict


def main(arguments: list[str] | None = None) -> int:
    """Play, print, judge."""
    wanted = _parser().parse_args(arguments)
    weeks: list[Week] = []
    with tempfile.TemporaryDirectory() as folder:
        for week in play(Path(folder), wanted.people, wanted.share, wanted.weeks, wanted.minutes * 60):
            weeks.append(week)
            print(_line(week), flush=True)
    try:
        limits = verdict(weeks)
    except ValueError as error:
        print(f"{error}: {len(weeks)}. Give it more --minutes, or fewer --people.")
        return 2
    print_limits(limits)
    if wanted.json:
        Path(wanted.json).write_text(json.dumps({limit.key: limit.as_json() for limit in limits}, indent=2) + "\n")
    return 0 if all(limit.ok for limit in limits) else 1


def play(folder: Path, people: int, share: float, weeks: int, seconds: float) -> Iterator[Week]:
    """Play so many weeks, or until the time is up."""
    until = time.monotonic() + seconds
    with Crowd(folder, people, share) as crowd:
        while crowd.week < weeks and time.monotonic() < until:
            yield read(crowd)


def read(crowd: Crowd) -> Week:
    """Play one week, and read off what is there at its end."""
    began, store = time.monotonic(), crowd.stage.house.store
    crowd.work_a_week()
    return Week(
        number=crowd.week,
        took=time.monotonic() - began,
        memory=memory(),
        database=size_of(store),
        rows=rows_of(store),
        overdue=overdue(store, crowd.stage.clock()),
        **{name: tuple(taken) for name, taken in vars(crowd.times).items()},
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make soak ARGS=…", description="Weeks of work of a large company.")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--share", type=float, default=0.02, help="how many of them come by at one story (0.02)")
    parser.add_argument("--weeks", type=int, default=60, help="at most so many (60)")
    parser.add_argument("--minutes", type=float, default=15, help="no week begins after that (15)")
    parser.add_argument("--json", help="write the limits to this file, too")
    return parser


def _line(week: Week) -> str:
    return (
        f"week {week.number:3}: {week.rows['shares']:8,} shares, {week.rows['people']:6,} people, "
        f"{week.memory / 1e6:6.1f} MB, file {week.database / 1e6:6.1f} MB, "
        f"reaction {_middle(week.reactions):5.1f} ms, leaderboard {_middle(week.boards):5.1f} ms, {week.took:5.1f} s"
    )


def _middle(seconds: tuple[float, ...]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000 if seconds else 0


def print_limits(limits: list[Limit]) -> None:
    """As a table: the first quarter, the last, their ratio, and what it may be."""
    table = Table("", "what", "early", "late", "ratio", "at most")
    for limit in limits:
        mark = "✓" if limit.ok else "✗"
        table.add_row(
            mark, limit.key, _short(limit.early), _short(limit.late), f"{limit.value:.2f}", f"{limit.limit:g}"
        )
    Console().print(table)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.4f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
