"""A channel that takes nothing any more: archived, deleted, without the bot, closed to apps, or moved to another id."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from bot.actions.cancel_story import cancel_story
from bot.actions.deliver import deliver
from bot.actions.publish_due import publish_due
from bot.actions.queue_story import edit_story
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import Owed
from bot.domain.stories import StoryDraft, StoryState
from bot.slack import ids
from bot.store import placements
from bot.store import setup as setup_store
from bot.store.tables import stories

# What happens to a channel, what Slack says then, and what the editor reads.
ENDS = {
    "archived": (lambda c, channel: c.workspace.archive_channel(channel, c.admin), "is_archived", "archived, deleted"),
    "deleted": (lambda c, channel: c.workspace.delete_channel(channel), "channel_not_found", "archived, deleted"),
    "bot removed": (lambda c, channel: c.acts.remove_bot(channel), "not_in_channel", "not in that channel any more"),
    "closed to apps": (lambda c, channel: c.workspace.close_to_apps(channel), "restricted_action", "apps may not post"),
}


@pytest.mark.parametrize("end", ENDS)
def test_before_the_slot_one_of_two_channels_ends(comms, end):
    happens, reason, says = ENDS[end]
    story = comms.queue(comms.one, comms.two)
    happens(comms, comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest()
    assert len(comms.standing(comms.two)) == 1
    assert sorted(comms.states("story"), key=str) == [("failed", reason), ("sent", None)]
    assert comms.story(story).state is StoryState.POSTED
    [told] = comms.told(comms.editor)
    assert says in told
    assert "The reef story" in told
    assert f"<#{comms.one}>" in told
    assert comms.told_comms()[1:] == comms.told(comms.admin) == []
    assert comms.is_quiet()
    assert comms.told(comms.editor) == [told]


@dataclass
class Interrupted:
    """Slack, with something happening to the channel right before a message would get there."""

    slack: Any
    happens: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.slack, name)

    def post(self, *what: Any) -> Any:
        self.happens()
        return self.slack.post(*what)


def test_between_claim_and_send_the_only_channel_ends_and_the_story_is_not_out(comms):
    story = comms.queue(comms.one)
    comms.stand.clock.to(story.due_at)
    publish_due(comms.desk, comms.now)
    between = Interrupted(comms.desk.messenger, lambda: comms.acts.remove_bot(comms.one))
    deliver(comms.stand.house.desk.__class__(**{**vars(comms.desk), "messenger": between}), comms.now)
    comms.rest()
    assert comms.states("story") == [("failed", "not_in_channel")]
    told = comms.story(story)
    assert (told.state, told.posted_at) == (StoryState.EXPIRED, None)
    assert len(comms.told(comms.editor)) == 1


def test_invited_again_one_press_posts_it_after_all(comms):
    story = comms.queue(comms.one)
    comms.acts.remove_bot(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest()
    [message] = comms.acts.direct(comms.editor)
    place = message["channel"] if "channel" in message else comms.workspace.direct_channel(comms.editor).id
    # Too early: it is refused once more, and said once more.
    comms.acts.press(comms.editor, ids.QUEUE_POST_NOW, channel=place, ts=message["ts"])
    comms.rest()
    assert comms.standing(comms.one) == []
    message = comms.acts.direct(comms.editor)[-1]
    comms.acts.invite_bot(comms.one, comms.admin)
    comms.rest()
    comms.acts.press(comms.editor, ids.QUEUE_POST_NOW, channel=place, ts=message["ts"])
    comms.rest()
    assert len(comms.standing(comms.one)) == 1
    assert comms.story(story).state is StoryState.POSTED
    assert "goes out now" in comms.acts.direct(comms.editor)[-1]["text"]
    # And an edit that puts it back in the queue would have posted it too: the key is not used up.
    assert comms.states("story") == [("sent", None)]


def test_queued_again_by_an_edit_it_goes_out_where_it_was_refused(comms):
    story = comms.queue(comms.one)
    comms.workspace.close_to_apps(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest()
    comms.workspace.close_to_apps(comms.one, closed=False)
    now = comms.story(story)
    draft = StoryDraft(story.link, story.title, story.sentence, "en", story.captions, channels=(comms.one,))
    again = edit_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, now.version, draft, comms.now).story
    comms.stand.clock.to(again.due_at)
    comms.rest()
    assert len(comms.standing(comms.one)) == 1


def test_a_story_that_stands_in_an_archived_channel_is_taken_back_and_its_editor_hears_that_it_stays(comms):
    story = comms.post(comms.one, comms.two)
    comms.workspace.archive_channel(comms.one, comms.admin)
    cancel_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    comms.rest()
    [grey] = [m["text"] for m in comms.workspace.channels[comms.two].messages.values() if m.get("metadata")]
    assert "Taken back" in grey
    [told] = comms.told(comms.editor)
    assert "stands there as it was" in told
    assert "is_inactive" in told
    assert comms.is_quiet()


def test_in_a_channel_that_is_deleted_nobody_is_bothered_by_an_edit(comms):
    story = comms.post(comms.one)
    comms.workspace.delete_channel(comms.one)
    cancel_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    comms.rest()
    assert comms.states("story_update") == [("failed", "channel_not_found")]
    assert comms.told(comms.editor) == []


def test_the_seed_is_given_up_quietly_when_the_channel_ends_right_after_the_post(comms):
    story = comms.queue(comms.one)
    comms.stand.clock.to(story.due_at)
    publish_due(comms.desk, comms.now)
    deliver(comms.desk, comms.now)
    comms.workspace.archive_channel(comms.one, comms.admin)
    comms.rest()
    assert comms.states("seed") == [("failed", "is_archived")]
    assert comms.told(comms.editor) == []
    # What people do under it still works: there is a message, and the story is open.
    pressed = comms.acts.press(comms.reader, ids.SHARE, channel=comms.one, ts=comms.ts(story, comms.one))
    assert pressed.acked


def test_the_comms_channel_ends_and_the_admins_hear_once(comms):
    comms.workspace.archive_channel(comms.comms.id, comms.admin)
    body = {"word": "notice.scopes_back", "params": {"scopes": "something to know"}, "times": []}
    for n in range(3):
        comms.owe(Owed("notice", f"notice:test{n}", comms.comms.id, body))
    comms.owe(Owed("comms_digest", "comms_digest:test", comms.comms.id, week(comms)))
    comms.rest(6)
    told = comms.told(comms.admin)
    assert len([text for text in told if "waar communicatie van mij hoort" in text]) == 1
    # What comms should have read reaches somebody, each once.
    assert len([text for text in told if "something to know" in text]) == 3
    assert comms.is_quiet()
    assert comms.told(comms.editor) == []


def week(comms) -> dict[str, str]:
    return {"start": comms.now.isoformat(), "end": comms.now.isoformat()}


def test_without_comms_channel_and_without_editor_the_admins_hear_about_a_story(comms):
    comms.set_up(comms_channel=None)
    story = comms.queue(comms.one)
    comms.write(lambda c: clear_editor(c, story.id))
    comms.acts.remove_bot(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.rest()
    [told] = comms.told(comms.admin)
    assert "The reef story" in told


def clear_editor(connection: Any, story_id: int) -> None:
    connection.execute(update(stories).where(stories.c.id == story_id).values(queued_by=None))


def test_the_digests_channel_is_closed_and_comms_hears_once_not_each_week(comms):
    comms.workspace.close_to_apps(comms.one)
    for n in range(3):
        comms.owe(Owed("introduction" if n == 2 else "digest", f"digest:test:{n}", comms.one, week(comms)))
        comms.rest()
    refused = [text for text in comms.told_comms() if "restricted_action" in text]
    # Nothing was passed along, so the digests had nothing to tell; the introduction is what was refused.
    assert len(refused) == 1
    comms.owe(Owed("introduction", "introduction:once more", comms.one))
    comms.rest()
    assert [text for text in comms.told_comms() if "restricted_action" in text] == refused
    comms.workspace.close_to_apps(comms.one, closed=False)
    comms.owe(Owed("introduction", "introduction:it works", comms.one))
    comms.rest()
    comms.workspace.close_to_apps(comms.one)
    comms.owe(Owed("introduction", "introduction:closed again", comms.one))
    comms.rest()
    assert len([text for text in comms.told_comms() if "restricted_action" in text]) == 2


def test_a_channel_that_ended_gets_no_digest(comms):
    comms.workspace.delete_channel(comms.one)
    comms.owe(Owed("introduction", "introduction:gone", comms.one))
    comms.rest()
    known = comms.store.read(lambda c: setup_store.list_channels(c))
    assert [channel.id for channel in known] == [comms.two]


def test_a_channel_turned_private_goes_on(comms):
    story = comms.post(comms.one)
    comms.workspace.make_private(comms.one)
    cancel_story(comms.desk, who_asks(comms.desk, comms.editor), story.id, comms.now)
    soon = comms.queue(comms.one, title="Another reef story")
    comms.stand.clock.to(soon.due_at)
    comms.rest()
    texts = [m["text"] for m in comms.workspace.channels[comms.one].messages.values() if m.get("metadata")]
    assert len([text for text in texts if "Taken back" in text]) == 1
    assert len([text for text in texts if "Another reef story" in text]) == 1
    assert comms.told(comms.editor) == []


def test_a_channel_shared_with_another_organisation_keeps_its_stories_under_its_new_id(comms):
    out = comms.post(comms.one)
    soon = comms.queue(comms.one, title="Another reef story")
    comms.acts.react(comms.reader, comms.one, comms.ts(out, comms.one), "mega")
    comms.stand.settle()
    new = comms.workspace.share_externally(comms.one)
    comms.rest()
    assert comms.ts(out, new)
    assert comms.story(soon).channels == (new,)
    cancel_story(comms.desk, who_asks(comms.desk, comms.editor), out.id, comms.now)
    comms.stand.clock.to(soon.due_at)
    comms.rest()
    texts = [m["text"] for m in comms.workspace.channels[new].messages.values() if m.get("metadata")]
    assert any("Taken back" in text for text in texts)
    assert any("Another reef story" in text for text in texts)
    assert comms.told(comms.editor) == []
    assert comms.store.read(lambda c: placements.at(c, comms.one, comms.ts(out, new))) is None


def test_the_comms_channel_that_gets_another_id_stays_the_comms_channel(comms):
    new = comms.workspace.share_externally(comms.comms.id)
    comms.rest()
    assert comms.desk.setup().comms_channel == new
    # Shared with others, being in it makes nobody an editor any more.
    assert comms.desk.roles.warning == "comms_channel_open"
