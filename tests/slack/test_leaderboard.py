"""`/passalong leaderboard`, as people read it."""

from datetime import UTC, datetime

import pytest

from bot.domain.people import Profile, Standing
from bot.store import people
from tests.slack.boards import board, dutch, english
from tests.slack.passing_along import Company


@pytest.fixture
def company(march, stand):
    return Company(stand)


@pytest.fixture
def measured(march, public_stand):
    """Where links can be followed."""
    return Company(public_stand)


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
        "Readers aren't counted here, as there is no public address for personal links: "
        "this is what colleagues say they passed along.",
    ]


def test_in_dutch_and_without_ones_name(company):
    company.story("Reef")
    user = company.pass_along(dutch(company), "Reef")
    assert board(company, user, "leaderboard deze week") == [
        "Ranglijst",
        "Deze week",
        "Hier staan geen namen: niemand die deze week iets doorgaf, koos ervoor met naam op de lijst te staan.",
        "Doorgegeven door 1 persoon, samen 1 keer.",
        "Alleen voor jou: 1 verhaal, goed voor plaats 1. Je naam staat niet op de lijst.",
        "Lezers worden hier niet geteld, want er is geen openbaar adres voor persoonlijke links: "
        "dit is wat collega's zeggen dat ze doorgaven.",
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


def test_by_readers_where_links_can_be_followed(measured):
    reef, bakery = measured.story("Reef"), measured.story("Bakery")
    first = english(measured)
    second, third, fourth = [n for n in range(20) if n != first][:3]
    for title in ("Reef", "Bakery"):
        measured.stands(measured.pass_along(fourth, title))
    for number, story, readers in [(first, reef, 2), (first, bakery, 1), (second, reef, 1200), (third, bakery, 5)]:
        user = measured.follow(number, story, readers)
        measured.stands(user, Standing.UNNAMED if number == third else Standing.NAMED)
    assert board(measured, measured.staff[first].id) == [
        "Leaderboard",
        "This month",
        f"1. {measured.staff[second].real_name}, 1,200 readers",
        f"2. {measured.staff[first].real_name}, 3 readers",
        "3 colleagues brought 1,208 readers in all.",
        "Just for you: number 2, with 3 readers.",
        "Readers are people outside who followed a colleague's personal link. "
        "Robots, previews and colleagues aren't among them.",
        "Counted up to now.",
    ]
    assert not any("Just for you" in line for line in board(measured, measured.staff[fourth].id))


def test_one_reader_in_dutch_and_without_ones_name(measured):
    number = dutch(measured)
    measured.story("Bakery")
    measured.pass_along(number, "Bakery")
    user = measured.follow(number, measured.story("Reef"), 1)
    assert board(measured, user, "leaderboard 30 dagen") == [
        "Ranglijst",
        "De laatste 30 dagen",
        "Hier staan geen namen: niemand van wie de laatste 30 dagen een link werd gevolgd, "
        "koos ervoor met naam op de lijst te staan.",
        "De links van 1 collega leverden 1 lezer op.",
        "Alleen voor jou: 1 lezer, goed voor plaats 1. Je naam staat niet op de lijst.",
        "Lezers zijn mensen van buiten die de persoonlijke link van een collega volgden. "
        "Robots, voorvertoningen en collega's tellen niet mee.",
        "Geteld tot nu toe.",
    ]


def test_before_the_first_reader_the_board_says_that_they_are_counted_from_now_on(measured):
    measured.story("Reef")
    user = measured.pass_along(english(measured), "Reef")
    measured.stands(user)
    assert board(measured, user) == [
        "Leaderboard",
        "Readers are counted from now on: people outside who follow the personal link you share. "
        "Nobody has come by yet.",
    ]


def test_a_week_without_readers_after_one_with_them(measured):
    user = measured.follow(english(measured), measured.story("Reef"), 3)
    measured.stand.clock.step(days=7)
    measured.stand.work()
    lines = board(measured, user, "leaderboard week")
    assert lines[1:3] == ["This week", "No readers this week yet. No hurry: the good stories are in the channel."]
    assert "1 colleague brought 3 readers." in board(measured, user)


def test_readers_of_who_left_are_nowhere_until_they_come_back(measured):
    number = english(measured)
    story = measured.story("Reef")
    other = measured.follow(number + 1, story, 1)
    user = measured.follow(number, story, 4)
    measured.stands(user, Standing.OUT)
    assert "1 colleague brought 1 reader." in board(measured, other)
    measured.stands(user)
    assert "2 colleagues brought 5 readers in all." in board(measured, other)
