"""Who is in which team, from where an admin said: user groups, or a field of people's profiles.

Of user groups the members are looked at in memory, and how many there are is kept; of the profile field only those are
asked for who did something here. A team stands in the row of a person, and nobody has a row for being in one.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.actions.desk import Desk, TeamLook
from bot.domain.local_time import day_of
from bot.domain.problems import Refused, ScopeMissing
from bot.domain.setup import Setup, TeamsFrom
from bot.domain.teams import heads_by_team, shown_team
from bot.store import team_rest, teams
from bot.store.engine import Connection

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
GROUPS_AT_ONCE = 10
"""A minute; Slack answers twenty."""
PROFILES_AT_ONCE = 20
"""A minute; Slack answers a hundred, and others ask for theirs."""
PROFILE_DAYS = 7
_FOR_GOOD = (Refused, ScopeMissing)
"""The plan or the scope is not there: what was known stays, and in an hour it may be otherwise."""


def refresh_teams(desk: Desk, now: datetime) -> None:
    """A little at a time. Raises TryLater; then it goes on where it was."""
    setup = desk.setup()
    if setup.teams_from is TeamsFrom.GROUPS and setup.team_groups:
        _by_groups(desk, setup, now)
        return
    # Should they come from groups again, those are looked at anew.
    desk.team_look.wanted = ()
    if setup.teams_from is TeamsFrom.FIELD and setup.team_field:
        _by_field(desk, setup, setup.team_field, now)
    else:
        _from(desk, TeamsFrom.FILE, now)


def _by_groups(desk: Desk, setup: Setup, now: datetime) -> None:
    look = desk.team_look
    if look.wanted == setup.team_groups and look.done_at is not None and look.done_at <= now < look.done_at + EVERY:
        return
    if look.wanted != setup.team_groups or look.done_at is not None:
        look.wanted, look.names, look.members, look.done_at = setup.team_groups, {}, {}, None
    try:
        _read_on(desk, look)
    except _FOR_GOOD as trouble:
        log.warning("Teams stay as they were, as Slack does not say who is in the user groups: %s", trouble)
        look.done_at = now
        return
    if all(group in look.members for group in look.wanted):
        _from(desk, TeamsFrom.GROUPS, now)
        found = [(look.names[group], members) for group, members in _in_order(look) if group in look.names]
        by_user, heads = heads_by_team(found)

        def put_teams(connection: Connection) -> None:
            _rename(connection, look.names)
            _put(connection, by_user)
            teams.keep_heads(connection, TeamsFrom.GROUPS, heads, now, look.names)
            team_rest.forget_small(connection)

        desk.store.write(put_teams)
        look.done_at = now


def _read_on(desk: Desk, look: TeamLook) -> None:
    if not look.names:
        named = {group.id: shown_team(group.name) or group.handle for group in desk.messenger.user_groups()}
        look.names = {group: named[group] for group in look.wanted if group in named}
    missing = [group for group in look.wanted if group not in look.members]
    for group in missing[:GROUPS_AT_ONCE]:
        # One that was taken away since is a team no more.
        look.members[group] = desk.messenger.group_members(group) if group in look.names else ()


def _in_order(look: TeamLook) -> list[tuple[str, tuple[str, ...]]]:
    return [(group, look.members[group]) for group in look.wanted]


def _rename(connection: Connection, names: Mapping[str, str]) -> None:
    """A user group that is called otherwise is the same team."""
    _, before = teams.source(connection)
    called = {before[group]: name for group, name in names.items() if before.get(group, name) != name}
    if called:
        team_rest.rename(connection, called)


def _put(connection: Connection, by_user: Mapping[str, str]) -> None:
    known = teams.of_everybody(connection)
    teams.put_in(connection, {id_: by_user.get(user) for id_, user, team in known if by_user.get(user) != team})


def _by_field(desk: Desk, setup: Setup, field: str, now: datetime) -> None:
    source, today = f"{TeamsFrom.FIELD}:{field}", day_of(now, setup.zone)
    _from(desk, source, now)
    to_ask = desk.store.read(lambda connection: teams.to_ask(connection, today - PROFILE_DAYS, PROFILES_AT_ONCE))
    found: dict[int, str | None] = {}
    try:
        for person, user in to_ask:
            found[person] = _in_profile(desk, user, field)
    except ScopeMissing as trouble:
        log.warning("Teams stay as they were, as Slack does not show profiles: %s", trouble)
    finally:
        if found:
            desk.store.write(lambda connection: _note(connection, found, source, today, now))


def _in_profile(desk: Desk, user: str, field: str) -> str | None:
    try:
        return shown_team(desk.messenger.in_profile(user, field))
    except Refused as refused:
        log.info("Somebody's profile cannot be read: %s", refused)
        return None


def _note(connection: Connection, found: Mapping[int, str | None], source: str, today: int, now: datetime) -> None:
    for person, team in sorted(found.items()):
        teams.note_team(connection, person, team, today)
    teams.keep_heads(connection, source, teams.count_heads(connection), now)
    team_rest.forget_small(connection)


def _from(desk: Desk, source: str, now: datetime) -> None:
    """Teams come from here from now on: those that were known from elsewhere are none any more."""

    def begin_anew(connection: Connection) -> None:
        teams.forget_teams(connection)
        teams.keep_heads(connection, source, {}, now)

    if desk.store.read(teams.source)[0] != source:
        desk.store.write(begin_anew)
