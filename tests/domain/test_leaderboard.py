"""Periods as the calendar has them, and who stands where."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaderboard import (
    PeriodName,
    PeriodNotUnderstood,
    Tally,
    is_first_week,
    make_board,
    parse_period,
    period_of,
    sum_up,
)

AMSTERDAM = "Europe/Amsterdam"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


MOMENTS = st.integers(0, 40 * 366 * 86_400).map(lambda seconds: utc(2000, 1, 1) + timedelta(seconds=seconds))


def board(*tallies, asker=None):
    return make_board(period_of(PeriodName.MONTH, utc(2026, 3, 4), AMSTERDAM), sum_up(tallies, asker))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", PeriodName.MONTH),
        ("month", PeriodName.MONTH),
        ("Maand", PeriodName.MONTH),
        ("  WEEK ", PeriodName.WEEK),
        ("deze week", PeriodName.WEEK),
        ("quarter", PeriodName.QUARTER),
        ("kwartaal", PeriodName.QUARTER),
        ("30 days", PeriodName.DAYS),
        ("30  dagen", PeriodName.DAYS),
        ("30d", PeriodName.DAYS),
    ],
)
def test_typed_periods(typed, name):
    assert parse_period(typed) is name


@pytest.mark.parametrize("typed", ["year", "jaar", "31 days", "last_month", "team", "week month", "days"])
def test_other_periods_are_not_understood(typed):
    with pytest.raises(PeriodNotUnderstood):
        parse_period(typed)


@pytest.mark.parametrize(
    ("name", "now", "start", "end"),
    [
        # A Monday at half past midnight in Amsterdam is still Sunday in UTC.
        (PeriodName.WEEK, utc(2026, 3, 1, 23, 30), utc(2026, 3, 1, 23), utc(2026, 3, 8, 23)),
        (PeriodName.WEEK, utc(2026, 3, 1, 22, 30), utc(2026, 2, 22, 23), utc(2026, 3, 1, 23)),
        # Weeks in which the clocks change: 167 and 169 hours.
        (PeriodName.WEEK, utc(2026, 3, 27), utc(2026, 3, 22, 23), utc(2026, 3, 29, 22)),
        (PeriodName.WEEK, utc(2026, 10, 20), utc(2026, 10, 18, 22), utc(2026, 10, 25, 23)),
        (PeriodName.MONTH, utc(2026, 3, 15), utc(2026, 2, 28, 23), utc(2026, 3, 31, 22)),
        (PeriodName.MONTH, utc(2026, 12, 31, 12), utc(2026, 11, 30, 23), utc(2026, 12, 31, 23)),
        (PeriodName.MONTH, utc(2024, 2, 29), utc(2024, 1, 31, 23), utc(2024, 2, 29, 23)),
        (PeriodName.LAST_MONTH, utc(2026, 1, 3), utc(2025, 11, 30, 23), utc(2025, 12, 31, 23)),
        (PeriodName.QUARTER, utc(2026, 3, 31, 21, 59), utc(2025, 12, 31, 23), utc(2026, 3, 31, 22)),
        (PeriodName.QUARTER, utc(2026, 3, 31, 22), utc(2026, 3, 31, 22), utc(2026, 6, 30, 22)),
        (PeriodName.QUARTER, utc(2026, 11, 5), utc(2026, 9, 30, 22), utc(2026, 12, 31, 23)),
        (PeriodName.DAYS, utc(2026, 3, 30, 12), utc(2026, 2, 28, 23), utc(2026, 3, 30, 22)),
    ],
)
def test_periods_follow_the_calendar_of_the_company(name, now, start, end):
    period = period_of(name, now, AMSTERDAM)
    assert (period.start, period.end) == (start, end)


@given(
    now=MOMENTS,
    name=st.sampled_from([PeriodName.WEEK, PeriodName.MONTH, PeriodName.QUARTER, PeriodName.DAYS]),
    zone=st.sampled_from([AMSTERDAM, "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_now_is_in_the_period_which_runs_from_midnight_to_midnight(now, name, zone):
    period = period_of(name, now, zone)
    assert period.start <= now < period.end
    for moment in (period.start, period.end):
        wall = moment.astimezone(ZoneInfo(zone))
        assert (wall.hour, wall.minute) == (0, 0)


@given(
    now=MOMENTS,
    name=st.sampled_from([PeriodName.WEEK, PeriodName.MONTH, PeriodName.QUARTER]),
)
def test_periods_meet_without_gap_or_overlap(now, name):
    period = period_of(name, now, AMSTERDAM)
    assert period_of(name, period.end, AMSTERDAM).start == period.end
    assert period_of(name, period.start - timedelta(microseconds=1), AMSTERDAM).end == period.start


def test_last_month_ends_where_this_one_begins():
    now = utc(2026, 3, 4)
    this, last = (period_of(name, now, AMSTERDAM) for name in (PeriodName.MONTH, PeriodName.LAST_MONTH))
    assert last.end == this.start


def test_the_first_week_of_a_month_is_that_of_the_company():
    assert is_first_week(utc(2026, 2, 28, 23), AMSTERDAM)
    assert is_first_week(utc(2026, 3, 7, 22, 59), AMSTERDAM)
    assert not is_first_week(utc(2026, 3, 7, 23), AMSTERDAM)


def test_equals_share_a_place_and_stand_by_name():
    found = board(Tally(1, "zwaan", 2), Tally(2, "Zoë", 2), Tally(3, "Anna", 1), Tally(4, "Bram", 5))
    assert [(row.place, row.name) for row in found.rows] == [(1, "Bram"), (2, "Zoë"), (2, "zwaan"), (4, "Anna")]


def test_ten_at_most():
    found = board(*(Tally(n, f"Person {n:02}", 30 - n) for n in range(15)))
    assert [row.count for row in found.rows] == list(range(30, 20, -1))
    assert found.people == 15


def test_people_without_a_name_are_counted_and_not_listed():
    found = board(Tally(1, None, 7), Tally(2, "Anna", 2))
    assert [row.name for row in found.rows] == ["Anna"]
    assert found.rows[0].place == 1
    assert (found.people, found.total) == (2, 9)


def test_never_a_zero_row():
    found = board(Tally(1, "Anna", 0), asker=1)
    assert (found.rows, found.people, found.own) == ((), 0, None)


@pytest.mark.parametrize(
    ("asker", "stories", "place", "is_named"),
    [(1, 5, 1, True), (2, 5, 1, True), (3, 3, 3, True), (4, 4, 3, False)],
)
def test_the_askers_own_place(asker, stories, place, is_named):
    tallies = [Tally(1, "Anna", 5), Tally(2, "Bram", 5), Tally(3, "Cees", 3), Tally(4, None, 4)]
    own = board(*tallies, asker=asker).own
    assert (own.count, own.place, own.is_named) == (stories, place, is_named)


def test_below_the_ten_there_is_no_number():
    own = board(*(Tally(n, f"Person {n:02}", 30 - n) for n in range(15)), asker=12).own
    assert (own.count, own.place) == (18, None)


def test_who_did_nothing_has_no_line():
    assert board(Tally(1, "Anna", 5), asker=9).own is None
    assert board(Tally(1, "Anna", 5), asker=None).own is None
