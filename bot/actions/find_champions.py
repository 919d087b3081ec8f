"""Who the champions are on a day, and what that rests on. Asked for by comms; nothing is told to anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.champions import (
    MONTH,
    WEEK,
    Brought,
    Candidate,
    Evidence,
    Team,
    badges,
    concentration,
    evidence,
    flags,
    how_many,
    ranked,
    readers_a_head,
    risers,
    word,
)
from bot.store import champions
from bot.store.engine import Connection

WEEKS_OF_BADGES = 8
"""How far back is looked for who had one."""


@dataclass(frozen=True)
class Champion:
    """Somebody on the list. `word`: "early", "steady" or nothing; `flags`: hints (see `domain.champions.flags`)."""

    candidate: Candidate
    evidence: Evidence
    word: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Champions:
    """What comms sees. `badges` are numbers of people; `concentration`: how many bring how much of a hundred."""

    listed: tuple[Champion, ...]
    risers: tuple[Champion, ...]
    badges: frozenset[int]
    concentration: tuple[int, int] | None
    teams: tuple[tuple[Team, float], ...]


def find_champions(connection: Connection, as_of: int, *, everybody: bool = False) -> Champions:
    """The list of this day (or everybody who can be named) with all that stands beside it."""
    many = how_many(champions.count_staff(connection))
    weeks = [ranked(champions.candidates(connection, as_of - WEEK * back)) for back in range(WEEKS_OF_BADGES, -1, -1)]
    now, month_ago = weeks[-1], weeks[-1 - MONTH // WEEK]
    rising = risers(now, {one.id for one in month_ago[:many]})
    readers = champions.readers_by_person(connection, as_of)
    shown = now if everybody else now[:many]
    told = _told(connection, (*shown, *rising), as_of)
    return Champions(
        listed=tuple(told[one.id] for one in shown),
        risers=tuple(told[one.id] for one in rising),
        badges=frozenset(badges(weeks, many)),
        concentration=concentration((one.readers for one in now), sum(readers.values())),
        teams=tuple(readers_a_head(champions.count_teams(connection, readers))),
    )


def rank_champions(connection: Connection, as_of: int, *, everybody: bool) -> list[Champion]:
    """The list of this day alone, or everybody who can be named, best first. Days are as Python numbers them."""
    found = ranked(champions.candidates(connection, as_of))
    if not everybody:
        found = found[: how_many(champions.count_staff(connection))]
    return list(_told(connection, found, as_of).values())


def _told(connection: Connection, found: Iterable[Candidate], as_of: int) -> dict[int, Champion]:
    """These with what stands behind them, in their order."""
    people = {one.id: one for one in found}
    brought = champions.brought_by(connection, people, as_of)
    return {number: _champion(one, brought[number], as_of) for number, one in people.items()}


def _champion(one: Candidate, brought: list[Brought], as_of: int) -> Champion:
    return Champion(one, evidence(brought), word(one.since, as_of), tuple(flags(brought)))
