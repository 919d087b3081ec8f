"""What somebody sees of their own readers on Home, week by week; for their eyes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.actions.answer_standing import answer_standing
from bot.actions.keep_rankings import keep_rankings
from bot.actions.own_readers import readers_a_week
from bot.actions.who_asks import who_asks
from bot.domain.first_pick import MOST
from bot.domain.local_time import day_of
from bot.domain.people import Standing
from bot.slack import ids
from bot.store import champions
from bot.store import setup as setup_store
from bot.store.people import refresh
from bot.store.tables import people
from tests.conftest import Stand
from tests.journeys.followed import follow, share_by_link
from tests.journeys.home_company import Company, buttons, text_of

NUMBER = "are good for number {} on the leaderboard of those days."


@pytest.fixture
def company(public_stand: Stand) -> Company:
    return Company(public_stand)


def read(company: Company, user: str, *weekly: int, title: str = "The reef") -> None:
    """One story, shared today, and so many readers a week from now on; it is then the last of these weeks."""
    [story] = company.post(title)
    company.said(user, story)
    code = share_by_link(company.desk, user, story, company.clock())
    for week, readers in enumerate(weekly):
        company.clock.step(days=7 if week else 0)
        follow(company.desk, code, company.clock(), readers=readers)


def test_weeks_are_drawn_and_told(company):
    read(company, company.reader, 3, 6, 2, 4)
    text = text_of(company.home(company.reader))
    assert "▅ █ ▄ ▆  (weeks of 2 Mar to 23 Mar; the highest is 6 readers)" in text
    assert "Readers a week: 4 so far this week, 2 last week and 6 in your best week." in text
    company.clock.step(days=7)
    assert "Readers a week: 4 last week and 6 in your best week." in text_of(company.home(company.reader))


def test_a_best_week_is_said_until_the_next_one(company):
    read(company, company.reader, 3, 6)
    assert "*Your best week yet: 6 readers.*" in text_of(company.home(company.reader))
    company.clock.step(days=5)
    assert "*Your best week yet: 6 readers.*" in text_of(company.home(company.reader)), "Saturday"
    company.clock.step(days=2)
    assert "best week yet" not in text_of(company.home(company.reader))


def test_lately_is_what_champions_are_found_by(company):
    read(company, company.reader, 12, 9, 0, 7)
    read(company, company.reader, 20, title="The bakery")
    company.clock.step(days=3)
    person, as_of = company.person(company.reader), day_of(company.clock(), "Europe/Amsterdam") - 1
    [candidate] = company.desk.store.read(lambda c: champions.candidates(c, as_of))
    mine = company.desk.store.read(lambda c: readers_a_week(c, person, as_of))
    assert mine == pytest.approx(candidate.score)
    text = text_of(company.home(company.reader))
    assert "Your best story: *<https://example.com/" in text
    assert "The reef>*, 28 readers." in text
    assert (
        f"Lately your shares brought about {round(candidate.score)} different readers a week (up to the end of 25 Mar)."
        in text
    )


def test_who_has_just_begun(company):
    read(company, company.reader, 1)
    text = text_of(company.home(company.reader))
    assert "Your first one. Thank you." in text
    assert "Readers a week: 1 so far this week." in text
    assert "▁" not in text
    assert "█" not in text
    company.clock.step(days=7)
    assert "Your first one" not in text_of(company.home(company.reader))


def test_the_first_one_is_thanked_for_without_readers_too(stand):
    company = Company(stand)
    first, second = company.post("The reef", "The bakery")
    company.said(company.reader, first)
    assert "Your first one. Thank you." in text_of(company.home(company.reader))
    company.clock.step(days=8)
    company.said(company.reader, second)
    text = text_of(company.home(company.reader))
    assert "Your first one" not in text
    assert "Your readers" not in text


def test_nobody_came_yet(company):
    [story] = company.post("The reef")
    share_by_link(company.desk, company.reader, story, company.clock())
    text = text_of(company.home(company.reader))
    assert "Your readers" in text
    assert "No hurry." in text
    assert "Readers a week" not in text


@pytest.mark.parametrize("standing", [Standing.UNASKED, Standing.OUT])
def test_who_is_not_counted_has_no_such_part(company, standing):
    [story] = company.post("The reef")
    company.said(company.reader, story)
    if standing is Standing.OUT:
        read(company, company.reader, 3, title="The bakery")
        answer_standing(company.desk, who_asks(company.desk, company.reader), Standing.OUT, company.clock())
    text = text_of(company.home(company.reader))
    assert "Your readers" not in text
    assert "best week" not in text


def test_a_place_is_told_as_a_number_but_never_the_last(company):
    read(company, company.reader, 9)
    read(company, company.lezer, 4, title="The bakery")
    company.stand.work()
    assert f"Your readers of the last 30 days {NUMBER.format(1)}" in text_of(company.home(company.reader))
    assert "goed voor plaats" not in text_of(company.home(company.lezer))
    company.clock.step(days=40)
    company.stand.work()
    assert "for number" not in text_of(company.home(company.reader))


@pytest.mark.parametrize("other", ["unnamed", "left", "out", "named"])
@pytest.mark.parametrize("is_named", [True, False])
def test_home_tells_the_number_that_the_leaderboard_tells(company, other, is_named):
    """Whoever is not on the board by name stands above nobody there, and so nowhere."""
    read(company, company.lezer, 9)
    read(company, company.reader, 4, title="The bakery")
    last = next(p.id for p in company.stand.company.staff if p.id not in (company.lezer, company.reader))
    read(company, last, 1, title="The harbour")
    for user, standing in ((company.reader, "named" if is_named else "unnamed"), (company.lezer, other)):
        standing = Standing.NAMED if standing == "left" else Standing(standing)
        answer_standing(company.desk, who_asks(company.desk, user), standing, company.clock())
    if other == "left":
        profile = replace(who_asks(company.desk, company.lezer).profile, is_active=False)
        company.desk.store.write(lambda c: refresh(c, profile))
    company.stand.work()
    number = 2 if other == "named" else 1
    home = text_of(company.home(company.reader))
    board = company.acts.command(company.reader, company.room, "/passalong leaderboard 30 days").payload["text"]
    assert NUMBER.format(number) in home
    assert f"number {number}" in board
    assert "Counted up to now." in board, "and Home's figure of lately says up to which day"


def test_where_nobody_is_shown_home_tells_no_number(company):
    read(company, company.reader, 9)
    read(company, company.lezer, 4, title="The bakery")
    setup = replace(company.desk.setup(), totals_only=True)
    company.desk.store.write(lambda c: setup_store.save_setup(c, setup, company.clock()))
    assert "for number" not in text_of(company.home(company.reader))


def test_the_week_turns_where_the_company_is(company):
    """On the Sunday on which summer time begins: just before and just after midnight in Amsterdam."""
    [story] = company.post("The reef")
    code = share_by_link(company.desk, company.reader, story, company.clock())
    monday = company.clock().replace(month=3, day=29, hour=22, minute=0)
    for at, readers in ((monday - timedelta(minutes=5), 2), (monday + timedelta(minutes=5), 3)):
        company.clock.to(at)
        follow(company.desk, code, at, readers=readers)
    text = text_of(company.home(company.reader))
    assert "Readers a week: 3 so far this week and 2 last week." in text
    assert "Your best week yet: 3 readers." in text


def test_in_dutch(company):
    read(company, company.lezer, 5, 8, 0, 6)
    text = text_of(company.home(company.lezer))
    assert "Jouw lezers" in text
    assert "▆ █ ▁ ▇  (weken van 2 mrt tot en met 23 mrt; de hoogste is 8 lezers)" in text
    assert "Lezers per week: 6 tot nu toe deze week en 8 in je beste week." in text


def test_a_guest_has_readers_like_anybody(company):
    guest = next(p.id for p in company.stand.company.staff if p.guest)
    read(company, guest, 2)
    assert "ezers per week: 2" in text_of(company.home(guest)) or "eaders a week: 2" in text_of(company.home(guest))


def test_where_nobody_is_shown_people_see_themselves(company):
    setup = replace(company.desk.setup(), totals_only=True)
    company.desk.store.write(lambda c: setup_store.save_setup(c, setup, company.clock()))
    read(company, company.reader, 3, 6)
    assert "Your best week yet: 6 readers." in text_of(company.home(company.reader))


def test_the_longest_titles_fit(company):
    """Slack, and so the sandbox, refuses a view whose texts are too long."""
    longest = "🐠" * 70 + " & <" * 20
    read(company, company.reader, 4, title=longest)
    read(company, company.reader, 5, 6, title=f"{longest} 2")
    company.clock.step(days=14)
    keep_rankings(company.desk.store, company.clock())
    for number in range(7):
        due_at = company.clock() + timedelta(hours=number + 1)
        company.queue(f"{longest} to come {number}", due_at=due_at, topics=("t" * 75,))
    company.desk.store.write(lambda c: c.execute(update(people).values(topics=["t" * 75])))
    view = company.home(company.reader)
    assert len(buttons(view, ids.PICK_FIRST)) == MOST
    assert "Your best story" in text_of(view)
    company.clock.step(hours=1)
    company.stand.work()
    assert [m for m in company.acts.direct(company.reader) if "Just out" in m["text"]]
