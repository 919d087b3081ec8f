"""Teams: the board of a period, with the asker's own for them alone; what comms sees of them; the team of the week."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.champions import Team, readers_a_head
from bot.domain.digest import Week
from bot.domain.leaderboard import Measure, Period, PeriodName, is_first_week, period_of
from bot.domain.local_time import day_of
from bot.domain.scores import is_kept
from bot.domain.setup import Setup
from bot.domain.teams import (
    TeamBoard,
    TeamLeaderboard,
    first_week_shown,
    is_by_part,
    is_large_enough,
    make_team_board,
    team_of_the_week,
)
from bot.store import scores, team_sums, teams
from bot.store import setup as setup_store
from bot.store.engine import Connection


def show_teams(desk: Desk, asker: Asker, name: PeriodName, now: datetime) -> TeamLeaderboard:
    """The board by team; while a month is in its first week, last month stands beside it."""
    me = asker.person.id if asker.person is not None and asker.person.is_in else None
    measure = Measure.READ if desk.public_url else Measure.SAID
    return desk.store.read(lambda connection: find_teams(connection, measure, me, name, now))


def find_teams(
    connection: Connection, measure: Measure, me: int | None, name: PeriodName, now: datetime
) -> TeamLeaderboard:
    """The same; `me` is a person's id, None for who has no line of their own."""
    setup = setup_store.load_setup(connection)
    mine = None if me is None else teams.of_person(connection, me)
    board, before = _board(connection, measure, period_of(name, now, setup.zone), setup, mine), None
    if name is PeriodName.MONTH and is_first_week(now, setup.zone):
        before = _board(connection, measure, period_of(PeriodName.LAST_MONTH, now, setup.zone), setup, mine)
    return TeamLeaderboard(
        board,
        before if before is not None and before.rows else None,
        measure,
        is_known=any(is_large_enough(heads) for team, heads in teams.heads(connection).items() if team),
        is_by_part=is_by_part(setup.teams_from),
    )


def teams_for_comms(connection: Connection, as_of: int) -> tuple[tuple[Team, float], ...]:
    """Teams of five or more with a reader in the weeks up to this day, best first; and how many of each took part.

    Days are as Python numbers them.
    """
    zone = setup_store.load_setup(connection).zone
    scoring = scores.find_scoring(connection)
    whole = scoring is not None and scoring.is_whole and scoring.zone == zone
    found = team_sums.shown_to_comms(connection, (first_week_shown(as_of), as_of), zone, is_kept=whole)
    return tuple(one for one in readers_a_head(found) if one[0].readers > 0)


def find_team_of_the_week(connection: Connection, week: Week) -> str | None:
    """The team with most readers a head in the week's seven whole days, the last one the day before the digest's."""
    zone = setup_store.load_setup(connection).zone
    days = day_of(week.start, zone), day_of(week.end, zone) - 1
    return team_of_the_week(team_sums.read_on(connection, days))


def _board(connection: Connection, measure: Measure, period: Period, setup: Setup, mine: str | None) -> TeamBoard:
    kept = is_kept(scores.find_scoring(connection), period, setup.zone)
    found = team_sums.of_period(connection, measure, period, setup.zone, is_kept=kept)
    return make_team_board(period, found, mine)
