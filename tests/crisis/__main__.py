"""`make crisis`: how long it takes until ten thousand people are told, against what Slack's limits allow."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.crisis.emergency import Plan
from tests.crisis.told import Told, play

ROWS: tuple[tuple[str, Callable[[Told], str]], ...] = (
    ("people told by direct message", lambda told: f"{told.people:,}"),
    ("everybody once", lambda told: _right(not (told.missed or told.twice), f"{told.missed} not, {told.twice} more")),
    ("channels told after", lambda told: f"{_length(told.channels_at)} ({told.channels})"),
    ("most affected told after", lambda told: f"{_length(told.front_at)} ({told.front:,})"),
    ("all told after", lambda told: _length(told.all_at)),
    ("what the limit allows", lambda told: f"{_length(told.least)} ({told.plan.a_minute} a minute)"),
    ("Slack said no (429)", lambda told: f"{told.refused} ({told.share_refused:.1%})"),
    ("other messages after", lambda told: _length(told.others_at)),
    ("stories that went out", lambda told: str(told.stories)),
    ("answers lost, bot killed", lambda told: f"{told.lost}, {told.kills}"),
    ("time left, on the card", lambda told: _lefts(told)),
    ("seconds it took here", lambda told: f"{told.real:.0f}, the bot {told.cpu:.0f} of a core"),
    ("the bot, a message", lambda told: f"{told.cpu / max(1, told.posts) * 1000:.1f} ms of a core"),
)


def main() -> int:
    """Play, print; exit status 1 when somebody was missed or told twice, or Slack had to say no too often."""
    wanted = _parser().parse_args()
    calm = Plan(wanted.people, wanted.limit, wanted.answers)
    rough = replace(calm, lost=100, kills=3)
    told = [play(plan) for plan in ((calm,) if wanted.calm else (calm, rough))]
    print_table(told)
    if wanted.json:
        Path(wanted.json).write_text(json.dumps([asdict(one) for one in told], indent=2, default=str) + "\n")
    return 0 if all(one.is_right for one in told) else 1


def print_table(told: list[Told]) -> None:
    """A column for each that was played."""
    table = Table("", *("calm" if not one.kills else "answers lost, bot killed" for one in told))
    for name, says in ROWS:
        table.add_row(name, *(says(one) for one in told))
    Console().print(table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make crisis ARGS=…", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--limit", type=int, default=300, help="messages a minute that Slack takes (300)")
    parser.add_argument("--answers", type=float, default=0.15, help="seconds that Slack takes to answer (0.15)")
    parser.add_argument("--calm", action="store_true", help="not once more with lost answers and a bot that dies")
    parser.add_argument("--json", metavar="FILE")
    return parser


def _right(is_right: bool, wrong: str) -> str:
    return "✓" if is_right else f"✗ {wrong}"


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _lefts(told: Told) -> str:
    return "\n".join(f"{one.done:,}: {_length(one.said)}, took {_length(one.took)}" for one in told.left)


if __name__ == "__main__":
    sys.exit(main())
