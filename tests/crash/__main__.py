"""`make crash`: the bot dies at every place, and 200 times at random; then without each of its protections."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console

from tests.conftest import fresh_postgres
from tests.copies.__main__ import server
from tests.crash.places import Death
from tests.crash.protections import CASES, PROTECTIONS, meaning
from tests.crash.report import Proven, write_report
from tests.crash.trial import Trial, places, trial, walk

REPORT = Path("docs/reliability.md")
console = Console(highlight=False)


@dataclass
class Results:
    """What was found, by point. `harmless`: by protection, whether a week without it and without a death is right.

    `database` answers the address of an empty one; None for a file.
    """

    proven: dict[str, Proven] = field(default_factory=dict)
    walks: list[Proven] = field(default_factory=list)
    harmless: dict[str, bool] = field(default_factory=dict)
    database: Callable[[], str | None] = lambda: None

    @property
    def is_right(self) -> bool:
        swept = all(proven.is_right for proven in self.proven.values())
        return swept and all(walked.is_right for walked in self.walks)


@click.command()
@click.option("--point", "points", multiple=True, help="Only this place (several times for several).")
@click.option("--without", type=click.Choice(list(PROTECTIONS)), help="Take this protection out: it must fail.")
@click.option("--kills", default=200, show_default=True, help="How often it dies in the random walk; 0 for no walk.")
@click.option("--weeks", default=4, show_default=True, help="How long the random walk is.")
@click.option("--seed", default=1, show_default=True, help="Of the random walk.")
@click.option("--report", is_flag=True, help=f"Write {REPORT}.")
@click.option("--postgres", is_flag=True, help="On a PostgreSQL of its own instead of SQLite.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write what was found.")
def main(
    points: tuple[str, ...],
    without: str | None,
    kills: int,
    weeks: int,
    seed: int,
    report: bool,
    postgres: bool,
    file: Path | None,
) -> None:
    """Kill a real bot process (`kill -9`) at each of its places, start it again, and count what is lost or there twice.

    Exits 1 when anything is. With --without it exits 1 because something must be; 0 would mean that nothing noticed.
    """
    if report and (postgres or points or without):
        raise click.UsageError("The report is of all places, on SQLite.")
    with _databases(postgres) as database:
        results = Results(database=database)
        if without is not None:
            sys.exit(_without(results, without))
        found = places(trial(database_url=database()).census)
        _sweep(results, {point: deaths for point, deaths in found.items() if not points or point in points})
        if not points:
            _walk(results, kills, weeks, seed, [death for deaths in found.values() for death in deaths])
    if report:
        REPORT.write_text(write_report(results.proven, results.walks))
        console.print(f"Wrote {REPORT}.")
    if file is not None:
        file.write_text(json.dumps({name: vars(proven) for name, proven in results.proven.items()}, indent=2))
    sys.exit(0 if results.is_right else 1)


@contextmanager
def _databases(postgres: bool) -> Iterator[Callable[[], str | None]]:
    if not postgres:
        yield lambda: None
        return
    with server() as address:
        yield lambda: fresh_postgres(address)


def _without(results: Results, name: str) -> int:
    """Each death that shows why it is needed; 1 when all of them fail, as they must, and nothing fails without one."""
    failed = [_fails(results, case.death, name) for case in CASES.values() if case.protection == name]
    return 1 if all(failed) else 0


def _fails(results: Results, death: Death, name: str) -> bool:
    """Whether all is well without the protection as long as nobody dies, and is not when it dies there."""
    if name not in results.harmless:
        quiet = trial(without=name, database_url=results.database())
        results.harmless[name] = quiet.verdict.is_clean
        _print(f"  without {name}, no death: {str(quiet.verdict) or 'all is well'}")
    found = trial([death], without=name, database_url=results.database())
    _print(f"  without {name}, {death}: {str(found.verdict) or 'NOTHING WENT WRONG'}")
    return results.harmless[name] and not found.verdict.is_clean and found.died == (death,)


def _sweep(results: Results, found: Mapping[str, Sequence[Death]]) -> None:
    """Every place that one week comes past, a point at a time; and each point without its protection."""
    for point, deaths in found.items():
        began = time.monotonic()
        tried = trial(deaths, database_url=results.database())
        case = CASES[point]
        _say(point, tried, began, asked=deaths)
        fails = _fails(results, case.death, case.protection)
        results.proven[point] = _proven(tried, asked=deaths, without=(case.protection, fails))


def _walk(results: Results, kills: int, weeks: int, seed: int, among: Sequence[Death]) -> None:
    if not kills:
        return
    began = time.monotonic()
    found = walk(kills, weeks, seed, among, results.database())
    results.walks.append(_proven(found))
    _say(f"{kills} kills at random in {weeks} weeks", found, began)


def _proven(found: Trial, asked: Sequence[Death] = (), without: tuple[str, bool] | None = None) -> Proven:
    verdict = found.verdict
    name, fails = without or ("", False)
    return Proven(
        tried=len(found.died),
        places=len(set(found.died)),
        lost=len(verdict.lost) + len(verdict.wrong),
        twice=len(verdict.twice),
        unheard=len(verdict.unheard),
        missed=len(_missed(found, asked)),
        protection=name,
        meaning=meaning(name) if name else "",
        fails_without=fails,
    )


def _missed(found: Trial, asked: Sequence[Death]) -> list[str]:
    return [str(death) for death in asked if death not in found.died]


def _say(what: str, found: Trial, began: float, asked: Sequence[Death] = ()) -> None:
    missed = _missed(found, asked)
    line = f"{what}: died {len(found.died)} times, {str(found.verdict) or 'nothing lost, nothing twice'}"
    more = f" (never reached: {', '.join(missed)})" if missed else ""
    _print(f"{line}{more} [{time.monotonic() - began:.0f} s]")


def _print(line: str) -> None:
    console.print(line, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
