"""`/passalong leaderboard`, as people read it."""

from datetime import UTC, datetime

import pytest

from bot.domain.people import Profile, Standing
from bot.store import people
from tests.slack.passing_along import Company, spoken


@pytest.fixture
def company(stand):
    stand.clock.to(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    return Company(stand)


def board(company, user, text="leaderboard"):
    found = company.say(text, user)
    assert found["response_type"] == "ephemeral"
    assert spoken(found["blocks"]) == found["text"]
    return found["text"].splitlines()


def english(company):
    return next(n for n, p in enumerate(company.staff) if p.locale.startswith("en"))


def dutch(company):
    return next(n for n, p in enumerate(company.staff) if p.locale.startswith("nl"))


def test_who_passed_along_by_name_and_the_rest_as_a_number(company):
    for title in ("Reef", "Bakery"):
        company.story(title)
    first, second, third = english(company), *[n for n in range(20) if n != english(company)][:2]
    for number, title in [(first, "Reef"), (first, "Bakery"), (second, "Reef"), (third, "Bakery")]:
        user = company.pass_along(number, title)
        company.stands(user, Standing.UNNAMED if number == third else Standing.NAMED)
    assert board(company, company.staff[first].id) == [
        "Leaderboard",
        "This month",
        f"1. {company.name(first)}, 2 stories",
        f"2. {company.name(second)}, 1 story",
        "Passed along by 3 people, 4 times in all.",
        "Just for you: number 1, with 2 stories.",
        "Readers aren't counted here: this is what colleagues say they passed along.",
    ]


def test_in_dutch_and_without_ones_name(company):
    company.story("Reef")
    user = company.pass_along(dutch(company), "Reef")
    assert board(company, user, "leaderboard deze week") == [
        "Ranglijst",
        "Deze week",
        "Hier staan geen namen: niemand die deze week iets doorgaf, wilde met naam op de lijst.",
        "Doorgegeven door 1 persoon, samen 1 keer.",
        "Alleen voor jou: 1 verhaal, goed voor plaats 1. Je naam staat niet op de lijst.",
        "Lezers worden hier niet geteld: dit is wat collega's zeggen dat ze doorgaven.",
    ]


def test_nothing_yet(company):
    lines = board(company, company.staff[english(company)].id)
    assert lines[1:3] == [
        "This month",
        "Nothing was passed along this month yet. No hurry: the good stories are in the channel.",
    ]


def test_in_the_first_week_last_month_stands_beside_it(company, stand):
    company.story("Reef")
    user = company.pass_along(english(company), "Reef")
    company.stands(user)
    stand.clock.to(datetime(2026, 4, 2, 8, 0, tzinfo=UTC))
    lines = board(company, user)
    assert [line for line in lines if line in ("This month", "Last month")] == ["This month", "Last month"]
    assert f"1. {company.name(english(company))}, 1 story" in lines
    assert "Last month" not in board(company, user, "leaderboard quarter")
    stand.clock.to(datetime(2026, 4, 8, 8, 0, tzinfo=UTC))
    assert "Last month" not in board(company, user)


def test_names_are_safe_and_ping_nobody(company):
    company.story("Reef")
    user = company.pass_along(english(company), "Reef")
    company.stands(user)
    company.write(lambda c: people.refresh(c, Profile(user, "T", "<!channel> & <@U123>")))
    found = company.say("leaderboard", user)
    assert "1. &lt;!channel&gt; &amp; &lt;@U123&gt;, 1 story" in found["text"]
    assert "<!" not in str(found)
    assert "<@" not in str(found)


def test_who_left_is_nowhere(company):
    company.story("Reef")
    left = company.pass_along(english(company), "Reef")
    company.stands(left, Standing.OUT)
    lines = board(company, left)
    assert lines[2].startswith("Nothing was passed along")
    assert not any("Just for you" in line for line in lines)


def test_an_unknown_period_is_answered_kindly(company):
    found = company.say("leaderboard fortnight", company.staff[english(company)].id)
    assert found["text"].startswith("I don't know that period. Try `/passalong leaderboard week`")
