"""What was sent, and of which nothing was heard, is sent again otherwise: nobody is told of another than went in."""

from dataclasses import replace

import pytest

from bot.actions.answer_idea import decline_idea
from bot.actions.answer_question import settle_question
from bot.actions.ask_comms import ask_comms
from bot.actions.bring_reaction import Heard, bring_reaction
from bot.actions.delete_me import delete_me
from bot.actions.suggest_idea import suggest_idea
from bot.actions.who_asks import who_asks
from bot.domain.idea_problems import IdeaAnswered
from bot.domain.ideas import Suggestion, WhyAnswer, WhyNot
from bot.domain.question_problems import QuestionGone
from bot.domain.questions import Asked, QuestionState, Settled
from bot.domain.went_in import WentIn
from bot.slack import ids
from bot.store import ideas
from tests.slack.question_desk import QuestionDesk, texts_of

LOT = "0" * 32
ASKED = Asked(LOT, 1, "Why?", is_named=True, may_stand=False)


@pytest.fixture
def at(stand):
    found = QuestionDesk(stand)
    found.post()
    return found


def test_the_window_says_that_the_name_went_along(at):
    """The ack was lost after the commit; they choose otherwise and send it again."""
    at.form(at.anna)
    at.fill(at.anna, ids.ASK_TEXT, "Why?")
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMED)
    lot = at.view(at.anna)["private_metadata"].split(":")[1]
    ask_comms(at.desk, who_asks(at.desk, at.anna), replace(ASKED, lot=lot), at.clock())
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMELESS)
    at.submit(at.anna)
    assert "went in, with your name;" in at.errors(at.anna)[ids.ASK_TEXT]
    assert "“Why?”" in at.errors(at.anna)[ids.ASK_TEXT]


@pytest.mark.parametrize(
    ("first", "then", "word"),
    [
        (ASKED, replace(ASKED, is_named=False), "ask.went_in.named"),
        (replace(ASKED, is_named=False), ASKED, "ask.went_in.nameless"),
        (ASKED, replace(ASKED, text="Who?"), "ask.went_in.named"),
        (replace(ASKED, may_stand=True), ASKED, "ask.went_in.named_stands"),
        (replace(ASKED, is_named=False, may_stand=True), ASKED, "ask.went_in.nameless_stands"),
    ],
    ids=["name off", "name on", "words", "for everyone no more", "both"],
)
def test_what_differs_from_the_first_is_said(at, first, then, word):
    anna = who_asks(at.desk, at.anna)
    done = ask_comms(at.desk, anna, first, at.clock())
    assert ask_comms(at.desk, anna, first, at.clock()) == done, "the same once more is well"
    with pytest.raises(WentIn) as said:
        ask_comms(at.desk, anna, then, at.clock())
    assert said.value.word == word
    assert at.question().text == first.text


def test_what_was_deleted_since_is_not_asked_by_an_old_window(at):
    anna = who_asks(at.desk, at.anna)
    ask_comms(at.desk, anna, ASKED, at.clock())
    delete_me(at.desk, at.anna, at.clock())
    with pytest.raises(QuestionGone):
        ask_comms(at.desk, who_asks(at.desk, at.anna), replace(ASKED, is_named=False), at.clock())


def test_what_readers_said_is_the_first_too(at):
    anna, heard = who_asks(at.desk, at.anna), Heard(LOT, 1, None, "Too long", is_named=True)
    for _ in range(2):
        bring_reaction(at.desk, anna, heard, at.clock())
    for other in (replace(heard, is_named=False), replace(heard, text="Long"), replace(heard, network="linkedin")):
        with pytest.raises(WentIn) as said:
            bring_reaction(at.desk, anna, other, at.clock())
        assert said.value.word == "ask.went_in.named"
    at.rest()
    assert len([card for card in at.cards() if "heard" in card["text"]]) == 1


def test_an_idea_is_the_first_too(at):
    anna, first = who_asks(at.desk, at.anna), Suggestion("https://x.example/1", "Because.", is_credited=True)
    for _ in range(2):
        assert suggest_idea(at.desk, anna, first, "V1", at.clock()).is_told
    for other in (
        replace(first, is_credited=False),
        replace(first, link="https://x.example/2"),
        replace(first, why=""),
    ):
        with pytest.raises(WentIn) as said:
            suggest_idea(at.desk, anna, other, "V1", at.clock())
        assert said.value.word == "ideas.went_in.credited"
    assert at.desk.store.read(lambda c: ideas.find(c, 2)) is None


def test_an_answer_is_the_first_too(at):
    at.ask(at.anna)
    editor = who_asks(at.desk, at.editor)
    one = Settled(QuestionState.ANSWERED, "one", "V1")
    for _ in range(2):
        settle_question(at.desk, editor, 1, one, at.clock())
    for other in (replace(one, words="two"), replace(one, stands=True)):
        with pytest.raises(WentIn) as said:
            settle_question(at.desk, editor, 1, other, at.clock())
        assert said.value.word == "ask.went_in.answer"
    at.rest()
    assert "one" in texts_of(at.acts.direct(at.anna)[0])


@pytest.mark.parametrize("answer", [WhyAnswer(WhyNot.HAD), WhyAnswer(None, "Not now.", is_signed=True)])
def test_an_idea_answered_twice_alike_is_answered(at, answer):
    suggest_idea(at.desk, who_asks(at.desk, at.anna), Suggestion("", "Fish!", is_credited=False), "V1", at.clock())
    for _ in range(2):
        decline_idea(at.desk, who_asks(at.desk, at.editor), 1, answer, at.clock())
    with pytest.raises(IdeaAnswered):
        decline_idea(at.desk, who_asks(at.desk, at.second), 1, WhyAnswer(WhyNot.INSIDE, "Else."), at.clock())
