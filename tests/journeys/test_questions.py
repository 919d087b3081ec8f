"""Asking comms, with a name and without: from the button under a story to the answer, and for everyone if both agree."""

import pytest

from bot.slack import ids
from tests.slack.question_desk import ANSWER, QUESTION, QuestionDesk, has, texts_of


@pytest.fixture
def at(stand):
    found = QuestionDesk(stand)
    found.post()
    return found


def test_a_question_with_a_name_from_button_to_answer(at):
    said = at.ask(at.anna)
    assert "with your name" in said
    card = at.card()
    name = at.desk.messenger.profile(at.anna).name
    assert f"{name} asks:" in texts_of(card)
    assert QUESTION in texts_of(card)
    assert "The &lt;reef&gt; &amp; us" in texts_of(card)
    assert has(card, ids.ANSWER)
    at.answer(at.editor)
    [told] = at.acts.direct(at.anna)
    editor = at.desk.messenger.profile(at.editor).name
    for piece in (QUESTION, ANSWER, f"From {editor} of comms", "Comms knows that you asked"):
        assert piece in texts_of(told)
    [under] = at.thread(at.comms, card["ts"])
    assert f"Answered by {editor}:" in texts_of(under)
    assert ANSWER in texts_of(under)
    assert not has(at.card(), ids.ANSWER)
    assert at.thread(at.channel, at.message(at.anna)["ts"]) == []


def test_without_a_name_the_answer_still_comes(at):
    said = at.ask(at.daan, named=False)
    assert "ziet niet dat die van jou is" in said
    assert "Somebody asks, without a name:" in texts_of(at.card())
    at.answer(at.editor)
    [told] = at.acts.direct(at.daan)
    assert "Communicatie zag niet dat jij het vroeg" in texts_of(told)
    assert ANSWER in texts_of(told)


def test_under_the_story_if_both_agree(at):
    at.ask(at.anna, may_stand=True)
    assert "They agree that it stands under the story" in texts_of(at.card())
    at.answer(at.editor, stands=True)
    [under] = at.thread(at.channel, at.message(at.anna)["ts"])
    assert [b["text"]["text"] for b in under["blocks"]] == [
        "*A colleague asked:*",
        QUESTION,
        "*Comms answered:*",
        ANSWER,
    ]
    assert at.desk.messenger.profile(at.anna).name not in texts_of(under)
    assert "It stands under the story too" in texts_of(at.acts.direct(at.anna)[0])
