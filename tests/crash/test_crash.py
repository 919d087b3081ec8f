"""A short sample of `make crash`: a week without a death, some deaths, and a protection taken out."""

import pytest

from bot.actions.delivery_kinds import KINDS
from bot.domain.fault_points import FaultPoint
from bot.jobs.timetable import TIMETABLE
from bot.store.tables import metadata
from tests.crash.places import SENT, Death
from tests.crash.protections import CASES, PROTECTIONS, meaning
from tests.crash.trial import places, trial

ON_THE_WAY = ("delivery claimed", "delivery answered", "delivery noted")


@pytest.fixture(scope="module")
def week():
    """A week in which nothing breaks, and where the bot came past."""
    return trial()


def test_a_week_in_which_nothing_breaks(week):
    assert week.verdict.is_clean, str(week.verdict)
    assert week.verdict.unheard == []


def test_every_place_is_come_past_and_has_a_protection(week):
    assert set(places(week.census)) == {point.value for point in FaultPoint} | {SENT}
    assert set(CASES) == set(places(week.census))
    assert {case.protection for case in CASES.values()} == set(PROTECTIONS)
    assert all(meaning(name) for name in PROTECTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_delivery_is_died_in(week, kind):
    assert {(point, kind) for point in ON_THE_WAY} <= set(week.census.places), f"let the week have a {kind}"


@pytest.mark.parametrize("job", [job.name for job in TIMETABLE])
def test_every_job_is_died_in(week, job):
    assert {("job begun", job), ("job done", job)} <= set(week.census.places)


@pytest.mark.parametrize("table", metadata.tables)
def test_every_table_is_written_between_two_places(week, table):
    assert table in week.census.tables, f"let the week write to {table}"


def test_deaths_in_one_week():
    deaths = [
        Death(SENT, "story"),
        Death("delivery answered", "digest"),
        Death("delivery claimed", "introduction"),
        Death("request committed", "story_form"),
        Death("event stored", "reacted"),
        Death("event handled", "home_opened"),
        Death("work done", "publish_due.<locals>.<lambda>"),
    ]
    found = trial(deaths)
    assert found.verdict.is_clean, str(found.verdict)
    assert set(found.died) == set(deaths)


@pytest.mark.parametrize("point", ["delivery sent", "event taken"])
def test_it_goes_wrong_without_the_protection(point):
    case = CASES[point]
    found = trial([case.death], without=case.protection)
    assert found.died == (case.death,)
    assert not found.verdict.is_clean
