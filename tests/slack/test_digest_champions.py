"""What the digest for comms says of people: whom readers follow and why, and nothing that is for editors alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.actions.keep_rankings import keep_rankings
from bot.domain.people import Standing
from bot.store import setup as setup_store
from bot.store import stories
from bot.store.tables import people
from tests.conftest import Stand
from tests.slack.passing_along import Company

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)


@pytest.fixture
def company(tmp_path, clock):
    """Three weeks: somebody named, somebody without a name, and somebody who left, all with readers by two stories."""
    clock.to(FRIDAY - timedelta(days=22))
    stand = Stand(tmp_path, clock, public_url="https://go.example.com")
    found = Company(stand)
    reef, bakery = found.story("Reef <again>"), found.story("Bakery")
    for day in (21, 9, 3):
        clock.to(FRIDAY - timedelta(days=day))
        for number, readers in ((0, 5), (1, 3), (2, 40)):
            found.follow(number, reef, readers)
            found.follow(number, bakery, 1)
    found.stands(found.staff[0].id)
    found.stands(found.staff[1].id, Standing.UNNAMED)
    found.stands(found.staff[2].id, Standing.OUT)
    clock.to(FRIDAY)
    keep_rankings(found.desk.store, FRIDAY)
    yield found
    stand.close()


def comms_reads(company):
    for _ in range(2):
        company.stand.work()
        company.stand.clock.step(minutes=1)
    found = company.acts.messages(company.editor, company.comms)
    [*_, digest] = [message for message in found if message["text"].startswith("The week in stories, for comms")]
    return digest


NOBODYS = "Links of colleagues who take no part any more count here, not on leaderboards."


def test_why_boards_come_to_less_than_the_digest(company):
    """Somebody is out: their readers stay the story's. How many that are could be read from one number, so none is."""
    assert comms_reads(company)["text"].splitlines()[-1] == NOBODYS
    found = [m["text"] for m in company.acts.messages(company.editor, company.english)]
    staff = [text for text in found if text.startswith("The week in stories\n")][-1]
    assert "Friday 6 March" in staff
    assert staff.splitlines()[-1] == NOBODYS


def test_where_boards_come_to_the_same_nothing_is_said_of_it(company):
    company.stands(company.staff[2].id)
    assert NOBODYS not in comms_reads(company)["text"]


def test_champions_with_the_reason_for_each(company):
    digest = comms_reads(company)
    lines = digest["text"].splitlines()
    start = lines.index("Champions: whom readers follow, as of yesterday evening")
    name = company.staff[0].real_name
    assert lines[start + 1 : start + 5] == [
        f"{name}, about 3 readers a week: 2 shares, 18 readers, most from *Reef &lt;again&gt;*.",
        "Somebody without a name, about 2 readers a week: 2 shares, 12 readers, most from *Reef &lt;again&gt;*.",
        "2 people bring 20 % of readers.",
        "All of it, for editors: `/passalong champions`.",
    ]


def test_five_with_their_reason_and_who_else_rises(company):
    """Who stands above is not said to rise as well."""
    company.stand.clock.to(FRIDAY - timedelta(days=2))
    for number in range(3, 9):
        for story in (1, 2):
            company.follow(number, story, number)
        company.stands(company.staff[number].id, Standing.UNNAMED if number == 4 else Standing.NAMED)
    company.write(lambda c: c.execute(update(people).values(since=(FRIDAY - timedelta(days=22)).toordinal())))
    company.stand.clock.to(FRIDAY)
    keep_rankings(company.stand.house.desk.store, FRIDAY)
    lines = comms_reads(company)["text"].splitlines()
    assert sum("readers a week: " in line for line in lines) == 5
    above = [number for number in (0, 5, 6, 7, 8) if any(company.staff[number].real_name in line for line in lines)]
    assert len(above) == 5
    [rising] = [line for line in lines if "rising" in line]
    assert rising == f"Also rising, not on the list a month ago: {company.staff[3].real_name} and 2 without a name."


def test_hints_and_pings_and_whoever_left_are_not_in_a_channel(company):
    shown = json.dumps(comms_reads(company))
    assert "<@" not in shown
    assert "Scripted clicks" not in shown
    assert "All readers came for one story" not in shown
    for number in (1, 2):
        assert company.staff[number].real_name not in shown
        assert company.staff[number].id not in shown


def test_with_totals_only_nobody_is_there(company):
    setup = company.desk.store.read(setup_store.load_setup)
    company.write(lambda c: setup_store.save_setup(c, replace(setup, totals_only=True), setup_changed(company)))
    shown = comms_reads(company)["text"]
    assert company.staff[0].real_name not in shown
    assert "without a name" not in shown
    assert "2 people bring 20 % of readers." in shown
    assert "Your company shows team totals only, so nobody's figures stand here." in shown


def setup_changed(company):
    return company.stand.clock() - timedelta(days=1)


def test_a_story_that_was_not_for_people_says_so(company):
    company.stand.clock.to(FRIDAY - timedelta(days=2))
    story = company.story("Harbour")
    for _ in range(2):
        company.write(lambda c: stories.count_not_for_me(c, story))
    company.stand.clock.to(FRIDAY)
    lines = comms_reads(company)["text"].splitlines()
    assert lines[lines.index("Nobody picked these up") + 1] == "Harbour (“not for me”: 2 people)"
