"""Who the champions are on a day, and what that rests on. Asked for by comms; nothing is told to anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.show_teams import teams_for_comms
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
    risers,
    weekly_days,
    word,
)
from bot.domain.local_time import day_of
from bot.store import champions, rankings
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.rankings import Sums


@dataclass(frozen=True)
class Champion:
    """Somebody on the list. `word`: "early", "steady" or nothing; `flags`: hints (see `domain.champions.flags`)."""

    candidate: Candidate
    evidence: Evidence
    word: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Champions:
    """What comms sees, by the end of the day `as_of`, as Python numbers days.

    `badges` are numbers of people; `concentration`: how many bring how much of a hundred.
    """

    as_of: int
    listed: tuple[Champion, ...]
    risers: tuple[Champion, ...]
    badges: frozenset[int]
    concentration: tuple[int, int] | None
    teams: tuple[tuple[Team, float], ...]


@dataclass(frozen=True)
class Seen:
    """What comms sees of one person, and why. `place`: on the list, 0 for none; `as_of`: by the end of this day."""

    champion: Champion
    as_of: int
    place: int
    is_rising: bool
    has_badge: bool


@dataclass(frozen=True)
class _Places:
    """The ranking of a day, as far as it is kept, and who has which place in it."""

    ranking: Sequence[Candidate]
    listed: Sequence[Candidate]
    rising: Sequence[Candidate]
    badges: frozenset[int]


def shown_day(connection: Connection, now: datetime) -> int | None:
    """The day by whose end comms sees everything: the last one that was counted, with the weeks before it.

    None while none is kept: whoever asks hears that it is being counted, and waits for nothing.
    """
    yesterday = day_of(now, setup_store.load_setup(connection).zone) - 1
    here = rankings.kept_days(connection, yesterday)
    return max((day for day in here if here.issuperset(weekly_days(day))), default=None)


def shown_champions(connection: Connection, now: datetime) -> Champions | None:
    """What comms sees today, from what is kept; None while that is being counted.

    Nobody is in it where the company shows totals alone.
    """
    as_of = shown_day(connection, now)
    sums = None if as_of is None else rankings.sums(connection, as_of)
    if as_of is None or sums is None:
        return None
    return _as_set_up(connection, _champions(connection, as_of, sums, _kept(connection, as_of)))


def find_champions(connection: Connection, as_of: int, *, everybody: bool = False) -> Champions:
    """The list of this day (or everybody who can be named) with all that stands beside it, for who can wait.

    From the rankings that are kept where they are true, and counted elsewhere: it comes to the same. Nobody is in it
    where the company shows totals alone.
    """
    return _as_set_up(connection, find_by_person(connection, as_of, everybody=everybody))


def find_by_person(connection: Connection, as_of: int, *, everybody: bool = False) -> Champions:
    """The same whatever the company shows: for whoever runs the bot, who can read the database anyway."""
    kept = rankings.sums(connection, as_of)
    is_true = bool(rankings.true_days(connection, [as_of]))
    sums = kept if kept and is_true else replace(count_sums(connection, as_of), staff=staff_on(connection, as_of))
    everyone = ranked(champions.candidates(connection, as_of)) if everybody else None
    return _champions(connection, as_of, sums, _counted(connection, as_of), everyone)


def _as_set_up(connection: Connection, found: Champions) -> Champions:
    if setup_store.load_setup(connection).totals_only:
        return replace(found, listed=(), risers=(), badges=frozenset())
    return found


def _champions(
    connection: Connection,
    as_of: int,
    sums: Sums,
    weeks: Sequence[Sequence[Candidate]],
    everybody: Sequence[Candidate] | None = None,
) -> Champions:
    places = _places(weeks, sums.staff)
    shown = places.listed if everybody is None else everybody
    told = _told(connection, (*shown, *places.rising), as_of)
    return Champions(
        as_of=as_of,
        listed=tuple(told[one.id] for one in shown),
        risers=tuple(told[one.id] for one in places.rising),
        badges=places.badges,
        concentration=concentration((one.readers for one in places.ranking), sums.readers),
        teams=tuple(sums.teams),
    )


def seen_of(connection: Connection, person_id: int, now: datetime) -> Seen | None:
    """What comms sees of this person today; None while they are on no list, rise nowhere and have no badge.

    And while it is being counted: then comms sees nobody.
    """
    as_of = shown_day(connection, now)
    if as_of is None or not rankings.is_kept(connection, person_id, weekly_days(as_of)):
        return None
    places = _places(_kept(connection, as_of), staff_on(connection, as_of))
    place = next((place for place, one in enumerate(places.listed, 1) if one.id == person_id), 0)
    is_rising = any(one.id == person_id for one in places.rising)
    has_badge = person_id in places.badges
    if not (place or is_rising or has_badge):
        return None
    told = _told(connection, [one for one in places.ranking if one.id == person_id], as_of)
    return Seen(told[person_id], as_of, place, is_rising, has_badge)


def rank_champions(connection: Connection, as_of: int, *, everybody: bool) -> list[Champion]:
    """The list of this day alone, or everybody who can be named, best first. Days are as Python numbers them."""
    found = ranked(champions.candidates(connection, as_of))
    if not everybody:
        found = found[: how_many(staff_on(connection, as_of))]
    return list(_told(connection, found, as_of).values())


def count_sums(connection: Connection, as_of: int) -> Sums:
    """All readers up to this day, and what teams brought that are large enough to be shown."""
    readers = champions.readers_by_person(connection, as_of)
    return Sums(champions.count_staff(connection), sum(readers.values()), teams_for_comms(connection, as_of))


def staff_on(connection: Connection, as_of: int) -> int:
    """How many worked here that day, as it was kept; where it was not, how many do today."""
    sums = rankings.sums(connection, as_of)
    return champions.count_staff(connection) if sums is None else sums.staff


def _places(weeks: Sequence[Sequence[Candidate]], staff: int) -> _Places:
    many = how_many(staff)
    now, month_ago = weeks[-1], weeks[-1 - MONTH // WEEK]
    rising = risers(now, {one.id for one in month_ago[:many]})
    return _Places(now, now[:many], rising, frozenset(badges(weeks, many)))


def _kept(connection: Connection, as_of: int) -> list[list[Candidate]]:
    """The rankings of the weeks up to this day, as they are kept."""
    days = weekly_days(as_of)
    kept = rankings.kept(connection, days, whole=as_of)
    return [ranked(kept[day]) for day in days]


def _counted(connection: Connection, as_of: int) -> list[list[Candidate]]:
    """The same, counted now where what is kept is not true."""
    days = weekly_days(as_of)
    kept = rankings.kept(connection, rankings.true_days(connection, days), whole=as_of)
    return [ranked(kept[day] if day in kept else champions.candidates(connection, day)) for day in days]


def _told(connection: Connection, found: Iterable[Candidate], as_of: int) -> dict[int, Champion]:
    """These with what stands behind them, in their order."""
    people = {one.id: one for one in found}
    brought = champions.brought_by(connection, people, as_of)
    return {number: _champion(one, brought[number], as_of) for number, one in people.items()}


def _champion(one: Candidate, brought: list[Brought], as_of: int) -> Champion:
    return Champion(one, evidence(brought), word(one.since, as_of), tuple(flags(brought)))
