"""Whom a week's digest thanks, and which week it is about."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.digest import is_too_late, thank, week_until, week_up_to_now
from bot.domain.leaderboard import Tally
from bot.domain.setup import WeeklyTime

FRIDAY = WeeklyTime(4, time(15, 0))
ZONE = "Europe/Amsterdam"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "hours"),
    [(utc(2026, 3, 6, 14), 168), (utc(2026, 4, 3, 13), 167), (utc(2026, 10, 30, 14), 169)],
)
def test_a_week_goes_from_digest_to_digest_when_the_clocks_change_too(end, hours):
    week = week_until(FRIDAY, ZONE, end)
    assert (week.end, week.end - week.start) == (end, timedelta(hours=hours))


def test_weeks_meet():
    week = week_until(FRIDAY, ZONE, utc(2026, 4, 3, 13))
    assert week_until(FRIDAY, ZONE, week.start).end == week.start


def test_the_week_up_to_now_begins_at_the_last_digest():
    assert week_up_to_now(FRIDAY, ZONE, utc(2026, 3, 9, 8)).start == utc(2026, 3, 6, 14)
    assert week_up_to_now(None, ZONE, utc(2026, 3, 9, 8)).start == utc(2026, 3, 2, 8)


def test_two_days_late_is_just_in_time():
    due = utc(2026, 3, 6, 14)
    assert not is_too_late(due, due + timedelta(days=2))
    assert is_too_late(due, due + timedelta(days=2, seconds=1))


def test_five_names_and_the_rest_is_counted():
    tallies = [Tally(n, f"Person {n}", 10 - n) for n in range(7)] + [Tally(8, None, 20)]
    found = thank(tallies, known={t.person_id for t in tallies}, before=[])
    assert found.names == ("Person 0", "Person 1", "Person 2", "Person 3", "Person 4")
    assert found.others == 3


def test_newcomers_by_name_and_those_without_by_number():
    tallies = [Tally(1, "Zoë", 1), Tally(2, "Anna", 1), Tally(3, None, 1), Tally(4, "Old", 1)]
    found = thank(tallies, known={4}, before=[])
    assert (found.newcomers, found.other_newcomers) == (("Anna", "Zoë"), 1)


def crowd(*more):
    """Five who are thanked anyway, and these."""
    return [Tally(100 + n, f"Top {n}", 9) for n in range(5)] + list(more)


@pytest.mark.parametrize(
    ("stories", "before", "rises"),
    [
        (3, [{1: 2}, {1: 1}], True),
        (2, [{}, {}], True),
        (2, [{1: 1}, {1: 2}], False),
        (1, [{}], False),
    ],
)
def test_who_rises(stories, before, rises):
    tallies = crowd(Tally(1, "Anna", stories))
    known = {tally.person_id for tally in tallies}
    assert ("Anna" in thank(tallies, known, before).risers) is rises


def test_who_is_new_or_nameless_does_not_rise():
    tallies = [Tally(1, "New", 3), Tally(2, None, 3)]
    assert thank(tallies, {2}, [{}]).risers == ()


def test_newcomers_and_risers_who_were_not_thanked_come_first():
    tallies = crowd(Tally(1, "Zoë", 2), Tally(2, "Anna", 2))
    everybody = {tally.person_id for tally in tallies}
    assert thank(tallies, set(), []).newcomers == ("Anna", "Top 0", "Top 1", "Top 2", "Zoë")
    assert thank(tallies, everybody, []).risers == ("Anna", "Top 0", "Top 1", "Top 2", "Zoë")


def test_in_a_small_company_the_same_name_may_stand_twice():
    found = thank([Tally(1, "Anna", 2)], set(), [])
    assert (found.names, found.newcomers, found.other_newcomers) == (("Anna",), ("Anna",), 0)
