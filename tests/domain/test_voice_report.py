"""Whether the report tells what is there, and is as sure as it says."""

from random import Random

import pytest

from bot.domain.voice_report import FEWEST, is_sure, report


def passed(random, often):
    """How many people pass a story along: some stories are liked far more than others."""
    liked = random.gammavariate(2, often / 2)
    return sum(random.random() < liked / 200 for _ in range(200))


def year(random, stories, times):
    scores = [random.uniform(0, 100) for _ in range(stories)]
    return [(score, passed(random, 4 * times if score >= 50 else 4)) for score in scores]


@pytest.mark.parametrize("found", [[], [(50.0, 3)] * 40, [(float(at), 3) for at in range(FEWEST - 1)]])
def test_too_little_says_nothing(found):
    assert report(found) is None


def test_a_half_that_was_never_passed_along_has_no_ratio():
    assert report([(float(at), int(at > 15)) for at in range(30)]) is None


def test_halves_by_how_they_sound():
    found = report([(float(at), 6 if at >= 15 else 2) for at in range(30)])
    assert (found.stories, found.times, found.low, found.high) == (30, 3, 3, 3)
    assert is_sure(found)


def test_the_one_in_the_middle_counts_for_neither():
    found = report([(float(at), 1000 if at == 10 else 2) for at in range(21)])
    assert (found.stories, found.times) == (20, 1)


def test_less_is_told_too():
    found = report([(float(at), 2 + at % 2 if at >= 15 else 6 + at % 2) for at in range(30)])
    assert found.high < 1
    assert is_sure(found)


@pytest.mark.parametrize("times", [1, 2])
def test_the_truth_lies_within_about_as_often_as_it_says(times):
    random = Random(times)
    reports = [report(year(random, 40, times)) for _ in range(150)]
    held = sum(one.low <= times <= one.high for one in reports)
    assert held >= 0.88 * len(reports)


def test_chance_is_seldom_taken_for_evidence_and_a_difference_is_found():
    random = Random(3)
    by_chance = sum(is_sure(report(year(random, 40, 1))) for _ in range(150))
    found = sum(is_sure(report(year(random, 100, 3))) for _ in range(30))
    assert by_chance <= 18
    assert found >= 25


def test_one_story_that_went_round_the_world_makes_nobody_sure():
    found = report([(float(at), 500 if at == 29 else 3) for at in range(30)])
    assert found.times > 5
    assert not is_sure(found)
