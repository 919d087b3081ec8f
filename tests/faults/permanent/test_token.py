"""The token is revoked, or the app taken out: everything waits, the log says so once, and afterwards it goes on."""

import logging
from datetime import timedelta

import pytest

from bot.actions.look_at_access import look_at_access
from bot.domain.deliveries import Owed
from bot.jobs.timetable import TIMETABLE
from bot.slack import ids


def come_round(comms, times=1, **step):
    """Every job of the timetable, as the runner would let it."""
    for _ in range(times):
        for job in TIMETABLE:
            comms.stand.house.runner.run(job)
        comms.stand.settle()
        comms.stand.clock.step(**(step or {"seconds": 1}))


def from_us(caplog):
    return [r.getMessage() for r in caplog.records if r.name.startswith("bot.") and r.levelno >= logging.WARNING]


@pytest.mark.parametrize("says", ["token_revoked", "invalid_auth"])
def test_a_day_without_token_loses_nothing_says_so_once_and_goes_on(comms, caplog, says):
    story = comms.queue(comms.one)
    comms.stand.clock.to(story.due_at)
    shut(comms, says)
    caplog.clear()
    come_round(comms, 3)
    calls = comms.calls()
    come_round(comms, 8, hours=3)
    asked = comms.calls() - calls
    assert [text for text in from_us(caplog) if says in text] == from_us(caplog)
    assert len(from_us(caplog)) == 1
    assert "doctor" in from_us(caplog)[0]
    # One question each time somebody looks whether it is mended, and nothing else.
    assert asked <= 8
    assert comms.states("story") in ([], [("waiting", f"token: {says}")])
    mend(comms)
    come_round(comms, 4)
    assert len(comms.standing(comms.one)) == 1
    assert len([text for text in comms.told(comms.admin) if "Slack laat me weer binnen" in text]) == 1
    come_round(comms, 1, hours=1)
    assert len([text for text in comms.told(comms.admin) if "Slack laat me weer binnen" in text]) == 1


def shut(comms, says):
    if says == "token_revoked":
        comms.workspace.token_revoked = True
    else:
        comms.token, comms.workspace.bot_token = comms.workspace.bot_token, "xoxb-another"


def mend(comms):
    comms.workspace.token_revoked = False
    comms.workspace.bot_token = getattr(comms, "token", comms.workspace.bot_token)


def test_what_was_on_its_way_waits_and_is_sent_once(comms):
    comms.owe(Owed("introduction", "introduction:test", comms.one))
    comms.workspace.token_revoked = True
    come_round(comms, 2)
    assert comms.states("introduction")[-1][0] == "waiting"
    assert comms.open_deliveries() == ["introduction: token: token_revoked"]
    comms.workspace.token_revoked = False
    comms.stand.clock.step(minutes=1)
    come_round(comms, 4)
    assert comms.open_deliveries() == []


@pytest.mark.parametrize("kind", ["tokens_revoked", "app_uninstalled"])
def test_slacks_word_that_it_is_revoked_is_looked_into(comms, kind):
    event = {"type": kind} | ({"tokens": {"oauth": [], "bot": [comms.workspace.bot_user]}} if kind[0] == "t" else {})
    comms.workspace.emit(event, None)
    comms.rest()
    # Slack answers all the same: it was about an older token.
    assert not comms.desk.access.is_shut
    comms.workspace.token_revoked = True
    comms.workspace.emit(event, None)
    comms.rest()
    assert comms.desk.access.is_shut


def test_tokens_of_people_are_not_ours(comms):
    calls = comms.calls("auth.test")
    comms.workspace.emit({"type": "tokens_revoked", "tokens": {"oauth": [comms.reader], "bot": []}}, None)
    comms.rest()
    assert comms.calls("auth.test") == calls


def test_the_word_that_it_works_again_comes_after_a_restart_with_a_new_token(comms):
    comms.workspace.token_revoked = True
    come_round(comms, 2)
    comms.workspace.token_revoked = False
    # A new process knows nothing in memory, only what stands in the database.
    comms.desk.access.let_in(comms.now - timedelta(days=1))
    look_at_access(comms.desk, comms.now)
    comms.rest()
    assert len([text for text in comms.told(comms.admin) if "Slack laat me weer binnen" in text]) == 1


def test_who_presses_meanwhile_hears_that_it_is_cut_off(comms):
    story = comms.post(comms.one)
    comms.workspace.join(comms.reader, comms.one)
    comms.acts.open_home(comms.reader)
    comms.rest()
    comms.workspace.token_revoked = True
    comms.acts.press(comms.reader, ids.SHARE, channel=comms.one, ts=comms.ts(story, comms.one))
    comms.stand.settle()
    assert "afgesloten" in comms.acts.ephemerals(comms.reader)[-1]["text"]


def test_an_error_that_is_about_a_person_does_not_shut_everything(comms):
    """`account_inactive` is said of the token, and of the conversation with somebody who left."""
    direct = comms.workspace.direct_channel(comms.reader)
    comms.acts.deactivate(comms.reader)
    comms.owe(Owed("introduction", "introduction:direct", direct.id, {"comms": True}))
    comms.set_up(comms_channel=direct.id)
    comms.rest()
    assert comms.states("introduction")[-1] == ("failed", "account_inactive")
    assert not comms.desk.access.is_shut
