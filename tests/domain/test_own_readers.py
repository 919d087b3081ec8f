"""A person's readers by week, drawn and told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.own_readers import LETTERS, WEEKS, by_week, is_in_top_quarter, picture, shown_place

WEDNESDAY = date(2026, 3, 4).toordinal()
SUNDAY, MONDAY = date(2026, 3, 1).toordinal(), date(2026, 3, 2).toordinal()


def test_weeks_run_from_monday_to_sunday():
    found = by_week({SUNDAY: 2, MONDAY: 3, WEDNESDAY: 4}, WEDNESDAY)
    assert found.weeks == (2, 7)
    assert (found.this, found.last, found.best) == (7, 2, 2)
    assert (found.first, found.monday) == (date(2026, 2, 23), date(2026, 3, 2))
    assert found.is_record


def test_nobody_read_anything():
    assert by_week({}, WEDNESDAY) is None
    assert by_week({MONDAY: 0}, WEDNESDAY) is None


def test_who_has_just_begun_has_one_week_no_picture_and_no_record():
    found = by_week({MONDAY: 3}, WEDNESDAY)
    assert found.weeks == (3,)
    assert (found.last, found.best) == (0, 0)
    assert not found.is_record
    assert picture(found.weeks) == ""


def test_a_best_week_that_is_drawn_no_more_is_the_best_still():
    found = by_week({MONDAY - 7 * 20: 30, MONDAY: 12}, WEDNESDAY)
    assert len(found.weeks) == WEEKS
    assert found.weeks[-1] == 12
    assert sum(found.weeks) == 12
    assert found.best == 30
    assert not found.is_record


def test_as_many_as_the_best_week_is_no_record():
    assert not by_week({MONDAY - 7: 5, MONDAY: 5}, WEDNESDAY).is_record


def test_weeks_without_readers_in_between_are_drawn_flat():
    assert picture((4, 0, 8)) == "▅ ▁ █"
    assert picture((0, 0)) == ""


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=WEEKS))
def test_the_picture_is_as_high_as_its_numbers(weeks):
    drawn = picture(tuple(weeks))
    if not any(weeks):
        assert drawn == ""
        return
    heights = [LETTERS.index(letter) for letter in drawn.split()]
    assert len(heights) == len(weeks)
    assert max(heights) == len(LETTERS) - 1
    assert [height == 0 for height in heights] == [count == 0 for count in weeks]
    for one in range(len(weeks)):
        for other in range(len(weeks)):
            assert weeks[one] >= weeks[other] or heights[one] <= heights[other]


@pytest.mark.parametrize(
    ("rank", "of", "shown"),
    [(1, 1, 1), (1, 3, 1), (2, 3, 2), (3, 3, None), (10, 60, 10), (10, 10, None)],
)
def test_a_number_of_the_board_and_never_for_the_last(rank, of, shown):
    assert shown_place(rank, rank, of) == shown
    assert shown_place(None, rank, of) is None, "below the ten the board tells none either"


@pytest.mark.parametrize(("rank", "of", "is_in"), [(11, 44, True), (11, 43, False), (1, 3, False), (250, 1000, True)])
def test_the_top_quarter(rank, of, is_in):
    assert is_in_top_quarter(rank, of) == is_in
