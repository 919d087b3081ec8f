"""Channels the bot is in: added, taken out, renamed, archived, found at the start; and what it says there."""

from dataclasses import replace

import pytest

from bot.actions.change_channels import look_around
from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.store import setup as setup_store

GOOD, GENERAL, COMMS = "C0GOODSTORY", "C0GENERAL", "C0COMMS"


def channels_of(stand):
    return {c.id: c for c in stand.house.store.read(lambda c: setup_store.list_channels(c, gone_too=True))}


def said_in(stand, channel):
    return [m["text"] for m in stand.acts.messages(stand.company.admin, channel) if m.get("bot_id")]


def set_up(stand, **changes):
    def work(connection):
        setup = setup_store.load_setup(connection)
        assert setup_store.save_setup(connection, replace(setup, **changes), stand.clock())

    stand.house.store.write(work)


@pytest.mark.parametrize(("locale", "language", "hello"), [("nl", "nl", "Hoi, ik ben"), ("en", "en", "Hi, I'm")])
def test_invited_it_introduces_itself_in_the_inviters_language(stand, locale, language, hello):
    host = next(p.id for p in stand.company.staff if p.language == locale and not p.guest)
    stand.acts.invite_bot(GENERAL, host)
    stand.work()
    [said] = said_in(stand, GENERAL)
    assert said.startswith(hello)
    assert ("Tue 9:00" if language == "en" else "di 9:00") in said
    assert ":mega:" in said
    assert channels_of(stand)[GENERAL] == Channel(GENERAL, "general", language)


def test_invited_again_it_says_nothing_new(stand):
    for _ in range(2):
        stand.acts.invite_bot(GENERAL, stand.company.editors[0])
        stand.work()
        stand.clock.step(days=40)
        stand.acts.remove_bot(GENERAL)
        stand.work()
        assert channels_of(stand)[GENERAL].is_gone
    assert len(said_in(stand, GENERAL)) == 1


def test_the_same_invitation_twice_is_one_introduction(stand):
    stand.sandbox.faults.deliver_twice()
    stand.acts.invite_bot(GENERAL, stand.company.editors[0])
    stand.work()
    assert len(said_in(stand, GENERAL)) == 1


def test_a_private_channel_is_left_alone_and_the_inviter_hears_why(stand):
    host = stand.company.editors[0]
    room = stand.workspace.add_channel("board-room", [host], private=True)
    stand.acts.invite_bot(room.id, host)
    stand.work()
    assert room.id not in channels_of(stand)
    assert [m for m in room.messages.values() if m.get("bot_id")] == []
    [word] = stand.acts.direct(host)
    assert f"<#{room.id}>" in word["text"]


def test_the_comms_channel_has_an_introduction_of_its_own(stand):
    stand.acts.remove_bot(COMMS)
    set_up(stand, comms_channel=COMMS)
    stand.acts.invite_bot(COMMS, stand.company.admin)
    stand.work()
    [said] = said_in(stand, COMMS)
    assert "/passalong queue" in said
    assert COMMS not in channels_of(stand)
    assert set(stand.company.editors) <= stand.house.desk.roles.members


def test_renamed_and_archived(stand):
    stand.workspace.rename_channel(GOOD, "fine-stories")
    stand.work()
    assert channels_of(stand)[GOOD].name == "fine-stories"
    stand.workspace.archive_channel(GOOD, stand.company.admin)
    stand.work()
    assert channels_of(stand)[GOOD].is_gone
    stand.workspace.archive_channel(GOOD, stand.company.admin, archived=False)
    stand.work()
    assert not channels_of(stand)[GOOD].is_gone


def test_removed_before_added_leaves_it_as_it_is(stand):
    """The events come in the wrong order; what counts is what Slack says when they are handled."""
    stand.acts.invite_bot(GENERAL, stand.company.editors[0])
    stand.work()
    stand.acts.remove_bot(GENERAL)
    stand.sandbox.faults.reorder()
    stand.acts.invite_bot(GENERAL, stand.company.editors[0])
    stand.acts.remove_bot(GENERAL)
    stand.work()
    assert channels_of(stand)[GENERAL].is_gone
    stand.sandbox.faults.reorder()
    stand.workspace.channels[GENERAL].members.append(stand.company.bot_user)
    stand.acts.remove_bot(GENERAL)
    stand.acts.invite_bot(GENERAL, stand.company.editors[0])
    stand.work()
    assert not channels_of(stand)[GENERAL].is_gone


def test_at_the_start_it_looks_around(stand):
    assert {GOOD, "C0MOOIVERHL"} == set(channels_of(stand))
    stand.work()
    assert said_in(stand, GOOD) == []


def test_what_happened_while_it_was_away(stand):
    stand.acts.invite_bot(GENERAL, stand.company.admin)
    stand.work()
    set_up(stand, slots=())
    stand.workspace.emit = lambda event, channel: None
    stand.acts.remove_bot(GENERAL)
    new = stand.workspace.add_channel("new", [stand.company.admin, stand.company.bot_user])
    stand.workspace.rename_channel(GOOD, "renamed")
    look_around(stand.house.desk, stand.clock())
    stand.work()
    found = channels_of(stand)
    assert found[GENERAL].is_gone
    assert found[GOOD].name == "renamed"
    assert found[new.id] == Channel(new.id, "new", "nl")
    [said] = said_in(stand, new.id)
    assert "af en toe" in said
    assert len(said_in(stand, GOOD)) == 1


@pytest.mark.parametrize("fault", ["server_error", "rate_limited", "html"])
def test_looking_around_tolerates_a_slack_that_is_away(stand, fault):
    before = channels_of(stand)
    stand.sandbox.faults.answer("users.conversations", fault)
    look_around(stand.house.desk, stand.clock())
    assert channels_of(stand) == before


def test_what_is_queued_keeps_its_time_when_slots_change(stand):
    desk = stand.house.desk
    draft = StoryDraft(
        link="https://example.com/a",
        title="A",
        sentence="Why.",
        language="nl",
        captions=(Caption(None, "nl", "Een"), Caption(None, "nl", "Twee")),
    )
    due = queue_story(desk, who_asks(desk, stand.company.admin), draft, stand.clock()).story.due_at
    set_up(stand, slots=(), zone="Asia/Singapore")
    stand.clock.to(due)
    stand.work()
    assert any("Why." in text for text in said_in(stand, GOOD))
