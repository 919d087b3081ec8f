"""`/passalong list`, `next`, `cancel`, `post now`, `pause`, `resume`: by command and by button."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.actions.move_story import move_up
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.queue_problems import FirstAlready
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft, StoryState
from bot.slack import ids
from bot.store import setup as setup_store
from bot.store import stories
from tests.slack.queueing import Comms, formatted, spoken

TUESDAY_NINE = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def comms(stand):
    found = Comms(stand)
    with found.web:
        yield found


def put(comms, title, due_at, *channels, **more):
    """A story in the queue, without its form."""
    draft = StoryDraft(
        link=f"https://example.com/{title.replace(' ', '-')}",
        title=title,
        sentence="Because.",
        language="en",
        captions=(Caption(None, "en", "One"), Caption(None, "en", "Two")),
        channels=channels or (comms.english,),
        due_at=due_at,
        **more,
    )
    story_id = comms.desk.store.write(lambda c: stories.add(c, draft, None, comms.stand.clock()))
    return comms.story(story_id)


def posted(comms, channel):
    return [m for m in comms.acts.messages(comms.editor, channel) if m.get("metadata")]


def order(said):
    """The titles in a list, from top to bottom."""
    linked = [text for text in formatted(said["blocks"]) if text.startswith("*<")]
    return [text.split("|", 1)[1].split(">", 1)[0] for text in linked]


def test_an_empty_queue_invites(comms):
    said = comms.say("list")
    assert "Nothing in the queue" in said["text"]
    assert "Free slots: tomorrow at 9:00" in spoken(said["blocks"])
    comms.press(ids.QUEUE_NEW)
    assert comms.view()["callback_id"] == ids.STORY_FORM


def test_the_list_shows_two_weeks_and_what_can_be_done(comms):
    best_before = TUESDAY_NINE + 2 * DAY
    second = put(comms, "Second", TUESDAY_NINE + DAY, commercial=True, best_before=best_before)
    first = put(comms, "First", TUESDAY_NINE, comms.english, comms.dutch)
    put(comms, "Much later", TUESDAY_NINE + 20 * DAY)
    said = comms.say("list")
    assert order(said) == ["First", "Second"]
    text = spoken(said["blocks"])
    assert "Tomorrow at 9:00" in text
    assert f"<#{comms.english}> and <#{comms.dutch}>" in text
    assert "commercial · best before Thursday 5 March at 9:00" in text
    assert "One more after that" in text
    verbs = verbs_of(said, second)
    assert list(verbs) == [
        ids.QUEUE_EDIT,
        ids.QUEUE_MOVE_UP,
        ids.QUEUE_PREVIEW,
        ids.QUEUE_POST_NOW,
        ids.QUEUE_CANCEL,
    ]
    assert {verb for verb, element in verbs.items() if "confirm" in element} == {ids.QUEUE_POST_NOW, ids.QUEUE_CANCEL}
    assert list(verbs_of(said, first)) == [verb for verb in verbs if verb != ids.QUEUE_MOVE_UP], "it is first already"
    assert ids.QUEUE_MOVE_UP not in json.dumps(comms.say("next")["blocks"])


def verbs_of(said, story):
    [row] = [block for block in said["blocks"] if block.get("block_id") == f"queue:{story.id}"]
    return {element["action_id"]: element for element in row["elements"]}


def test_a_long_queue_comes_in_pages_that_slack_accepts(comms):
    title = "A title of the length that people type when nobody stops them, and then a little longer " * 2
    channels = (comms.english, comms.dutch)
    for number in range(24):
        put(comms, f"{number:02} {title}"[:150], TUESDAY_NINE + timedelta(hours=number), *channels, commercial=True)
    said = comms.say("list", comms.dutch_editor)
    assert len(said["blocks"]) <= 50
    assert [text[:2] for text in order(said)] == [f"{number:02}" for number in range(10)]
    comms.press(ids.QUEUE_LATER, comms.dutch_editor)
    comms.press(ids.QUEUE_LATER, comms.dutch_editor)
    assert [text[:2] for text in order(comms.whispered(comms.dutch_editor))] == ["20", "21", "22", "23"]
    comms.press(ids.QUEUE_EARLIER, comms.dutch_editor)
    assert order(comms.whispered(comms.dutch_editor))[0].startswith("10")


def test_a_story_without_a_channel_stands_out(comms):
    put(comms, "Lost", TUESDAY_NINE, comms.dutch)
    gone = Channel(comms.dutch, "mooie-verhalen", "nl", is_gone=True)
    comms.desk.store.write(lambda c: setup_store.put_channel(c, gone, comms.stand.clock()))
    assert "No channel any more" in spoken(comms.say("list")["blocks"])


def test_move_up_takes_the_free_slot_else_changes_places(comms):
    first = put(comms, "First", TUESDAY_NINE)
    second = put(comms, "Second", TUESDAY_NINE + 2 * DAY)
    comms.say("list")
    move = {"block_id": f"queue:{second.id}"}
    comms.press(ids.QUEUE_MOVE_UP, **move)
    assert comms.story(second.id).due_at == TUESDAY_NINE + DAY
    assert "moved up: it goes out Wednesday 4 March at 9:00" in comms.whispered()["text"]
    comms.press(ids.QUEUE_MOVE_UP, **move)
    assert comms.story(second.id).due_at == TUESDAY_NINE
    assert comms.story(first.id).due_at == TUESDAY_NINE + DAY
    assert order(comms.whispered()) == ["Second", "First"]
    assert ids.QUEUE_MOVE_UP not in verbs_of(comms.whispered(), second)
    with pytest.raises(FirstAlready):
        move_up(comms.desk, who_asks(comms.desk, comms.editor), second.id, comms.stand.clock())


def test_cancel_by_button_in_the_list(comms):
    first = put(comms, "First", TUESDAY_NINE)
    put(comms, "Second", TUESDAY_NINE + DAY)
    comms.say("list")
    comms.press(ids.QUEUE_CANCEL, block_id=f"queue:{first.id}")
    assert comms.state(first.id) is StoryState.CANCELLED
    assert order(comms.whispered()) == ["Second"]
    assert "“First” is out of the queue" in comms.whispered()["text"]
    put(comms, "Third", TUESDAY_NINE)


def test_a_posted_story_turns_grey_when_it_is_cancelled(comms):
    story = put(comms, "The reef", TUESDAY_NINE, comms.english, comms.dutch)
    comms.stand.clock.to(TUESDAY_NINE)
    comms.stand.work()
    assert "taken back" in comms.say("cancel reef")["text"]
    comms.stand.clock.step(seconds=5)
    comms.stand.work()
    for channel in (comms.english, comms.dutch):
        [message] = posted(comms, channel)
        assert "~The reef~" in formatted(message["blocks"])
        assert not any(block["type"] == "actions" for block in message["blocks"])
    assert comms.state(story.id) is StoryState.CANCELLED


def test_cancelled_while_its_message_waits_it_does_not_go_out(comms):
    story = put(comms, "The reef", TUESDAY_NINE)
    comms.say("post now reef")
    comms.say("cancel reef")
    comms.stand.work()
    assert posted(comms, comms.english) == []
    assert comms.state(story.id) is StoryState.CANCELLED


def test_post_now_by_command_and_by_button(comms):
    first = put(comms, "The first", TUESDAY_NINE + DAY)
    second = put(comms, "The second", TUESDAY_NINE + 2 * DAY)
    assert "goes out now" in comms.say("post now the second")["text"]
    comms.say("list")
    comms.press(ids.QUEUE_POST_NOW, block_id=f"queue:{first.id}")
    comms.stand.work()
    comms.stand.clock.step(seconds=2)
    comms.stand.work()
    assert len(posted(comms, comms.english)) == 2
    assert {comms.state(first.id), comms.state(second.id)} == {StoryState.POSTED}
    assert "“The second” is out already." in comms.say("post now the second")["text"]


@pytest.mark.parametrize(
    ("verb", "button"), [("edit", ids.QUEUE_EDIT), ("cancel", ids.QUEUE_CANCEL), ("post now", ids.QUEUE_POST_NOW)]
)
def test_several_are_asked_about_and_none_is_said_kindly(comms, verb, button):
    first = put(comms, "A reef", TUESDAY_NINE)
    put(comms, "B reef &amp; <co>", TUESDAY_NINE + DAY)
    for text in (verb, f"{verb} reef"):
        said = comms.say(text)
        assert "Which one" in said["text"]
        buttons = [block["accessory"] for block in said["blocks"] if "accessory" in block]
        assert [element["action_id"] for element in buttons] == [button, button]
    assert {comms.state(story.id) for story in comms.queued()} == {StoryState.QUEUED}
    assert "don't find that story" in comms.say(f"{verb} octopus")["text"]
    comms.say(f"{verb} reef")
    comms.press(button, value=str(first.id))
    expected = {"edit": StoryState.QUEUED, "cancel": StoryState.CANCELLED, "post now": StoryState.POSTED}
    assert comms.state(first.id) is expected[verb]


def test_words_find_a_story_whatever_their_order_and_signs(comms):
    put(comms, "R&D <finds> the ‘reef’", TUESDAY_NINE)
    put(comms, "Something else", TUESDAY_NINE + DAY)
    view = comms.open("edit reef r&d")
    assert "R&D <finds> the ‘reef’" in str(view["blocks"])


def test_next_shows_one_story_or_the_empty_queue(comms):
    assert "Nothing in the queue" in comms.say("next")["text"]
    put(comms, "Later", TUESDAY_NINE + DAY)
    put(comms, "Sooner", TUESDAY_NINE)
    said = comms.say("next")
    assert order(said) == ["Sooner"]
    assert "Tomorrow at 9:00" in spoken(said["blocks"])


def test_pause_holds_everything_and_resume_does_not_let_it_burst_out(comms):
    assert "All posting is paused" in comms.say("pause")["text"]
    first, second, other = (
        put(comms, "First", TUESDAY_NINE),
        put(comms, "Second", TUESDAY_NINE + timedelta(minutes=5)),
        put(comms, "Other", TUESDAY_NINE + timedelta(minutes=6), comms.dutch),
    )
    comms.stand.clock.to(TUESDAY_NINE + timedelta(minutes=30))
    comms.stand.work()
    assert posted(comms, comms.english) == []
    listed = comms.say("list")
    assert "Everything is paused" in spoken(listed["blocks"])
    assert "Was due today at 9:00" in spoken(listed["blocks"])
    assert "Resume first" in post_now_refused(comms, first)
    said = comms.say("resume")
    assert "“First” goes out now" in said["text"]
    assert "“Other” goes out now" in said["text"]
    assert "“Second” waited too; it goes out tomorrow at 9:00" in said["text"]
    comms.stand.work()
    assert len(posted(comms, comms.english)) == 1
    assert len(posted(comms, comms.dutch)) == 1
    assert comms.story(second.id).due_at == TUESDAY_NINE + DAY
    assert comms.state(other.id) is StoryState.POSTED


def post_now_refused(comms, story):
    comms.press(ids.QUEUE_POST_NOW, block_id=f"queue:{story.id}")
    return comms.whispered()["text"]


def test_resume_says_when_nothing_was_paused(comms):
    assert comms.say("resume")["text"] == "Nothing was paused: stories go out at their times."


def test_pause_and_resume_by_button(comms):
    comms.say("list")
    comms.press(ids.PAUSE)
    assert comms.desk.setup().paused
    comms.press(ids.RESUME)
    assert not comms.desk.setup().paused
    assert "Posting goes on" in comms.whispered()["text"]


def test_the_preview_is_the_real_message_for_the_editor_alone(comms):
    story = put(comms, "The <reef>", TUESDAY_NINE, image="https://example.com/reef.png", alt="Coral")
    comms.say("list")
    comms.press(ids.QUEUE_PREVIEW, block_id=f"queue:{story.id}")
    comms.stand.work()
    [preview] = comms.direct()
    assert "Only you see this" in spoken(preview["blocks"])
    comms.stand.clock.to(TUESDAY_NINE)
    comms.stand.work()
    [real] = posted(comms, comms.english)
    assert shown(real["blocks"]) == shown(preview["blocks"])[1:]
    comms.press(ids.PREVIEW_SHARE, channel=preview_channel(comms), ts=preview["ts"])
    comms.press(ids.PREVIEW_MENU, channel=preview_channel(comms), ts=preview["ts"], option=f"not_for_me:{story.id}")
    assert "only a preview" in comms.whispered()["text"]
    assert comms.story(story.id).not_for_me == 0


def preview_channel(comms):
    return comms.stand.workspace.direct_channel(comms.editor).id


def shown(blocks):
    return [(block["type"], spoken([block])) for block in blocks]


def test_a_preview_says_when_slack_does_not_like_the_picture(comms):
    story = put(comms, "The reef", TUESDAY_NINE, image="https://example.com/reef.webp", alt="Coral")
    comms.say("list")
    comms.press(ids.QUEUE_PREVIEW, block_id=f"queue:{story.id}")
    comms.stand.work()
    comms.stand.clock.step(seconds=2)
    comms.stand.work()
    assert any("without its picture" in message["text"] for message in comms.direct())


ACTS = ("queue", "queue https://example.com/x", "list", "next", "edit reef", "cancel reef", "post now reef")


@pytest.mark.parametrize("text", [*ACTS, "pause", "resume"])
def test_the_commands_are_for_editors(comms, text):
    story = put(comms, "The reef", TUESDAY_NINE)
    said = comms.say(text, comms.colleague)
    assert said["text"].startswith(("This is for comms", "Dit is voor communicatie"))
    assert comms.acts.views(comms.colleague) == []
    assert comms.story(story.id) == story
    assert not comms.desk.setup().paused


def test_forged_presses_and_submits_are_refused(comms):
    """Somebody without the role who gets at the payloads of the buttons all the same."""
    story = put(comms, "The reef", TUESDAY_NINE)
    listed = comms.say("list")
    buttons = [element for block in listed["blocks"] for element in block.get("elements", []) if "action_id" in element]
    direct = comms.stand.workspace.direct_channel(comms.colleague).id
    buttons.append({"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": ids.RESUME})
    forged = [{"type": "actions", "elements": buttons[start : start + 5]} for start in range(0, len(buttons), 5)]
    ts = comms.stand.workspace.add_message(direct, {"text": "forged", "blocks": forged, "bot_id": "B"})["ts"]
    for element in buttons:
        comms.press(element["action_id"], comms.colleague, channel=direct, ts=ts)
        assert comms.whispered(comms.colleague)["text"].startswith(("This is for comms", "Dit is voor")), element
    assert comms.acts.views(comms.colleague) == []
    assert comms.story(story.id) == story
    assert not comms.desk.setup().paused


def test_an_editor_who_lost_the_role_cannot_send_the_form(comms):
    comms.open()
    comms.fill(**comms.filled)
    comms.set_up(editors=())
    assert "This is for comms" in next(iter(comms.send().values()))
    assert comms.queued() == []


def test_the_line_above_a_preview_is_in_the_editors_language(comms):
    story = put(comms, "The reef", TUESDAY_NINE)
    comms.say("next", comms.dutch_editor)
    comms.press(ids.QUEUE_PREVIEW, comms.dutch_editor, value=str(story.id))
    comms.stand.work()
    [preview] = comms.direct(comms.dutch_editor)
    assert "Alleen jij ziet dit" in spoken(preview["blocks"])
    assert "Share it" in spoken(preview["blocks"])


def test_from_home_the_answer_comes_as_a_message_and_nothing_is_left_hanging(comms):
    """A form that was opened from Home has no channel to whisper in."""
    story = put(comms, "The reef", TUESDAY_NINE)
    comms.acts.open_home(comms.editor)
    comms.stand.work()
    view = comms.acts.home(comms.editor)
    comms.press(ids.QUEUE_EDIT, view_id=view["id"], value=str(story.id))
    comms.fill(title="The reef is back")
    assert comms.send() == {}
    comms.stand.work()
    assert "Saved. “The reef is back”" in comms.direct()[-1]["text"]
    assert "The reef is back" in str(comms.acts.home(comms.editor)["blocks"])


def test_no_slots_in_the_week_asks_for_a_time_at_its_field(comms):
    comms.set_up(slots=())
    comms.open()
    comms.fill(**comms.filled)
    errors = comms.send()
    assert set(errors) == {"due_at"}
    assert "pick a date and time" in errors["due_at"]


def test_without_a_queue_nothing_is_said_of_a_story_nobody_named(comms):
    for verb in ("edit", "cancel", "post now"):
        assert comms.say(verb)["text"].startswith("Nothing in the queue")
        assert comms.say(f"{verb} reef")["text"].startswith("I don't find that story")
