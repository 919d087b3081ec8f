"""A story asks what colleagues would do; what came of it comes back to whoever answered, and stands for everyone."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.ask_comms import ask_comms, open_dilemma
from bot.actions.cancel_story import cancel_story
from bot.actions.delete_me import delete_me
from bot.actions.forget_old import forget_old
from bot.actions.gather_digest import comms_digest
from bot.actions.queue_story import edit_story
from bot.actions.say_outcome import look_at_dilemma, look_at_dilemmas, say_outcome
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import SEALED
from bot.domain.digest import Week
from bot.domain.problems import NotForYou
from bot.domain.question_problems import DilemmaOver, NotOfHere, OutcomeSaid
from bot.domain.questions import Asked, QuestionKind
from bot.domain.stories import draft_of
from bot.slack import ids
from bot.store import questions, stories
from bot.store.tables import deliveries, scores, shares
from tests.journeys.test_questions import searched, traces
from tests.slack.question_desk import QuestionDesk, has, texts_of

DILEMMA = "Close the old bridge <now>, or mend it & wait a year?"
WAIT = "I'd wait: the bakery lives off it."
OUTCOME = "We mend it first. Most of you thought of the bakery; we hadn't."


class DilemmaDesk(QuestionDesk):
    def answer_it(self, user, text=WAIT, *, named=True):
        outcome = self.acts.press(user, ids.DILEMMA, channel=self.channel, ts=self.message(user)["ts"])
        assert outcome.acked, outcome
        return self.send(user, text, named=named)

    def open_outcome(self, editor):
        card = [m for m in self.cards() if has(m, ids.OUTCOME)][-1]
        outcome = self.acts.press(editor, ids.OUTCOME, channel=self.comms, ts=card["ts"])
        assert outcome.acked, outcome
        return self.view(editor)

    def say(self, editor, text=OUTCOME):
        self.open_outcome(editor)
        self.fill(editor, ids.OUTCOME_TEXT, text)
        assert self.submit(editor).acked
        said = self.done(editor)
        self.rest()
        return said

    def by(self, user):
        return who_asks(self.desk, user)

    def story(self):
        return self.desk.store.read(lambda c: stories.find(c, 1))

    def direct(self, user):
        return [texts_of(m) for m in self.acts.direct(user)]


@pytest.fixture
def at(stand):
    found = DilemmaDesk(stand)
    found.post(dilemma=DILEMMA)
    return found


def test_from_the_form_to_the_outcome(at):
    message = at.message(at.anna)
    assert "A dilemma: what would you do?*\nClose the old bridge &lt;now&gt;" in texts_of(message)
    assert "A dilemma: what would you do? Close the old bridge &lt;now&gt;" in message["text"]
    said = at.answer_it(at.anna)
    assert "with your name" in said
    at.answer_it(at.daan, "Sluiten.", named=False)
    name = at.desk.messenger.profile(at.anna).name
    [first] = [m for m in at.cards() if has(m, ids.OUTCOME)]
    [second] = at.thread(at.comms, first["ts"])
    assert f"{name} would do this:" in texts_of(first)
    assert WAIT in texts_of(first)
    assert "Somebody, without a name, would do this:" in texts_of(second)
    assert not has(first, ids.ANSWER)
    window = texts_of(at.open_outcome(at.editor))
    assert "2 answers from colleagues" in window
    at.acts.close(at.editor, at.view(at.editor)["id"], clear=True)
    assert "2 answers" in at.say(at.editor)
    editor = at.desk.messenger.profile(at.editor).name
    [told] = at.direct(at.anna)
    for piece in (WAIT, OUTCOME, f"From {editor} of comms", "Comms knows that you answered", "Your answer doesn't"):
        assert piece in told
    [told] = at.direct(at.daan)
    for piece in ("Sluiten.", OUTCOME, "Communicatie zag niet dat jij antwoordde"):
        assert piece in told
    message = at.message(at.anna)
    assert OUTCOME in texts_of(message)
    assert not has(message, ids.DILEMMA)
    [under] = at.thread(at.channel, message["ts"])
    assert OUTCOME in texts_of(under)
    assert WAIT not in json.dumps(at.acts.messages(at.anna, at.channel)), "answers stay with comms"
    assert waiting(at) == []
    assert f"{editor} said what came of it" in "".join(map(texts_of, at.cards()))
    assert f"{editor} said what came of it" in texts_of(at.thread(at.comms, first["ts"])[0])


def test_nobody_finds_out_who_answered_without_a_name(at, tmp_path):
    needles = traces(at, at.anna)
    before = set(searched(at, tmp_path, needles))
    at.answer_it(at.anna, named=False)
    assert set(searched(at, tmp_path, needles)) == before
    at.say(at.editor)
    assert OUTCOME in at.direct(at.anna)[0]
    assert at.desk.store.read(questions.sealed) == []
    left = at.desk.store.read(lambda c: c.execute(select(deliveries).where(deliveries.c.target == SEALED)).all())
    assert left == []


def test_it_is_no_share_and_no_question(at):
    at.answer_it(at.anna)
    assert at.desk.store.read(lambda c: [*c.execute(select(shares)), *c.execute(select(scores))]) == []
    assert at.desk.store.read(questions.waiting) == []
    start, week = at.clock(), Week(at.clock() - timedelta(days=7), at.clock())
    told = at.desk.store.read(lambda c: comms_digest(c, week, at.clock(), is_measured=False)).dialogue
    assert (told.waiting, told.answered, told.dilemmas) == (0, 0, 1)
    assert at.desk.store.read(lambda c: questions.count_waiting(c, at.clock())) == (0, None)
    at.say(at.editor)
    assert at.desk.store.read(lambda c: questions.times_to_answer(c, start, at.clock())) == []


def test_who_answers_twice_hears_it_once(at):
    for text in ("One.", "Two."):
        at.answer_it(at.anna, text, named=False)
        at.answer_it(at.daan, text)
    at.say(at.editor)
    assert [("Two." in told, OUTCOME in told) for told in (*at.direct(at.anna), *at.direct(at.daan))] == [
        (True, True)
    ] * 2


def test_two_editors_and_a_second_click(at):
    at.answer_it(at.anna)
    at.open_outcome(at.second)
    assert say_outcome(at.desk, at.by(at.editor), 1, OUTCOME, "V1", at.clock()) == 1
    assert say_outcome(at.desk, at.by(at.editor), 1, OUTCOME, "V1", at.clock()) == 0
    with pytest.raises(OutcomeSaid):
        say_outcome(at.desk, at.by(at.second), 1, "Something else", "V2", at.clock())
    at.fill(at.second, ids.OUTCOME_TEXT, "Something else")
    at.submit(at.second)
    assert "was je net voor" in json.dumps(at.errors(at.second)), "in the window, where the words still stand"
    at.acts.close(at.second, at.view(at.second)["id"], clear=True)
    at.rest()
    assert len(at.direct(at.anna)) == 1
    assert at.story().outcome == OUTCOME


def test_after_the_outcome_the_form_shows_it_and_takes_nothing_more(at):
    at.answer_it(at.daan)
    old = at.message(at.anna)
    outcome = at.acts.press(at.anna, ids.DILEMMA, channel=at.channel, ts=old["ts"])
    assert outcome.acked
    say_outcome(at.desk, at.by(at.editor), 1, OUTCOME, "V1", at.clock())
    at.fill(at.anna, ids.ASK_TEXT, WAIT)
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMED)
    at.submit(at.anna)
    assert "This dilemma is closed" in json.dumps(at.errors(at.anna))
    assert open_dilemma(at.desk, at.by(at.anna), 1).story.outcome == OUTCOME
    assert at.desk.store.read(lambda c: questions.answers_waiting(c)) == []


def test_a_form_sent_twice_is_one_answer(at):
    asked = Asked("a" * 32, 1, WAIT, True, False, QuestionKind.DILEMMA)
    for _ in range(2):
        ask_comms(at.desk, at.by(at.anna), asked, at.clock())
    assert len(at.desk.store.read(questions.answers_waiting)) == 1
    say_outcome(at.desk, at.by(at.editor), 1, OUTCOME, "V1", at.clock())
    ask_comms(at.desk, at.by(at.anna), asked, at.clock())
    with pytest.raises(DilemmaOver):
        ask_comms(at.desk, at.by(at.anna), replace(asked, lot="b" * 32), at.clock())


def test_a_story_that_is_taken_back_or_asks_nothing_more(at):
    at.answer_it(at.anna)
    story = at.story()
    edit_story(at.desk, at.by(at.editor), 1, story.version, replace(draft_of(story), dilemma=""), at.clock())
    with pytest.raises(DilemmaOver):
        open_dilemma(at.desk, at.by(at.daan), 1)
    assert [(s.id, n) for s, n in look_at_dilemmas(at.desk, at.by(at.editor))] == [(1, 1)], "Anna still waits"
    cancel_story(at.desk, at.by(at.editor), 1, at.clock())
    at.say(at.editor)
    [told] = at.direct(at.anna)
    assert OUTCOME in told
    assert "stands under the story too" not in told
    assert at.thread(at.channel, at.acts.messages(at.anna, at.channel)[-1]["ts"]) == []


def test_who_may_do_what(at):
    anna = at.by(at.anna)
    for act in (
        lambda: look_at_dilemmas(at.desk, anna),
        lambda: look_at_dilemma(at.desk, anna, 1),
        lambda: say_outcome(at.desk, anna, 1, "x", "V", at.clock()),
    ):
        with pytest.raises(NotForYou):
            act()
    with pytest.raises(NotOfHere):
        open_dilemma(at.desk, replace(anna, profile=replace(anna.profile, team="T0OTHER")), 1)


def waiting(at):
    """Cards with the button, in the channel and in the thread of the first."""
    everything = [m for card in at.cards() for m in (card, *at.thread(at.comms, card["ts"]))]
    return [m for m in everything if has(m, ids.OUTCOME)]


def test_everything_of_who_is_deleted_goes(at, tmp_path):
    at.answer_it(at.anna)
    at.answer_it(at.anna, "Or close it.", named=False)
    delete_me(at.desk, at.anna, at.clock())
    at.rest()
    assert {one.text for one in at.desk.store.read(lambda c: [questions.find(c, n) for n in (1, 2)])} == {None}
    assert len(waiting(at)) == 1, "without a name it changes at night"
    at.clock.to((at.clock() + timedelta(days=1)).replace(hour=2, minute=30))
    forget_old(at.desk, at.clock())
    at.rest()
    assert waiting(at) == []
    said = say_outcome(at.desk, at.by(at.editor), 1, OUTCOME, "V1", at.clock())
    at.rest()
    assert (said, at.direct(at.anna)) == (0, [])
