"""Who is in which team, and how many each has: numbers, without anybody's name. Who did nothing here has no row."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select, update

from bot.domain.people import Standing
from bot.domain.setup import TeamsFrom
from bot.store import named_settings
from bot.store import setup as setup_store
from bot.store.tables import people

STAFF = "staff"
"""The setting that says how many people work here, and in which team, as a file had it."""
HEADS = "team_heads"
"""The same, as Slack has it: with where that came from, and what each user group was called."""

Numbers = Mapping[str, int]
"""By team."""


def heads(connection: Connection) -> Numbers:
    """How many people are in each team, as far as anybody said; under no name, those in none."""
    is_file = setup_store.load_setup(connection).teams_from is TeamsFrom.FILE
    return (named_settings.load(connection, STAFF) or {}) if is_file else _in_slack(connection)


def count_staff(connection: Connection) -> int:
    """How many people work here, as a file said, or as the user groups have it; 0 when nobody said."""
    told: tuple[Numbers, ...] = (named_settings.load(connection, STAFF) or {}), _in_slack(connection)
    return max(sum(numbers.values()) for numbers in told)


def keep_staff(connection: Connection, teams: Numbers, now: datetime) -> None:
    """How many people work here, by team ("" for none), as a file says."""
    named_settings.save(connection, STAFF, dict(teams), now)


def source(connection: Connection) -> tuple[str, Mapping[str, str]]:
    """Where the teams of people's rows come from (a file: ""), and the names of the user groups, by id."""
    found = named_settings.load(connection, HEADS) or {}
    return found.get("source", ""), found.get("names", {})


def keep_heads(
    connection: Connection, source: str, teams: Numbers, now: datetime, names: Mapping[str, str] | None = None
) -> None:
    """How many each team has, as Slack says, and what the user groups are called; a write only where that changed."""
    value = {"source": source, "heads": dict(teams), "names": dict(names or {})}
    if (named_settings.load(connection, HEADS) or {}) != value:
        named_settings.save(connection, HEADS, value, now)


def of_person(connection: Connection, person_id: int) -> str | None:
    """The team somebody is in."""
    return connection.execute(select(people.c.team).where(people.c.id == person_id)).scalar()


def of_everybody(connection: Connection) -> list[tuple[int, str, str | None]]:
    """Id, Slack id and team of everybody who takes part."""
    query = select(people.c.id, people.c.user, people.c.team).where(people.c.standing != Standing.OUT)
    return [(row.id, row.user, row.team) for row in connection.execute(query.order_by(people.c.id))]


def put_in(connection: Connection, found: Mapping[int, str | None]) -> None:
    """From now on these people are in these teams."""
    rows = [{"person": person, "in_team": team} for person, team in sorted(found.items())]
    if rows:
        same = people.c.id == bindparam("person"), people.c.standing != Standing.OUT
        connection.execute(update(people).where(*same).values(team=bindparam("in_team")), rows)


def forget_teams(connection: Connection) -> None:
    """Nobody is in a team as far as we know, until a file or Slack says so."""
    where = or_(people.c.team.is_not(None), people.c.team_day.is_not(None))
    connection.execute(update(people).where(where).values(team=None, team_day=None))


def to_ask(connection: Connection, before: int, most: int) -> list[tuple[int, str]]:
    """Id and Slack id of people whose profile was not looked at since this day; who is new here comes first."""
    query = select(people.c.id, people.c.user).where(people.c.standing != Standing.OUT, people.c.is_active)
    query = query.where(or_(people.c.team_day.is_(None), people.c.team_day <= before))
    query = query.order_by(func.coalesce(people.c.team_day, 0), people.c.id).limit(most)
    return [(row.id, row.user) for row in connection.execute(query)]


def note_team(connection: Connection, person_id: int, team: str | None, day: int) -> None:
    """What their profile says today. Who left meanwhile is left alone."""
    here = people.c.id == person_id, people.c.standing != Standing.OUT
    connection.execute(update(people).where(*here).values(team=team, team_day=day))


def count_heads(connection: Connection) -> Counter[str]:
    """How many people of each team did something here, whatever they chose: a number, no more."""
    query = select(people.c.team, func.count()).where(people.c.team.is_not(None), people.c.is_active)
    found = connection.execute(query.group_by(people.c.team))
    return Counter({row.team: int(row[1]) for row in found})


def _in_slack(connection: Connection) -> Numbers:
    found: Numbers = (named_settings.load(connection, HEADS) or {}).get("heads", {})
    return found
