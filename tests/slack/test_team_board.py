"""`/passalong leaderboard team`, as people read it; and a company that shows teams and totals alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.people import Standing
from bot.store import people, teams
from bot.store import setup as setup_store
from tests.slack.boards import board, dutch, english
from tests.slack.passing_along import Company

BY_TEAM = [
    "By team, this month",
    "1. Coral &lt;reef&gt;, 0.5 readers a head",
    "2. Bakery, 0.2 readers a head",
    "Just for you: your team, Coral &lt;reef&gt;, is number 1, with 0.5 readers a head.",
    "Teams of five people or more, counted a head. Ten average colleagues are added to each, "
    "so that no small team wins by luck.",
]
READERS_ARE = (
    "Readers are people outside who followed a colleague's personal link. "
    "Robots, previews and colleagues aren't among them."
)
HEADS = {"Coral <reef>": 10, "Bakery": 10, "Small": 4}


@pytest.fixture
def company(march, stand):
    return Company(stand)


@pytest.fixture
def measured(march, public_stand):
    return Company(public_stand)


def in_team(company, user, team):
    def work(connection):
        teams.keep_staff(connection, HEADS, company.stand.clock())
        teams.put_in(connection, {people.by_user(connection, user).id: team})

    company.write(work)


def totals_only(company):
    def work(connection):
        setup = replace(setup_store.load_setup(connection), totals_only=True)
        assert setup_store.save_setup(connection, setup, company.stand.clock())

    company.write(work)


def three_teams(measured):
    """One reader each for a person of a small team and of the Bakery, six for somebody of the reef."""
    story, first = measured.story("Reef"), english(measured)
    found = []
    for number, (team, readers) in enumerate([("Coral <reef>", 6), ("Bakery", 1), ("Small", 1)]):
        found.append(measured.follow((first + number) % len(measured.staff), story, readers))
        in_team(measured, found[-1], team)
    return found


def test_by_team_with_ones_own_below(measured):
    reef, _, small = three_teams(measured)
    assert board(measured, reef, "leaderboard team") == [
        "Leaderboard by team",
        *BY_TEAM,
        READERS_ARE,
    ]
    assert not any("Just for you" in line for line in board(measured, small, "leaderboard week team"))


def test_stories_a_head_while_readers_are_not_counted(company):
    company.story("Reef")
    user = company.pass_along(dutch(company), "Reef")
    in_team(company, user, "Bakery")
    lines = board(company, user, "leaderboard per team deze week")
    assert lines[:3] == ["Ranglijst per team", "Per team, deze week", "1. Bakery, 0,1 verhalen per persoon"]
    assert lines[-1].startswith("Lezers worden hier niet geteld")


def test_in_the_first_week_last_month_stands_beside_it(company, stand):
    company.story("Reef")
    in_team(company, company.pass_along(english(company), "Reef"), "Bakery")
    stand.clock.to(datetime(2026, 4, 2, 8, 0, tzinfo=UTC))
    lines = board(company, company.staff[english(company)].id, "leaderboard team")
    assert [line for line in lines if line.startswith("By team")] == ["By team, this month", "By team, last month"]
    assert lines[2].startswith("No team of five people or more has anything here this month yet.")


def test_nobody_said_which_teams_there_are(company):
    company.story("Reef")
    user = company.pass_along(english(company), "Reef")
    assert board(company, user, "leaderboard team")[1].startswith("I don't know of any team of five people or more.")


def test_with_totals_only_the_board_has_teams_and_nobody(measured):
    reef, *_ = three_teams(measured)
    measured.stands(reef, Standing.NAMED)
    totals_only(measured)
    assert board(measured, reef) == [
        "Leaderboard",
        "This month",
        "3 colleagues brought 8 readers in all.",
        "Just for you: 6 readers. Thank you!",
        *BY_TEAM,
        "Your company shows teams and totals only: nobody is here by name. Your own number is for you alone.",
        READERS_ARE,
        "Counted up to now.",
    ]
    assert not any("team" in line for line in board(measured, reef) if line.startswith("I don't know"))
