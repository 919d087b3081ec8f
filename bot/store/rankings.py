"""Rankings that are kept, by the day they were of, so that nobody waits while a year of shares is added up.

Of each day there is a row of its own, and who came out best. Names and standing are read as they are now. A ranking is
made in three steps: begun under a name of one's own, counted, and put there if that name still stands. So nothing is
kept as true that was counted before what it rests on changed (`drop`), and two copies that make it at once do no harm.

A ranking that is stale is shown until the one that takes its place is made: nobody waits for that either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, text, update

from bot.domain.champions import KEPT, Candidate, Team
from bot.domain.people import Standing
from bot.store import champions
from bot.store.rows import insert_of
from bot.store.tables import link_days, links, people, ranking_days, rankings

SHOWN = tuple(standing for standing in Standing if standing.has_links)


@dataclass(frozen=True)
class Sums:
    """How many work here, all readers, whoever brought them, and readers a head of teams that are large enough."""

    staff: int
    readers: int
    teams: Sequence[tuple[Team, float]]


def kept_days(connection: Connection, until: int) -> set[int]:
    """The days up to this one whose ranking is here, true or stale."""
    query = select(ranking_days.c.as_of).where(ranking_days.c.as_of <= until, _is_kept())
    return set(connection.execute(query).scalars())


def true_days(connection: Connection, days: Iterable[int]) -> set[int]:
    """Of these days, those whose ranking is here, and nothing changed since that it rests on."""
    query = select(ranking_days.c.as_of).where(ranking_days.c.as_of.in_(list(days)), _is_true())
    return set(connection.execute(query).scalars())


def _is_true() -> ColumnElement[bool]:
    return and_(ranking_days.c.draft.is_(None), ranking_days.c.is_stale.is_(False))


def _is_kept() -> ColumnElement[bool]:
    """Also while the one that takes its place is being made."""
    return or_(ranking_days.c.draft.is_(None), ranking_days.c.is_stale)


def kept(connection: Connection, days: Iterable[int], *, whole: int) -> dict[int, list[Candidate]]:
    """By day, of days that are here: who came out best then and may be shown now, in no order.

    Those who are kept for their readers alone only of the day `whole`.
    """
    found: dict[int, list[Candidate]] = {day: [] for day in days}
    columns = rankings.c.as_of, people.c.id, people.c.user, people.c.name, people.c.standing
    query = select(*columns, rankings.c.score, rankings.c.readers, rankings.c.since)
    query = query.join(people, people.c.id == rankings.c.person_id)
    query = query.where(rankings.c.as_of.in_(list(found)), people.c.standing.in_(SHOWN), people.c.is_active)
    query = query.where(or_(rankings.c.place <= KEPT, rankings.c.as_of == whole))
    for day, *facts in connection.execute(query):
        found[day].append(champions.candidate(*facts))
    return found


def is_kept(connection: Connection, person_id: int, days: Iterable[int]) -> bool:
    """Whether this person came out well on any of these days."""
    mine = select(rankings.c.as_of).where(rankings.c.person_id == person_id, rankings.c.as_of.in_(list(days)))
    return connection.execute(mine.limit(1)).first() is not None


def sums(connection: Connection, as_of: int) -> Sums | None:
    """What was counted beside it, true or stale; None where there is no ranking of this day."""
    query = select(ranking_days).where(ranking_days.c.as_of == as_of, _is_kept())
    row = connection.execute(query).first()
    return None if row is None else Sums(row.staff, row.readers, [(Team(*team), a_head) for *team, a_head in row.teams])


def begin(connection: Connection, as_of: int, draft: str) -> bool:
    """Say that this one is being made. False: it is there. Who began it before, and did not end, is too late.

    One that is stale stays until then.
    """
    adding = insert_of(connection.dialect.name)(ranking_days).values(
        as_of=as_of, draft=draft, is_stale=False, staff=0, readers=0, teams=[]
    )
    mine = {"draft": adding.excluded.draft}
    wanted = or_(ranking_days.c.draft.is_not(None), ranking_days.c.is_stale)
    adding = adding.on_conflict_do_update(index_elements=["as_of"], set_=mine, where=wanted)
    return connection.execute(adding.returning(ranking_days.c.as_of)).first() is not None


def finish(connection: Connection, as_of: int, draft: str, found: Sequence[Candidate], sums: Sums) -> None:
    """Put it there, best first, unless what it rests on changed since it was begun; without who was deleted since."""
    teams = [[team.name, team.heads, team.readers, team.took_part, a_head] for team, a_head in sums.teams]
    mine = update(ranking_days).where(ranking_days.c.as_of == as_of, ranking_days.c.draft == draft)
    # People first, as by everybody who holds them.
    held = select(people.c.id).where(people.c.id.in_([one.id for one in found])).order_by(people.c.id)
    here = set(connection.execute(held.with_for_update(read=True, key_share=True)).scalars())
    done = mine.values(draft=None, is_stale=False, staff=sums.staff, readers=sums.readers, teams=teams)
    if not connection.execute(done).rowcount:
        return
    connection.execute(delete(rankings).where(rankings.c.as_of == as_of))
    if rows := [_row(as_of, place, one) for place, one in enumerate(found, 1) if one.id in here]:
        connection.execute(insert(rankings), rows)


def _row(as_of: int, place: int, one: Candidate) -> dict[str, Any]:
    facts = {"score": one.score, "readers": one.readers, "since": one.since}
    return {"as_of": as_of, "person_id": one.id, "place": place, **facts}


def drop(connection: Connection, since: int = 0) -> None:
    """What rankings of this day and later rest on changes in this transaction: they are made anew after it.

    The last that a transaction holds, after people and sums, as whoever makes a ranking holds people first.
    """
    if connection.dialect.name == "postgresql":
        # Whoever begins one now waits until what changes can be seen.
        connection.execute(text("LOCK TABLE ranking_days IN SHARE ROW EXCLUSIVE MODE"))
    later = ranking_days.c.as_of >= since
    connection.execute(delete(ranking_days).where(later, ~_is_kept()))
    connection.execute(update(ranking_days).where(later).values(draft=None, is_stale=True))


def count_again(connection: Connection, person_id: int) -> None:
    """Somebody may be shown who could not be: if they were read, they have their place in what is past too."""
    read = select(func.min(links.c.day)).join(link_days, links.c.id == link_days.c.link_id)
    first = connection.execute(read.where(links.c.person_id == person_id, link_days.c.for_person > 0)).scalar()
    if first is not None:
        drop(connection, since=first)


def forget_before(connection: Connection, as_of: int) -> None:
    """Rankings of days before this."""
    connection.execute(delete(ranking_days).where(ranking_days.c.as_of < as_of))
