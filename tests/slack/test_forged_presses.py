"""Values we never wrote: whoever sends them hears kindly that there is no such story, and nothing breaks."""

import logging

import pytest

from bot.domain.setup import Channel
from bot.slack import ids
from bot.store import setup as setup_store

GOOD = "C0GOODSTORY"
FORGED = ["", "abc", "-1", "9" * 400, "٣", "1e3", "999999:x"]
WITH_A_NUMBER = [
    ids.SHARE,
    ids.UNSAY,
    ids.QUEUE_EDIT,
    ids.QUEUE_CANCEL,
    ids.QUEUE_MOVE_UP,
    ids.QUEUE_POST_NOW,
    ids.QUEUE_PREVIEW,
    ids.QUEUE_EARLIER,
]


def pressed(stand, user, action):
    """A button in a message, whose value only somebody who writes payloads by hand could send."""
    message = stand.workspace.add_message(GOOD, {**stand.workspace.bot_author(), "text": "A story"})
    channel = stand.workspace.channels[GOOD]
    body = stand.sandbox.interactions.press_in_message(user, channel, message, {"block_id": "b", **action}, {})
    envelope = stand.sandbox.socket.request("interactive", body)
    stand.settle()
    return envelope.acked


@pytest.mark.parametrize("action_id", WITH_A_NUMBER)
def test_a_number_that_is_none_of_ours_is_no_story(stand, caplog, action_id):
    admin = stand.company.admin
    for value in FORGED:
        assert pressed(stand, admin, {"type": "button", "action_id": action_id, "value": value})
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_a_forged_menu_is_no_story(stand, caplog):
    for value in FORGED:
        option = {"text": {"type": "plain_text", "text": "x"}, "value": f"{ids.REMIND_ME}:{value}"}
        action = {"type": "overflow", "action_id": ids.STORY_MENU, "selected_option": option}
        assert pressed(stand, stand.company.staff[5].id, action)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("action_id", [ids.PAUSE, ids.QUEUE_LIST, ids.QUEUE_NEW, ids.EXPORT_STORIES, ids.SETUP])
def test_what_is_for_comms_is_for_nobody_else(stand, action_id):
    stand.house.store.write(lambda c: setup_store.put_channel(c, Channel(GOOD, "good-stories", "en"), stand.clock()))
    somebody = next(p.id for p in stand.company.staff if p.guest)
    stand.workspace.channels[GOOD].members.append(somebody)
    assert pressed(stand, somebody, {"type": "button", "action_id": action_id, "value": ""})
    assert not stand.house.desk.setup().paused
    assert stand.acts.views(somebody) == []
    assert stand.acts.direct(somebody) == []
    assert stand.acts.ephemerals(somebody, GOOD), "a kind word"
