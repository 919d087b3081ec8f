"""Champions: whom readers follow. One plain number, and what it rests on.

    readers a week, recent weeks counting most

    score = Σ over shares 2^(-age / 6 weeks) x readers(share)  /  (Σ over weeks since joining 2^(-week / 6) + 2)

Readers alone count: no reactions, no claims, no points. Ages are whole blocks of seven days before the day that is
asked about, so that the same day has the same answer whenever it is asked. Days are as Python numbers them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

from bot.domain.leaderboard import by_name

HALF_LIFE = 6
"""Weeks after which a reader counts half."""
ADDED_WEEKS = 2
"""So that one lucky week of somebody new is no record."""
WINDOW = 52
"""Weeks; what is older counts nothing."""
WEEK = 7

LEAST_WEEKS = 2
LEAST_SHARES = 2
EARLY = 4 * WEEK
STEADY = 12 * WEEK
ONE_IN = 50
SHORTEST, LONGEST = 5, 25
STAYS = 1.5
RISERS = 10
MONTH = 4 * WEEK
WEEKS_OF_BADGES = 8
"""How far back is looked for who had one."""

EVEN_SHARES = 6
EVEN_READERS = 4
EVEN_SPREAD = 2.5

AVERAGE_COLLEAGUES = 10
SMALLEST_TEAM = 5
LEAST_TOLD = 3
"""Of a team nobody is told that one or two took part: its readers would be theirs."""
KEPT = 100
"""Of a ranking that is kept, so many: four times the longest list, as some of them may leave meanwhile."""
FEW = 5
"""Of how many people is said how much they bring together."""


@dataclass(frozen=True)
class Passed:
    """A share: on which day, and how many readers it brought by day."""

    day: int
    readers: Mapping[int, int]

    def readers_until(self, as_of: int) -> int:
        """How many it had brought by the end of that day."""
        return sum(readers for day, readers in self.readers.items() if day <= as_of)


def weight(week: int) -> float:
    """What a reader of a share of so many weeks ago counts."""
    return 2 ** (-week / HALF_LIFE) if 0 <= week < WINDOW else 0.0


def weeks_before(day: int, as_of: int) -> int:
    """Whole blocks of seven days."""
    return (as_of - day) // WEEK


def score(shares: Iterable[Passed], since: int, as_of: int) -> float:
    """Readers a week, recent weeks counting most; `since`: the first day on which this person could share."""
    readers = sum(weight(weeks_before(share.day, as_of)) * share.readers_until(as_of) for share in shares)
    weeks = sum(map(weight, range(weeks_before(since, as_of) + 1)))
    return readers / (weeks + ADDED_WEEKS)


def can_be_named(proven: int, since: int, as_of: int) -> bool:
    """Whether there is enough to go by. `proven`: shares that brought a reader."""
    return proven >= LEAST_SHARES and weeks_before(since, as_of) >= LEAST_WEEKS


def word(since: int, as_of: int) -> str:
    """ "early", "steady", or nothing in between: how much there is to go by, on that day."""
    if as_of - since < EARLY:
        return "early"
    return "steady" if as_of - since > STEADY else ""


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be named, and their figures. `person` and `name` are None for who is counted without a name."""

    id: int
    person: str | None
    name: str | None
    score: float
    readers: int
    since: int


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Best first; equal ones by readers, then by name, those without one last."""
    return sorted(candidates, key=_place)


def _place(one: Candidate) -> tuple[float, int, bool, str, int]:
    # To the sixth digit: what was added up in another order is equal still.
    return -round(one.score, 6), -one.readers, one.name is None, by_name(one.name or ""), one.id


def worth_keeping(candidates: Iterable[Candidate]) -> list[Candidate]:
    """What lists, badges, risers and concentration of later are made from: the best by score, and by readers."""
    best = ranked(candidates)
    most = sorted(best, key=lambda one: -one.readers)[:KEPT]
    return best[:KEPT] + [one for one in most if one not in best[:KEPT]]


def how_many(staff: int) -> int:
    """How long the list is: two in a hundred, five at least, twenty-five at most."""
    return min(LONGEST, max(SHORTEST, round(staff / ONE_IN)))


def badges(weeks: Sequence[Sequence[Candidate]], many: int) -> set[int]:
    """Who wears a badge after these weeks, the rankings of which are given, oldest first.

    It comes with a place on the list, and stays until half as far below.
    """
    worn: set[int] = set()
    for ranking in weeks:
        listed = {one.id for one in ranking[:many]}
        worn = listed | worn & {one.id for one in ranking[: int(STAYS * many)]}
    return worn


def weekly_days(as_of: int) -> list[int]:
    """The days whose rankings are looked at for this one, oldest first."""
    return [as_of - WEEK * back for back in range(WEEKS_OF_BADGES, -1, -1)]


def risers(ranking: Iterable[Candidate], listed_before: Collection[int]) -> list[Candidate]:
    """The best of those who were not on the list a month ago."""
    return [one for one in ranking if one.id not in listed_before][:RISERS]


@dataclass(frozen=True)
class Brought:
    """What one share brought by the day that is asked about."""

    story: str
    readers: int


@dataclass(frozen=True)
class Evidence:
    """Why somebody is on the list: so many shares, so many readers, most of them from one story."""

    shares: int
    readers: int
    story: str


def evidence(brought: Sequence[Brought]) -> Evidence:
    """What the figures of one person rest on; of equal stories the first by title."""
    by_story: dict[str, int] = {}
    for one in brought:
        by_story[one.story] = by_story.get(one.story, 0) + one.readers
    best = min(by_story, key=lambda story: (-by_story[story], story), default="")
    return Evidence(len(brought), sum(by_story.values()), best)


def flags(brought: Sequence[Brought]) -> list[str]:
    """What somebody of comms may want to look at; never more than a hint.

    "too_even": shares that bring nearly the same each, as a script does. "one_story": all readers came for one story.
    """
    found = []
    counts = [one.readers for one in brought]
    if len(counts) >= EVEN_SHARES and fmean(counts) >= EVEN_READERS and pvariance(counts) < EVEN_SPREAD * fmean(counts):
        found.append("too_even")
    if len({one.story for one in brought if one.readers}) == 1:
        found.append("one_story")
    return found


def concentration(readers: Iterable[int], total: int) -> tuple[int, int] | None:
    """How many people bring how much of a hundred: "5 people bring 62 % of readers". None while nobody reads."""
    best = sorted(readers, reverse=True)[:FEW]
    return (len(best), round(100 * sum(best) / total)) if best and total else None


@dataclass(frozen=True)
class Team:
    """A team, of how many people, and how many readers they brought together; `took_part`: how many of them did."""

    name: str
    heads: int
    readers: int
    took_part: int = 0

    @property
    def told_part(self) -> int | None:
        """How many took part, where that can be told beside what they brought."""
        return self.took_part if self.took_part >= LEAST_TOLD else None


def readers_a_head(teams: Sequence[Team]) -> list[tuple[Team, float]]:
    """Teams of five or more, best first, each with ten average colleagues added: a small one does not win by luck."""
    heads = sum(team.heads for team in teams)
    if not heads:
        return []
    average = sum(team.readers for team in teams) / heads
    found = [
        (team, (team.readers + AVERAGE_COLLEAGUES * average) / (team.heads + AVERAGE_COLLEAGUES))
        for team in teams
        if team.heads >= SMALLEST_TEAM
    ]
    return sorted(found, key=lambda one: (-one[1], one[0].name))
