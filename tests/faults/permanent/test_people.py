"""People who left, became guests, or cannot be written to."""

from dataclasses import replace

from sqlalchemy import select

from bot.actions.delete_me import delete_me
from bot.actions.preview_story import preview_story
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import Owed
from bot.store import people
from bot.store.tables import deliveries


def notice(target, key="notice:test"):
    return Owed("notice", key, target, {"word": "notice.scopes_back", "params": {"scopes": "word"}, "times": []})


def test_an_editor_left_and_comms_hears_of_their_story(comms):
    story = comms.queue(comms.one)
    comms.acts.deactivate(comms.editor)
    comms.acts.remove_bot(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest(3)
    told = [text for text in comms.told_comms() if "The reef story" in text]
    assert len(told) == 1
    assert comms.is_quiet()


def test_an_editor_left_and_nobody_told_us(comms):
    """The profile is remembered as it was; Slack says so when the word is sent."""
    who_asks(comms.desk, comms.editor)
    comms.workspace.people[comms.editor] = replace(comms.workspace.people[comms.editor], deleted=True)
    comms.owe(notice(comms.editor))
    comms.rest(3)
    assert comms.states("notice")[0] == ("failed", "user_disabled")
    assert len(comms.told_comms()) >= 1


def test_an_editor_who_became_a_guest_still_hears_of_their_own_story(comms):
    story = comms.queue(comms.one)
    comms.workspace.change_person(replace(comms.workspace.people[comms.editor], guest="multi"))
    comms.acts.remove_bot(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest()
    assert len(comms.told(comms.editor)) == 1


def test_somebody_nobody_knows_and_a_bot_get_nothing_and_admins_hear_once(comms):
    comms.set_up(comms_channel=None)
    comms.owe(notice("U0NOBODY", "notice:nobody"))
    comms.owe(notice(comms.workspace.bot_user, "notice:bot"))
    comms.rest(4)
    assert {("failed", "channel_not_found"), ("failed", "cannot_dm_bot")} <= set(comms.states("notice"))
    assert len(comms.told(comms.admin)) == 2
    assert comms.is_quiet()


def test_the_admin_left_too_and_it_ends_there(comms):
    comms.set_up(comms_channel=None)
    comms.acts.deactivate(comms.admin)
    comms.owe(notice("U0NOBODY"))
    comms.rest(4)
    assert comms.open_deliveries() == []
    assert comms.is_quiet()


def test_nothing_is_stored_of_an_admin_who_had_themselves_deleted(comms):
    comms.set_up(comms_channel=None)
    delete_me(comms.desk, comms.admin, comms.now)
    comms.owe(notice("U0NOBODY"))
    comms.rest(3)
    query = select(deliveries.c.id).where(deliveries.c.target == comms.admin)
    assert comms.store.read(lambda c: c.execute(query).all()) == []


def test_a_reminder_and_a_preview_for_somebody_who_left_end_without_a_word(comms):
    story = comms.post(comms.one)
    person = comms.store.read(lambda c: people.by_user(c, comms.editor))
    later = Owed("reminder", "reminder:test", comms.editor, story_id=story.id, person_id=person.id)
    comms.owe(later)
    preview_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    comms.acts.deactivate(comms.editor)
    comms.rest(3)
    assert comms.states("reminder") == [("unwanted", None)]
    assert comms.states("preview") == [("failed", "user_disabled")]
    assert comms.told(comms.admin) == []
    assert len(comms.told_comms()) == 0
    assert comms.is_quiet()


def test_who_invited_us_left_before_we_could_explain(comms):
    private = comms.workspace.add_channel("secret", [comms.reader], private=True)
    comms.acts.invite_bot(private.id, comms.reader)
    comms.acts.deactivate(comms.reader)
    comms.rest(3)
    assert comms.open_deliveries() == []
