"""`/passalong queue`: the form, its errors at their fields, and the answer that says the time back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.setup import Channel
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.store import setup as setup_store
from tests.slack.queueing import FILLED, Comms, epoch, formatted, initial, spoken

TUESDAY_NINE = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


@pytest.fixture
def comms(stand):
    found = Comms(stand)
    with found.web:
        yield found


def test_a_story_is_queued_at_the_next_free_slot_and_the_time_is_said_back(comms):
    comms.open()
    comms.fill(**comms.filled)
    assert comms.send() == {}
    [story] = comms.queued()
    assert story.due_at == TUESDAY_NINE
    assert story.channels == (comms.english,)
    assert [caption.text for caption in story.captions] == [FILLED["caption_1"], FILLED["caption_2"]]
    # #general is a channel the bot is not in, so the answer comes as a direct message.
    comms.stand.work()
    [answer] = comms.direct()
    assert "tomorrow at 9:00" in answer["text"]
    assert f"<#{comms.english}>" in answer["text"]
    pressed = {element["action_id"] for element in answer["blocks"][-1]["elements"]}
    assert pressed == {ids.QUEUE_PREVIEW, ids.QUEUE_EDIT, ids.QUEUE_CANCEL}


def test_the_answer_is_whispered_where_the_bot_is(comms):
    comms.open(channel=comms.english)
    comms.fill(**comms.filled)
    comms.send()
    comms.stand.work()
    assert "tomorrow at 9:00" in comms.whispered()["text"]
    assert comms.direct() == []


def test_the_time_is_said_in_the_askers_zone_and_language(comms):
    comms.open(user=comms.dutch_editor, channel=comms.english)
    comms.fill(comms.dutch_editor, **comms.filled, language="en")
    comms.send(comms.dutch_editor)
    assert "morgen om 9.00 uur" in comms.whispered(comms.dutch_editor)["text"]


def test_all_fields_come_through(comms):
    due, over = TUESDAY_NINE + timedelta(hours=3), TUESDAY_NINE + timedelta(days=3)
    comms.open()
    comms.fill(
        **comms.filled,
        image="https://example.com/reef.png",
        alt="Coral, seen from above",
        topics="nature, #science, nature",
        language="nl",
        channels=[comms.english, comms.dutch],
        due_at=epoch(due),
        best_before=epoch(over),
        kind="commercial",
    )
    assert comms.send() == {}
    [story] = comms.queued()
    assert (story.image, story.alt) == ("https://example.com/reef.png", "Coral, seen from above")
    assert story.topics == ("nature", "science")
    assert (story.language, story.commercial) == ("nl", True)
    assert {caption.language for caption in story.captions} == {"nl"}
    assert set(story.channels) == {comms.english, comms.dutch}
    assert (story.due_at, story.best_before) == (due, over)


def test_one_caption_is_fine_and_a_second_is_asked_for_once(comms):
    comms.open(channel=comms.english)
    comms.fill(**{name: value for name, value in comms.filled.items() if name != "caption_2"})
    assert comms.send() == {}
    assert "second one" in spoken(comms.whispered()["blocks"])
    comms.press(ids.QUEUE_EDIT, channel=comms.english)
    assert comms.send() == {}
    assert "second one" not in spoken(comms.whispered()["blocks"])


WRONG = [
    ("link", "ftp://example.com/x", "https://"),
    ("link", "example.com/x", "https://"),
    ("link", "https://exa mple.com/", "doesn't look like a link"),
    ("link", "https://intranet", "doesn't look like a link"),
    ("link", "http://10.0.0.7/x", "private network"),
    ("link", "http://2130706433@example.com/", "doesn't look like a link"),
    ("link", "http://169.254.169.254/latest", "private network"),
    ("link", "https://localhost/x", "private network"),
    ("link", "https://example.com/" + "x" * 2000, "20 characters too many"),
    ("link", "https://example.com/?" + "a=1&" * 400, "too long for a share page"),
    ("title", "t" * 151, "1 characters too many"),
    ("title", "\u202e \u200f", "needs a title"),
    ("sentence", "s" * 501, "1 characters too many"),
    ("sentence", "   ", "One sentence"),
    ("caption_1", "  ", "at least one caption"),
    ("caption_2", "c" * 2001, "1 characters too many"),
    ("image", "http://192.168.1.1/a.png", "private network"),
    ("image", "reef.png", "https://"),
    ("topics", "a,b,c,d,e,f,g,h,i,j,k", "At most 10"),
    ("due_at", 1_700_000_000, "passed"),
    ("best_before", 1_700_000_000, "passed"),
]


def test_what_is_wrong_stands_at_its_field_and_all_that_was_typed_stays(comms):
    comms.open()
    comms.fill(**comms.filled)
    for field, value, word in WRONG:
        also = {"caption_1": {"caption_2": " "}, "image": {"alt": "Coral"}}.get(field, {})
        typed = comms.filled | {field: value} | also
        comms.fill(**typed)
        errors = comms.send()
        assert set(errors) == {field}, (field, value)
        assert word in errors[field]
        state = comms.acts.state_of(comms.editor, comms.view()["id"])
        assert all(text in state[name][name].values() for name, text in typed.items())
        comms.fill(**{field: None, "alt": None})
    assert comms.queued() == []


def test_several_errors_stand_there_together_in_the_askers_language(comms):
    comms.open(user=comms.dutch_editor)
    typed = FILLED | {"link": "mailto:x@example.com", "title": " ", "image": "https://example.com/a.png"}
    comms.fill(comms.dutch_editor, **typed)
    errors = comms.send(comms.dutch_editor)
    assert set(errors) == {"link", "title", "alt"}
    assert "Een link begint met" in errors["link"]


def test_a_link_is_queued_once_and_the_error_says_which_and_when(comms):
    comms.queue()
    comms.open()
    comms.fill(**comms.filled | {"link": f"{comms.filled['link']}/?utm_source=x#top", "title": "Again"})
    errors = comms.send()
    assert set(errors) == {"link"}
    assert "The reef is back" in errors["link"]
    assert "tomorrow at 9:00" in errors["link"]


def test_a_time_is_booked_once_a_channel(comms):
    comms.queue(due_at=epoch(TUESDAY_NINE))
    other = comms.filled | {"link": comms.page("/two", "Two"), "title": "Two"}
    comms.open()
    comms.fill(**other, due_at=epoch(TUESDAY_NINE))
    assert set(comms.send()) == {"due_at"}
    comms.fill(channels=[comms.dutch])
    assert comms.send() == {}


def test_best_before_is_later_than_its_time_also_when_the_slot_is_given(comms):
    comms.open()
    comms.fill(**comms.filled, best_before=epoch(TUESDAY_NINE - timedelta(hours=1)))
    errors = comms.send()
    assert set(errors) == {"best_before"}
    assert "tomorrow at 9:00" in errors["best_before"]
    comms.fill(due_at=epoch(TUESDAY_NINE + timedelta(days=1)), best_before=epoch(TUESDAY_NINE))
    assert set(comms.send()) == {"best_before"}
    assert comms.queued() == []


def test_without_channels_the_form_does_not_open(comms):
    for channel in (comms.english, comms.dutch):
        gone = Channel(channel, "gone", "en", is_gone=True)
        comms.desk.store.write(lambda c, gone=gone: setup_store.put_channel(c, gone, comms.stand.clock()))
    assert "no channel for stories" in comms.say("queue")["text"]
    assert comms.acts.views(comms.editor) == []


def test_two_editors_at_once_the_second_is_told_and_nothing_is_overwritten(comms):
    story = comms.queue()
    for user in (comms.editor, comms.dutch_editor):
        comms.open("edit reef", user)
    comms.fill(title="The reef is really back")
    assert comms.send() == {}
    comms.fill(comms.dutch_editor, title="Het rif is terug")
    errors = comms.send(comms.dutch_editor)
    assert "Een collega heeft dit verhaal veranderd" in next(iter(errors.values()))
    state = comms.acts.state_of(comms.dutch_editor, comms.view(comms.dutch_editor)["id"])
    assert state["title"]["title"]["value"] == "Het rif is terug"
    assert comms.story(story.id).title == "The reef is really back"


def test_an_edit_starts_from_what_is_there_and_moves_the_story(comms):
    story = comms.queue(topics="nature", kind="commercial")
    view = comms.open("edit the reef is back")
    assert initial(view, "title") == "The reef is back"
    assert initial(view, "caption_2") == FILLED["caption_2"]
    assert initial(view, "due_at") == epoch(TUESDAY_NINE)
    assert initial(view, "topics") == "nature"
    assert initial(view, "kind")["value"] == "commercial"
    comms.fill(due_at=epoch(TUESDAY_NINE + timedelta(hours=2)), caption_2=None)
    assert comms.send() == {}
    changed = comms.story(story.id)
    assert changed.due_at == TUESDAY_NINE + timedelta(hours=2)
    assert [c.id for c in changed.captions] == [story.captions[0].id]


def test_an_edit_of_a_posted_story_changes_its_messages(comms):
    story = comms.queue()
    comms.stand.clock.to(TUESDAY_NINE)
    comms.stand.work()
    view = comms.open(f"edit {comms.filled['link']}")
    assert not any(block.get("block_id") in {"due_at", "channels"} for block in view["blocks"])
    comms.fill(title="The reef is really back")
    assert comms.send() == {}
    comms.stand.clock.step(seconds=5)
    comms.stand.work()
    [message] = [m for m in comms.acts.messages(comms.editor, comms.english) if m.get("metadata")]
    assert "The reef is really back" in message["text"]
    assert comms.story(story.id).channels == (comms.english,)


def test_a_story_that_expired_is_queued_again_by_an_edit(comms):
    story = comms.queue(best_before=epoch(TUESDAY_NINE + timedelta(hours=1)))
    comms.stand.clock.to(TUESDAY_NINE + timedelta(hours=5))
    comms.stand.work()
    assert comms.state(story.id) is StoryState.EXPIRED
    comms.stand.clock.step(seconds=2)  # one message a second
    comms.stand.work()
    assert any("best-before" in message["text"] for message in comms.direct())
    view = comms.open("edit reef")
    assert initial(view, "due_at") is None
    again = comms.stand.clock() + timedelta(days=4)
    comms.fill(best_before=epoch(again))
    assert comms.send() == {}
    assert comms.state(story.id) is StoryState.QUEUED
    assert comms.story(story.id).due_at == TUESDAY_NINE + timedelta(days=1)


def test_titles_cannot_do_harm(comms):
    nasty = "<!channel> *R&D* \u202egnirts\u202c 🎉 @here `x`"
    comms.open(channel=comms.english)
    comms.fill(**comms.filled | {"title": nasty})
    assert comms.send() == {}
    said, listed = comms.whispered(), comms.say("list")
    for shown in (said, listed):
        assert "&lt;!channel&gt; ∗R&amp;D∗ gnirts" in shown["text"]
        assert "<!channel>" not in shown["text"] + " ".join(formatted(shown["blocks"]))
        assert "\u202e" not in str(shown)


def test_a_page_that_cannot_be_read_is_told_after_queueing(comms):
    comms.open(channel=comms.english)
    comms.fill(**comms.filled | {"link": "http://127.0.0.1:9/nothing"})
    assert comms.send() == {}
    comms.stand.work()
    [story] = comms.queued()
    assert story.link == "http://127.0.0.1:9/nothing"
    assert "couldn't open the page" in comms.direct()[-1]["text"]
