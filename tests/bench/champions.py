"""`python -m tests.bench.champions`: simulated companies whose truth is known, through the import and the list.

Each is read by `passalong import`, on a database of its own, and asked for by `passalong champions --json --all`.
What the list is worth, against the list an all-knowing one would make; how much of it is right; how much are gamers.
"""

import argparse
import json
import os
import sys
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from bot.cli import main as passalong
from tests.bench.simulated import Company, simulate

FLOORS = {"value": 0.84, "precision": 0.62, "gamers": 0.14}


@dataclass(frozen=True)
class Verdict:
    """Of a list of the length of the ideal one: its worth and its overlap, and the part of it that games."""

    value: float
    precision: float
    gamers: float


def judge(company: Company, names: list[str]) -> Verdict:
    """What this ranking, best first, is worth at two in a hundred."""
    many = len(company.members) // 50
    members = {one.name: one for one in company.members}
    honest = [one for one in company.members if not one.is_gamer]
    ideal = sorted(honest, key=lambda one: -one.worth)[:many]
    found = [members[name] for name in names[:many]]
    worth = sum(one.worth for one in found if not one.is_gamer) / sum(one.worth for one in ideal)
    return Verdict(worth, len(set(found) & set(ideal)) / many, sum(one.is_gamer for one in found) / many)


def found_by_us(company: Company, salt: str = "monthly") -> list[str]:
    """Whom `passalong champions` names, best first."""
    with TemporaryDirectory() as folder:
        company.write(Path(folder) / "company")
        env = {"PASSALONG_DATABASE_URL": f"sqlite:///{folder}/passalong.db", "PASSALONG_VISITOR_SALT": salt}
        _run(["import", f"{folder}/company"], env)
        said = _run(["champions", "--as-of", str(company.as_of), "--json", "--all"], env)
    return [one["person"] for one in json.loads(said)]


def _run(words: list[str], env: dict[str, str]) -> str:
    done = CliRunner().invoke(passalong, words, env=env, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def mean(verdicts: list[Verdict]) -> Verdict:
    """Of several companies."""
    return Verdict(*(fmean(column) for column in zip(*map(astuple, verdicts), strict=True)))


def is_kept(found: Verdict) -> bool:
    """Whether every floor is reached."""
    return (
        found.value >= FLOORS["value"] and found.precision >= FLOORS["precision"] and found.gamers <= FLOORS["gamers"]
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.champions", description=__doc__)
    parser.add_argument("--companies", type=int, default=10)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    os.environ.pop("PASSALONG_DATABASE_URL", None)
    names = ("champions", "champions, daily salt", "clicks", "points", "shares")
    found: dict[str, list[Verdict]] = {name: [] for name in names}
    for seed in range(wanted.seed, wanted.seed + wanted.companies):
        company = simulate(seed, wanted.people, wanted.weeks)
        found["champions"].append(judge(company, found_by_us(company)))
        found["champions, daily salt"].append(judge(company, found_by_us(company, "daily")))
        found["clicks"].append(judge(company, company.clicked()))
        found["points"].append(judge(company, company.points()))
        found["shares"].append(judge(company, company.shared()))
    print(f"{'':24}" + "".join(f"{field.name:>12}" for field in fields(Verdict)))
    for name, verdicts in found.items():
        print(f"{name:24}" + "".join(f"{number:12.3f}" for number in astuple(mean(verdicts))))
    print(f"{'floors':24}" + "".join(f"{number:12.3f}" for number in FLOORS.values()))
    return 0 if is_kept(mean(found["champions"])) else 1


if __name__ == "__main__":
    sys.exit(main())
