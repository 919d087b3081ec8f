"""A small company is told: what `make crisis` plays with ten thousand people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.crisis.emergency import Plan
from tests.crisis.told import Told, play

PLAN = Plan(people=60, a_minute=60, answers=0.05, others=4)


@pytest.fixture(scope="module")
def rough() -> Told:
    return play(replace(PLAN, lost=7, kills=1))


def test_everybody_hears_it_once_whatever_happens(rough):
    assert rough.kills == 1
    assert rough.lost > 1
    assert (rough.missed, rough.twice) == (0, 0)
    assert rough.people > 30


def test_channels_first_then_the_most_affected(rough):
    assert rough.channels_at < timedelta(seconds=30)
    assert rough.front_at < rough.all_at


def test_nothing_cheerful_goes_out_and_others_are_not_forgotten(rough):
    assert rough.stories == 0
    assert timedelta() < rough.others_at
