"""A short sample of `make crash`: a week without a death, some deaths, and a protection taken out."""

import pytest

from bot.actions.delivery_kinds import KINDS
from bot.domain.fault_points import FaultPoint
from bot.jobs.timetable import TIMETABLE
from bot.store.tables import metadata
from tests.crash.places import SENT, Death
from tests.crash.protections import CASES, PROTECTIONS, meaning
from tests.crash.report import ORDER
from tests.crash.trial import places, trial

ON_THE_WAY = ("delivery claimed", "delivery answered", "delivery noted")


BY_COMMAND = {"story_files"}
"""What a command of its own writes, a file a transaction: the bot never does."""


@pytest.mark.timeout(400)
def test_a_week_comes_past_every_place_kind_job_and_table():
    """What a week without a death never reaches, `make crash` never dies in."""
    week = trial()
    assert week.verdict.is_clean, str(week.verdict)
    assert week.verdict.unheard == []
    assert set(places(week.census)) == {point.value for point in FaultPoint} | {SENT}
    been = set(week.census.places)
    assert {(point, kind) for point in ON_THE_WAY for kind in KINDS} - been == set()
    assert {(point, job.name) for point in ("job begun", "job done") for job in TIMETABLE} - been == set()
    assert set(metadata.tables) - week.census.tables == BY_COMMAND


def test_every_place_has_a_protection():
    assert set(CASES) == {point.value for point in FaultPoint} | {SENT}
    assert {case.protection for case in CASES.values()} == set(PROTECTIONS)
    assert all(meaning(name) for name in PROTECTIONS)
    assert set(CASES) == set(ORDER)


@pytest.mark.timeout(400)
def test_deaths_in_one_week():
    deaths = [
        Death(SENT, "story"),
        Death("delivery answered", "digest"),
        Death("delivery claimed", "introduction"),
        Death("request committed", "story_form"),
        Death("event stored", "reacted"),
        Death("event handled", "home_opened"),
        Death("work done", "publish_due.<locals>.<lambda>"),
        Death(SENT, "crisis_person"),
        Death("delivery answered", "take_back"),
        Death("work done", "tell_crisis.<locals>.work"),
        Death("clicks received"),
        Death("work committed", "ClickCounter.count.<locals>.count_clicks"),
    ]
    found = trial(deaths)
    assert found.verdict.is_clean, str(found.verdict)
    assert set(found.died) == set(deaths)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("point", ["delivery sent"])
def test_it_goes_wrong_without_the_protection(point):
    case = CASES[point]
    found = trial([case.death], without=case.protection)
    assert found.died == (case.death,)
    assert not found.verdict.is_clean
