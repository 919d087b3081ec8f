"""Teams: who stands where, what is kept of those who left, and what somebody typed."""

import pytest

from bot.domain.champions import Team
from bot.domain.leaderboard import PeriodName, PeriodNotUnderstood, period_of
from bot.domain.setup import TeamsFrom
from bot.domain.teams import (
    TOOK_PART,
    OwnTeam,
    Rest,
    RestOf,
    TeamRow,
    first_week_shown,
    heads_by_team,
    is_by_part,
    make_team_board,
    parse_board,
    rests_of,
    shown_team,
    team_of_the_week,
)
from tests.conftest import MONDAY

MONTH = period_of(PeriodName.MONTH, MONDAY, "Europe/Amsterdam")
MON = MONDAY.toordinal()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", (PeriodName.MONTH, False)),
        ("team", (PeriodName.MONTH, True)),
        ("week team", (PeriodName.WEEK, True)),
        ("teams 30 days", (PeriodName.DAYS, True)),
        ("Quarter by team", (PeriodName.QUARTER, True)),
        ("per team deze week", (PeriodName.WEEK, True)),
        ("kwartaal afdelingen", (PeriodName.QUARTER, True)),
        ("30 dagen", (PeriodName.DAYS, False)),
    ],
)
def test_in_any_order(typed, expected):
    assert parse_board(typed) == expected


@pytest.mark.parametrize("typed", ["teamwork", "year team", "team fortnight"])
def test_anything_else_is_not_understood(typed):
    with pytest.raises(PeriodNotUnderstood):
        parse_board(typed)


def test_the_best_first_equals_by_name_none_without_readers_none_too_small():
    teams = [
        Team("Zwaan", 10, 20),
        Team("ärla", 10, 20),
        Team("Nobody", 10, 0),
        Team("Few", 4, 40),
        Team("Reef", 20, 60),
    ]
    board = make_team_board(MONTH, teams, "Zwaan")
    assert [(row.place, row.name) for row in board.rows] == [(1, "Reef"), (2, "ärla"), (2, "Zwaan")]
    assert board.own == OwnTeam("Zwaan", board.rows[2].a_head, 2)


def test_ten_colleagues_are_added_so_that_no_small_team_wins_by_luck():
    board = make_team_board(MONTH, [Team("Lucky", 5, 20), Team("Large", 95, 280)])
    average = 300 / 100
    assert [row.name for row in board.rows] == ["Lucky", "Large"]
    assert board.rows[0].a_head == round((20 + 10 * average) / 15, 1)
    few = make_team_board(MONTH, [Team("Lucky", 5, 15), Team("Large", 95, 300)])
    assert [row.name for row in few.rows] == ["Large", "Lucky"]


def test_no_last_places():
    teams = [Team(f"Team {number:02}", 10, number) for number in range(13)]
    board = make_team_board(MONTH, teams, "Team 01")
    assert len(board.rows) == 10
    assert board.own is not None
    assert board.own.place is None
    assert make_team_board(MONTH, teams, "Team 00").own is None, "no zero row, not even for themselves"


def test_no_row_reads_zero():
    board = make_team_board(MONTH, [Team("Large", 2000, 30), Team("Larger", 3000, 60)])
    assert board.decimals == 2
    assert board.rows == (TeamRow(1, "Large", 0.02), TeamRow(1, "Larger", 0.02))


def test_the_team_of_the_week_needs_another_one_and_a_reader():
    assert team_of_the_week([Team("Reef", 10, 5), Team("Few", 4, 9)]) is None
    assert team_of_the_week([Team("Reef", 10, 0), Team("Bakery", 10, 0)]) is None
    assert team_of_the_week([Team("Reef", 10, 5), Team("Bakery", 10, 0)]) == "Reef"
    assert team_of_the_week([Team("Zebra", 10, 5), Team("Ant", 10, 5)]) == "Ant"


def test_somebody_in_several_groups_is_in_the_first():
    by_user, heads = heads_by_team([("Reef", ["U1", "U2"]), ("Bakery", ["U2", "U3", "U4"])])
    assert by_user == {"U1": "Reef", "U2": "Reef", "U3": "Bakery", "U4": "Bakery"}
    assert heads == {"Reef": 2, "Bakery": 2}


def test_a_story_counts_once_a_period_and_readers_as_often_as_they_came():
    """Monday and the Monday after, on two networks; the second in another month."""
    later = MON + 35
    found = rests_of([(1, MON), (1, MON + 1), (1, later)], {MON: 2, MON + 1: 3})
    assert found[Rest("said", RestOf.WEEK, MON)] == 1
    assert found[Rest("said", RestOf.WEEK, later)] == 1
    assert {rest.day: n for rest, n in found.items() if rest.measure == "said" and rest.period == "day"} == {later: 1}
    assert found[Rest("read", RestOf.WEEK, MON)] == 5
    assert found[Rest("read", RestOf.DAY, MON + 1)] == 3
    assert {rest for rest in found if rest.measure == TOOK_PART} == {Rest(TOOK_PART, RestOf.WEEK, later)}
    assert rests_of([], {}) == {}


def test_a_name_on_one_line():
    assert shown_team("  Customer\n care\u200b ") == "Customer care"
    assert shown_team("\u200b \n") is None
    assert len(shown_team("x" * 99)) == 60


def test_what_comms_sees_is_of_thirteen_weeks():
    assert first_week_shown(MON) == MON - 12 * 7
    assert first_week_shown(MON + 6) == MON - 12 * 7
    assert is_by_part(TeamsFrom.FIELD)
    assert not is_by_part(TeamsFrom.GROUPS)
