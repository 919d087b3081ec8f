"""Who is named, for how long, and what stands beside it."""

import pytest

from bot.domain.champions import (
    Brought,
    Candidate,
    Team,
    badges,
    can_be_named,
    concentration,
    evidence,
    flags,
    ranked,
    risers,
    weekly_days,
    word,
)

DAY = 739_000


def ranking(*ids: int) -> list[Candidate]:
    """These, best first."""
    return [Candidate(one, f"p{one}", None, 100.0 - place, 9, DAY) for place, one in enumerate(ids)]


@pytest.mark.parametrize(
    ("proven", "days", "is_named"), [(2, 14, True), (2, 13, False), (1, 400, False), (0, 400, False), (9, -3, False)]
)
def test_two_shares_that_were_read_and_two_weeks(proven, days, is_named):
    assert can_be_named(proven, DAY - days, DAY) is is_named


@pytest.mark.parametrize(("days", "said"), [(14, "early"), (27, "early"), (28, ""), (84, ""), (85, "steady")])
def test_early_and_steady(days, said):
    assert word(DAY - days, DAY) == said


def test_equal_ones_by_readers_then_by_name():
    rows = [("Zwaan", 2.0, 5), ("zoë", 2.0000000001, 5), (None, 2.0, 5), ("Zed", 2.0, 6), ("Zus", 3.0, 1)]
    found = [Candidate(n, f"U{n}", name, score, readers, DAY) for n, (name, score, readers) in enumerate(rows)]
    names = [one.name for one in ranked(found)]
    assert names == ["Zus", "Zed", "zoë", "Zwaan", None], "added up in another order is equal still"


def test_a_badge_comes_with_a_place_and_stays_until_half_as_far_below():
    on, near, out = ranking(1, 2), ranking(2, 3, 1), ranking(2, 3, 4, 1)
    assert badges([on], 2) == {1, 2}
    assert badges([on, near], 2) == {1, 2, 3}, "third of two, and the new second"
    assert badges([near], 2) == {2, 3}, "who never was on the list gets none for being near"
    assert badges([on, near, out], 2) == {2, 3}
    assert badges([on, out, near], 2) == {2, 3}, "and it does not come back by itself"
    assert badges([on, []], 2) == set()


def test_risers_are_the_ten_best_who_were_not_listed():
    found = risers(ranking(*range(20)), listed_before={0, 2, 5})
    assert [one.id for one in found] == [1, 3, 4, 6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("readers", "found"),
    [
        ([4, 4, 4, 4, 4, 4], ["too_even"]),
        ([4, 4, 4, 4, 4], []),
        ([3, 3, 3, 3, 3, 3], []),
        ([12, 1, 0, 9, 4, 3], []),
        ([8, 11, 10, 12, 9, 7, 6], ["too_even"]),
    ],
)
def test_too_even_is_a_hint(readers, found):
    assert flags([Brought(f"s{number}", count) for number, count in enumerate(readers)]) == found


def test_one_story_only_is_a_hint():
    assert flags([Brought("reef", 3), Brought("reef", 9), Brought("choir", 0)]) == ["one_story"]
    assert flags([Brought("reef", 3), Brought("choir", 1)]) == []
    assert flags([Brought("reef", 0)]) == []


def test_the_evidence_names_the_story_that_brought_most():
    found = evidence([Brought("choir", 5), Brought("reef", 3), Brought("reef", 2), Brought("bakery", 0)])
    assert (found.shares, found.readers, found.story) == (4, 10, "choir")


def test_how_much_a_few_bring():
    assert concentration([40, 10, 5, 4, 3, 2, 1], 100) == (5, 62)
    assert concentration([3], 4) == (1, 75)
    assert concentration([], 10) is None
    assert concentration([3], 0) is None


@pytest.mark.parametrize(("took_part", "told"), [(0, None), (1, None), (2, None), (3, 3), (12, 12)])
def test_how_many_took_part_is_told_where_no_figure_could_be_one_persons(took_part, told):
    assert Team("Reef", 12, 83, took_part).told_part == told


def test_the_days_a_list_rests_on():
    days = weekly_days(DAY)
    assert (days[0], days[-5], days[-1], len(days)) == (DAY - 56, DAY - 28, DAY, 9)
