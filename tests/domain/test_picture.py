"""The figures of the digest's picture: which weeks, which stories, and when there is nothing to see."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaderboard import Measure
from bot.domain.local_time import local
from bot.domain.picture import LEAST_WEEKS, MOST_STORIES, MOST_WEEKS, Bars, draw_up, week_ends

ZONE = "Europe/Amsterdam"
END = datetime(2026, 4, 10, 13, 0, tzinfo=UTC)
MOMENTS = week_ends(END - timedelta(days=7), END, ZONE)


def drawn(counts, titles=None):
    padded = {story: [0] * (MOST_WEEKS - len(found)) + list(found) for story, found in counts.items()}
    return draw_up(Measure.READ, MOMENTS, padded, titles or {story: f"Story {story}" for story in counts})


def test_weeks_end_at_the_hour_of_the_digest_also_before_the_clocks_changed():
    assert len(MOMENTS) == MOST_WEEKS + 1
    assert [local(moment, ZONE).hour for moment in MOMENTS] == [15] * 11
    assert {local(moment, ZONE).weekday() for moment in MOMENTS} == {4}
    assert MOMENTS[0] == datetime(2026, 1, 30, 14, 0, tzinfo=UTC)


def test_a_week_that_has_only_begun_ends_now():
    now = END + timedelta(hours=5)
    assert week_ends(END, now, ZONE)[-2:] == (END, now)


def test_it_begins_with_the_first_week_that_has_figures():
    found = drawn({1: [3, 0, 1], 2: [2, 2]})
    assert found.ends == MOMENTS[-3:]
    assert found.stories == (Bars("Story 1", (3, 0, 1)), Bars("Story 2", (0, 2, 2)))
    assert found.totals == (3, 2, 3)
    assert found.rest == (0, 0, 0)


@pytest.mark.parametrize("counts", [{}, {1: []}, {1: [5]}, {1: [5], 2: [7]}])
def test_nothing_and_one_week_alone_are_no_picture(counts):
    assert drawn(counts) is None


def test_a_story_without_a_title_is_not_in_it():
    assert drawn({1: [1, 1], 2: [9, 9]}, {1: "Reef"}).totals == (1, 1)


def test_the_last_story_has_its_name_and_two_last_ones_have_none():
    assert len(drawn({n: [n, 1] for n in range(1, 7)}).stories) == MOST_STORIES + 1
    found = drawn({n: [n, 1] for n in range(1, 8)})
    assert [bars.title for bars in found.stories] == [f"Story {n}" for n in (7, 6, 5, 4, 3)]
    assert found.rest == (3, 2)


def test_of_equal_ones_the_first_by_title():
    found = drawn({1: [1, 1], 2: [2, 0], 3: [0, 2]}, {1: "choir", 2: "Bakery", 3: "Attic"})
    assert [bars.title for bars in found.stories] == ["Attic", "Bakery", "choir"]


@given(st.dictionaries(st.integers(1, 30), st.lists(st.integers(0, 9), min_size=10, max_size=10), max_size=12))
def test_whatever_is_left_out_by_name_is_in_the_totals(counts):
    found = drawn(counts)
    sums = [sum(of_weeks[week] for of_weeks in counts.values()) for week in range(MOST_WEEKS)]
    first = next((week for week, total in enumerate(sums) if total), MOST_WEEKS)
    if found is None:
        assert MOST_WEEKS - first < LEAST_WEEKS
    else:
        assert list(found.totals) == sums[first:]
        assert found.totals[0] > 0
        assert all(any(bars.counts) for bars in found.stories)
