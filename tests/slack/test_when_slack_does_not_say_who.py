"""Slack does not say who somebody is, or slowly: it is still heard within three seconds, and nobody is guessed."""

import time

import pytest

from bot.domain.zones import zone_or
from bot.slack import ids
from bot.slack.facts import profile_from
from bot.store import people
from tests.slack.share_desk import ShareDesk


@pytest.fixture
def company(stand):
    found = ShareDesk(stand)
    found.post()
    return found


def forget_profiles(company, user):
    company.desk.profiles.drop(user)


def person(company, user):
    return company.desk.store.read(lambda connection: people.by_user(connection, user))


def press_share(company, user):
    ts = company.message(user)["ts"]
    outcome = company.acts.press(user, ids.SHARE, channel=company.channel, ts=ts)
    company.stand.settle()
    return outcome


def test_a_slow_answer_does_not_cost_the_three_seconds(company):
    company.open(company.anna)
    forget_profiles(company, company.anna)
    company.stand.sandbox.faults.answer("users.info", "timeout", times=9, retry_after=5)
    began = time.monotonic()
    outcome = company.acts.command(company.anna, company.channel, "/passalong leaderboard")
    assert outcome.acked
    assert time.monotonic() - began < 3
    company.stand.sandbox.faults.clear()


def test_somebody_known_is_taken_as_they_were_known(company):
    before = company.open(company.daan)["id"]
    forget_profiles(company, company.daan)
    company.stand.sandbox.faults.answer("users.info", "server_error", times=9)
    company.acts.command(company.daan, company.channel, "/passalong help")
    company.stand.settle()
    assert "Voor iedereen" in company.acts.ephemerals(company.daan)[-1]["text"], "in their own language"
    assert press_share(company, company.daan).acked
    assert company.view(company.daan)["id"] != before


def test_nobody_is_stored_of_whom_slack_says_nothing(company):
    company.stand.sandbox.faults.answer("users.info", "server_error", times=9)
    outcome = press_share(company, company.anna)
    assert outcome.acked
    assert company.acts.views(company.anna) == []
    assert "again" in company.acts.ephemerals(company.anna)[-1]["text"]
    assert person(company, company.anna) is None
    company.stand.sandbox.faults.clear()
    press_share(company, company.anna)
    assert person(company, company.anna).name


def test_a_reaction_waits_until_slack_says_whose_it_is(company):
    company.stand.sandbox.faults.answer("users.info", "server_error", times=2)
    company.acts.react(company.anna, company.channel, company.message(company.anna)["ts"], "mega")
    company.stand.work()
    assert person(company, company.anna) is None
    for _ in range(3):
        company.clock.step(seconds=30)
        company.stand.work()
    assert person(company, company.anna) is not None


def test_a_zone_nobody_knows_is_utc():
    assert zone_or("Europe/Amsterdam", "UTC") == "Europe/Amsterdam"
    assert zone_or("Mars/Olympus_Mons", "UTC") == "UTC"
    assert zone_or("", "UTC") == "UTC"


def test_what_slack_leaves_out_of_a_person_is_made_up_for():
    found = profile_from(
        {"id": "U1", "team_id": "T1", "tz": None, "profile": {"display_name": "", "real_name": "Anna"}}
    )
    assert (found.name, found.zone, found.locale) == ("Anna", "UTC", "en-US")
