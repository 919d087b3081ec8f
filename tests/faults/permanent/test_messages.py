"""A message that is gone, or that cannot be changed any more."""

import json

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.deliver import deliver
from bot.actions.publish_due import publish_due
from bot.actions.queue_story import edit_story
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.actions.who_asks import who_asks
from bot.domain.stories import StoryDraft, StoryState
from bot.slack import ids
from bot.store import people, placements, shares


def edited(comms, story, sentence="It was better than that."):
    draft = StoryDraft(story.link, story.title, sentence, "en", story.captions, channels=story.channels)
    version = comms.story(story).version
    return edit_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, version, draft, comms.now)


def test_a_deleted_message_is_told_once_and_nothing_runs_after_it(comms):
    story = comms.post(comms.one, comms.two)
    first, second = comms.ts(story, comms.one), comms.ts(story, comms.two)
    comms.acts.delete(comms.one, first)
    comms.rest()
    [told] = comms.told(comms.editor)
    assert f"<#{comms.one}>" in told
    assert "other channels" in told
    # An edit says where it stands no more, and changes only what stands.
    queued = edited(comms, story)
    assert (queued.lost, queued.stands) == ((comms.one,), True)
    comms.rest()
    assert comms.states("story_update") == [("sent", None)]
    comms.acts.delete(comms.two, second)
    comms.rest()
    assert len(comms.told(comms.editor)) == 2
    assert "Home" in comms.told(comms.editor)[-1]
    assert edited(comms, story, "Once more.").stands is False
    calls = comms.calls("chat.update", "reactions.get")
    rebuild_reactions(comms.desk, comms.now)
    comms.rest()
    assert comms.calls("chat.update", "reactions.get") == calls
    assert comms.story(story).state is StoryState.POSTED


def test_the_editors_answer_and_home_say_that_it_was_deleted(comms):
    story = comms.post(comms.one)
    comms.acts.delete(comms.one, comms.ts(story, comms.one))
    comms.rest()
    comms.acts.open_home(comms.editor)
    comms.rest()
    assert "its message was deleted" in json.dumps(comms.acts.home(comms.editor))
    answer = comms.acts.command(comms.editor, comms.comms.id, "/passalong edit reef")
    assert answer.acked
    comms.stand.settle()
    view = comms.acts.views(comms.editor)[-1]
    assert comms.acts.submit(comms.editor, view["id"]).acked
    comms.rest()
    said = [m["text"] for m in comms.acts.ephemerals(comms.editor)] + comms.told(comms.editor)
    assert [text for text in said if "was deleted, so no channel shows your change" in text]


def test_an_event_that_never_came_is_found_out_by_the_update_or_by_looking_up_reactions(comms):
    one = comms.post(comms.one)
    silently_delete(comms, comms.one, comms.ts(one, comms.one))
    edited(comms, one)
    comms.rest()
    assert comms.states("story_update") == [("failed", "message_not_found")]
    other = comms.post(comms.two, title="Another reef story")
    silently_delete(comms, comms.two, comms.ts(other, comms.two))
    for _ in range(2):
        rebuild_reactions(comms.desk, comms.now)
    comms.rest()
    told = comms.told(comms.editor)
    assert len(told) == 2
    assert all("deleted" in text for text in told)
    calls = comms.calls("reactions.get")
    rebuild_reactions(comms.desk, comms.now)
    assert comms.calls("reactions.get") == calls


def silently_delete(comms, channel, ts):
    comms.workspace.channels[channel].messages.pop(ts)


def test_what_somebody_shares_from_a_window_that_is_still_open_counts(comms):
    story = comms.post(comms.one)
    comms.workspace.join(comms.reader, comms.one)
    ts = comms.ts(story, comms.one)
    assert comms.acts.press(comms.reader, ids.SHARE, channel=comms.one, ts=ts).acked
    comms.stand.settle()
    view = comms.acts.views(comms.reader)[-1]
    comms.acts.delete(comms.one, ts)
    comms.rest()
    comms.acts.press(comms.reader, ids.go("linkedin"), view_id=view["id"])
    comms.stand.settle()
    view = comms.acts.views(comms.reader)[-1]
    assert comms.acts.submit(comms.reader, view["id"]).acked
    comms.rest()
    person = comms.store.read(lambda c: people.by_user(c, comms.reader))
    found = comms.store.read(lambda c: shares.of_person(c, story.id, person.id))
    assert [share.is_said for share in found] == [True]


def test_a_message_of_a_story_that_was_taken_back_is_nobodys_news(comms):
    story = comms.post(comms.one)
    ts = comms.ts(story, comms.one)
    cancel_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    comms.rest()
    comms.acts.delete(comms.one, ts)
    comms.rest()
    assert comms.told(comms.editor) == []
    assert comms.store.read(lambda c: placements.of_story(c, story.id)) == []


@pytest.mark.parametrize("taken_back", [True, False])
def test_a_message_that_cannot_be_changed_is_told_once(comms, taken_back):
    story = comms.post(comms.one)
    comms.workspace.channels[comms.one].messages[comms.ts(story, comms.one)]["user"] = comms.admin
    if taken_back:
        cancel_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    else:
        for sentence in ("One.", "Two."):
            edited(comms, story, sentence)
            comms.rest()
    comms.rest()
    assert set(comms.states("story_update")) == {("failed", "cant_update_message")}
    [told] = comms.told(comms.editor)
    assert ("taken back" in told) == taken_back
    assert "cant_update_message" in told
    assert comms.is_quiet()


def test_too_many_reactions_keep_nobody_busy(comms):
    story = comms.queue(comms.one)
    comms.stand.clock.to(story.due_at)
    full = [{"name": f"emoji{n}", "users": [comms.reader], "count": 1} for n in range(50)]
    add = comms.workspace.add_message
    comms.workspace.add_message = lambda channel, message: add(channel, {**message, "reactions": list(full)})
    comms.rest()
    assert comms.states("seed") == [("failed", "too_many_emoji")]
    assert comms.told(comms.editor) == []


@pytest.mark.parametrize(("error", "tries"), [("invalid_blocks", 2), ("msg_blocks_too_long", 1)])
def test_what_slack_cannot_use_is_told_with_what_to_do(comms, error, tries):
    """The picture is left out first; what is left Slack does not like either."""
    story = comms.queue(comms.one, image="https://example.com/reef.webp", alt="A reef")
    comms.stand.clock.to(story.due_at)
    publish_due(comms.desk, comms.now)
    answers = comms.stand.sandbox.web_api.methods["chat.postMessage"]
    comms.slack_says("chat.postMessage", error)
    deliver(comms.desk, comms.now)
    comms.stand.sandbox.web_api.methods["chat.postMessage"] = answers
    comms.rest()
    assert comms.states("story") == [("failed", error)]
    assert comms.calls("chat.postMessage") == tries + 1  # and the word to the editor
    [told] = comms.told(comms.editor)
    assert error in told
    assert "Shorten it" in told
    assert comms.story(story).state is StoryState.EXPIRED


@pytest.mark.parametrize(
    ("error", "says"), [("edit_window_closed", "stays as it was"), ("msg_too_long", "stays as it was")]
)
def test_an_edit_that_slack_does_not_take_is_told_once(comms, error, says):
    story = comms.post(comms.one)
    comms.slack_says("chat.update", error)
    for sentence in ("One.", "Two."):
        edited(comms, story, sentence)
        comms.rest()
    [told] = comms.told(comms.editor)
    assert error in told
    assert says in told
