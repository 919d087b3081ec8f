"""A company with a planted truth: who really is read, and what everybody did, as the three files of an import.

Assumptions of our own. How often somebody shares and how far they reach are two things, both heavy-tailed and hardly
linked; part-timers share half as often; joiners come in any week but the last two; stories differ in appeal, and
networks in reach. A reader comes from the sharer's own audience, some of them more than once. Gamers have little reach;
they share nearly everything on several networks, follow their own links again and again, and do so for one another.
"""

import csv
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp
from pathlib import Path

FIRST = date(2026, 1, 5)
"""A Monday."""
NETWORKS = {"linkedin": 1.0, "x": 0.5, "facebook": 0.7, "whatsapp": 0.4, "bluesky": 0.4}
STORIES_A_WEEK = 3


@dataclass(frozen=True)
class Member:
    """`reach`: readers of an average share of theirs; `often`: shares a week."""

    name: str
    often: float
    reach: float
    joined: int
    is_gamer: bool

    @property
    def worth(self) -> float:
        """The truth: outside readers a week."""
        return self.often * self.reach


@dataclass(frozen=True)
class Company:
    """What was done, by the end of `as_of`."""

    members: tuple[Member, ...]
    shares: list[tuple[str, str, str, str, datetime]]
    clicks: list[tuple[str, str, datetime]]
    as_of: date

    def write(self, folder: Path) -> None:
        """The three files."""
        folder.mkdir(parents=True, exist_ok=True)
        people = [(one.name, f"Name of {one.name}", "", FIRST + timedelta(weeks=one.joined)) for one in self.members]
        _write(folder / "people.csv", ["person", "name", "team", "joined"], people)
        rows = [(*share[:4], f"{share[4]:%Y-%m-%dT%H:%M:%SZ}", "opened") for share in self.shares]
        _write(folder / "shares.csv", ["share", "person", "story", "network", "shared_at", "proof"], rows)
        clicks = [(share, visitor, f"{at:%Y-%m-%dT%H:%M:%SZ}") for share, visitor, at in self.clicks]
        _write(folder / "clicks.csv", ["share", "visitor", "clicked_at"], clicks)

    def points(self) -> list[str]:
        """Whom peers' points find: ten a share, five a click."""
        whose = {share[0]: share[1] for share in self.shares}
        found = Counter({one.name: 0 for one in self.members})
        for share in self.shares:
            found[share[1]] += 10
        for share, _, _ in self.clicks:
            found[whose[share]] += 5
        return [name for name, _ in found.most_common()]

    def shared(self) -> list[str]:
        """Whom shares find."""
        found = Counter({one.name: 0 for one in self.members})
        found.update(share[1] for share in self.shares)
        return [name for name, _ in found.most_common()]

    def clicked(self) -> list[str]:
        """Whom clicks find."""
        whose = {share[0]: share[1] for share in self.shares}
        found = Counter({one.name: 0 for one in self.members})
        found.update(whose[share] for share, _, _ in self.clicks)
        return [name for name, _ in found.most_common()]


def _write(path: Path, head: list[str], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def simulate(seed: int, people: int = 2000, weeks: int = 12) -> Company:
    """The same company for the same seed."""
    dice = random.Random(seed)
    members = tuple(_member(dice, number, weeks) for number in range(people))
    gamers = [one.name for one in members if one.is_gamer]
    appeal = {f"s{n}": dice.lognormvariate(-0.18, 0.6) for n in range(STORIES_A_WEEK * weeks)}
    company = Company(members, [], [], FIRST + timedelta(days=7 * weeks - 1))
    for one in members:
        ring = dice.sample(gamers, min(len(gamers), dice.randint(0, 5))) if one.is_gamer else []
        for week in range(one.joined, weeks):
            _week(dice, company, one, week, appeal, ring)
    return company


def _member(dice: random.Random, number: int, weeks: int) -> Member:
    is_gamer = dice.random() < 0.025
    part_time = 0.5 if dice.random() < 0.25 else 1.0
    # Most hardly ever share; a few do every week.
    often = min(2.5, dice.lognormvariate(-1.9, 1.1)) * part_time
    reach = min(80.0, dice.lognormvariate(0.9, 1.1))
    if is_gamer:
        often, reach = 1.0 + 2 * dice.random(), dice.lognormvariate(0.0, 0.5)
    joined = dice.randrange(1, weeks - 2) if dice.random() < 0.2 else 0
    return Member(f"p{number}", often, reach, joined, is_gamer)


def _week(
    dice: random.Random, company: Company, one: Member, week: int, appeal: dict[str, float], ring: list[str]
) -> None:
    for story in [f"s{week * STORIES_A_WEEK + n}" for n in range(STORIES_A_WEEK)]:
        if dice.random() >= min(1.0, one.often / STORIES_A_WEEK):
            continue
        some = dice.sample(sorted(NETWORKS), dice.randint(1, 2) if one.is_gamer else 1)
        at = datetime.combine(FIRST, datetime.min.time()) + timedelta(
            weeks=week, minutes=dice.randrange(7 * 1440 - 600)
        )
        for network in some:
            share = f"h{len(company.shares)}"
            company.shares.append((share, one.name, story, network, at))
            scale = NETWORKS[network] / (len(some) * 0.75)
            _readers(dice, company, one, share, at, one.reach * appeal[story] * scale)
            for colleague in [one.name, *ring]:
                times = dice.randint(0, 3) if colleague == one.name else dice.randint(0, 1)
                for _ in range(times if one.is_gamer else 0):
                    _click(company, share, f"device-{colleague}", at + timedelta(minutes=dice.randrange(1, 600)))


def _readers(dice: random.Random, company: Company, one: Member, share: str, at: datetime, expected: float) -> None:
    audience = max(10, int(one.reach * 15))
    for _ in range(_poisson(dice, expected)):
        visitor = f"{one.name}-{dice.randrange(audience)}"
        came = at + timedelta(minutes=dice.expovariate(1 / 1800))
        _click(company, share, visitor, came)
        while dice.random() < 0.2:
            came += timedelta(minutes=dice.expovariate(1 / 300))
            _click(company, share, visitor, came)


def _click(company: Company, share: str, visitor: str, at: datetime) -> None:
    if at.date() <= company.as_of:
        company.clicks.append((share, visitor, at))


def _poisson(dice: random.Random, expected: float) -> int:
    if expected > 30:
        return max(0, round(dice.gauss(expected, expected**0.5)))
    limit, product, count = exp(-expected), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
