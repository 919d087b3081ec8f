"""A window that opens too late, or is not there any more: who pressed hears what to do, or nothing at all."""

import pytest

from bot.slack import ids


@pytest.fixture
def story(comms):
    found = comms.post(comms.one)
    comms.workspace.join(comms.reader, comms.one)
    return found


def press(comms, story):
    outcome = comms.acts.press(comms.reader, ids.SHARE, channel=comms.one, ts=comms.ts(story, comms.one))
    comms.stand.settle()
    return outcome


def heard(comms):
    return [message["text"] for message in comms.acts.ephemerals(comms.reader)]


def test_a_press_that_slack_finds_too_late_is_answered_with_press_again(comms, story):
    comms.slack_says("views.open", "expired_trigger_id")
    assert press(comms, story).acked
    [text] = heard(comms)
    assert "Druk nog een keer" in text


@pytest.mark.parametrize("error", ["not_found", "view_not_found", "hash_conflict"])
def test_a_window_that_was_closed_meanwhile_is_no_news(comms, story, error, caplog):
    press(comms, story)
    view = comms.acts.views(comms.reader)[-1]
    comms.slack_says("views.update", error)
    comms.acts.press(comms.reader, ids.SHARE_CHOOSE, view_id=view["id"])
    comms.stand.settle()
    assert heard(comms) == []
    assert [view["id"]] == [shown["id"] for shown in comms.acts.views(comms.reader)]
    assert not [record for record in caplog.records if record.levelname == "WARNING"]
