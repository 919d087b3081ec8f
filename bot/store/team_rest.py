"""What stays of those who left, or were deleted: sums of their team, which are nobody's any more.

A person gives theirs when they go, and takes them back when they come again. Who comes again is known (`people.rested`)
as long as they are not deleted; of who was deleted there is nothing but the sums. Whoever gives or takes is held.
"""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, case, delete, func, select, update

from bot.domain.local_time import day_of
from bot.domain.people import Standing
from bot.domain.teams import Rest, RestOf, is_large_enough, rests_of
from bot.store import setup as setup_store
from bot.store.rows import insert_of
from bot.store.tables import people, reader_days, shares, team_rest
from bot.store.teams import heads

Days = tuple[int, int]


def give(connection: Connection, person_id: int) -> None:
    """This person is about to go. Of a team that is too small to hide them nothing is kept."""
    row = connection.execute(select(people.c.team, people.c.standing).where(people.c.id == person_id)).first()
    if row is None or row.team is None or row.standing == Standing.OUT:
        return
    if not is_large_enough(heads(connection).get(row.team, 0)):
        return
    _add(connection, row.team, person_id, 1)
    connection.execute(update(people).where(people.c.id == person_id).values(rested=row.team))


def take_back(connection: Connection, person_id: int) -> str | None:
    """This person is counted as such again, so not here as well. Answers whose sums they were in."""
    team = connection.execute(select(people.c.rested).where(people.c.id == person_id)).scalar()
    if team is not None:
        _add(connection, team, person_id, -1)
        connection.execute(delete(team_rest).where(team_rest.c.team == team, team_rest.c.value < 1))
        connection.execute(update(people).where(people.c.id == person_id).values(rested=None))
    return team


def give_again(connection: Connection, person_id: int, team: str | None) -> None:
    """What somebody who left took back for a moment, because something of it changed."""
    if team is not None:
        _add(connection, team, person_id, 1)
        connection.execute(update(people).where(people.c.id == person_id).values(rested=team))


def sums(connection: Connection, measure: str, period: RestOf, days: Days) -> Mapping[str, int]:
    """What is left of those who went, by team, in the periods that begin on these days."""
    query = select(team_rest.c.team, func.sum(team_rest.c.value)).group_by(team_rest.c.team)
    query = query.where(team_rest.c.period == period, team_rest.c.day.between(*days), team_rest.c.measure == measure)
    return {team: int(number) for team, number in connection.execute(query)}


def rename(connection: Connection, called: Mapping[str, str]) -> None:
    """Teams are called otherwise, by what they were called, all at once: one may take another's name.

    Each keeps what it has; there may be one of that name already.
    """
    # People first, like whoever goes or comes.
    for column in (people.c.team, people.c.rested):
        renamed = case(called, value=column, else_=column)
        connection.execute(update(people).where(column.in_(called)).values({column.name: renamed}))
    were_theirs = team_rest.c.team.in_(called)
    rows = connection.execute(select(team_rest).where(were_theirs)).all()
    connection.execute(delete(team_rest).where(were_theirs))
    for before, after in sorted(called.items()):
        _put(connection, after, {Rest(r.measure, RestOf(r.period), r.day): r.value for r in rows if r.team == before})


def forget_small(connection: Connection) -> None:
    """Of a team that is too small by now to hide anybody, what was left behind goes; who comes again brings it anew."""
    small = [team for team, number in heads(connection).items() if not is_large_enough(number)]
    # People first, like whoever goes or comes.
    connection.execute(update(people).where(people.c.rested.in_(small)).values(rested=None))
    connection.execute(delete(team_rest).where(team_rest.c.team.in_(small)))


def forget_before(connection: Connection, day: int, single_day: int) -> None:
    """Periods that began before this day, and single days before that one."""
    connection.execute(delete(team_rest).where(team_rest.c.day < day))
    is_single = team_rest.c.period == RestOf.DAY
    connection.execute(delete(team_rest).where(is_single, team_rest.c.day < single_day))


def _add(connection: Connection, team: str, person_id: int, sign: int) -> None:
    found = rests_of(*_ledger(connection, person_id))
    _put(connection, team, {rest: sign * value for rest, value in found.items()})


def _ledger(connection: Connection, person_id: int) -> tuple[list[tuple[int, int]], Counter[int]]:
    """Which stories they said they shared on which days, and how many readers they had on which."""
    zone = setup_store.load_setup(connection).zone
    theirs = shares.c.person_id == person_id, shares.c.said_at.is_not(None)
    said = connection.execute(select(shares.c.story_id, shares.c.said_at).where(*theirs))
    read = connection.execute(
        select(reader_days.c.day, reader_days.c.readers).where(reader_days.c.person_id == person_id)
    )
    return [(story, day_of(at, zone)) for story, at in said], Counter({row.day: int(row.readers) for row in read})


def _put(connection: Connection, team: str, found: Mapping[Rest, int]) -> None:
    rows = [
        {"period": rest.period, "day": rest.day, "measure": rest.measure, "team": team, "value": value}
        # In one order, so that those who change the same sums take turns.
        for rest, value in sorted(found.items(), key=lambda one: (one[0].period, one[0].day, one[0].measure))
        if value
    ]
    if rows:
        adding = insert_of(connection.dialect.name)(team_rest)
        more = {"value": team_rest.c.value + adding.excluded.value}
        connection.execute(adding.on_conflict_do_update(index_elements=list(team_rest.primary_key), set_=more), rows)
