"""An editor answers a question, or closes it kindly without an answer. Of two editors the first one's counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.list_answer import list_answer
from bot.actions.send_answer import is_for_all, owe_answer, owe_under_story
from bot.actions.show_question import editor_name, owe_card_update, owe_settled
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.question_problems import QuestionGone, SettledBefore, SettledBySomebody
from bot.domain.questions import MOST_LISTED, Question, QuestionState, Settled
from bot.domain.stories import Story
from bot.domain.went_in import WentIn
from bot.store import crises, editor_steps, people, placements, questions, stories
from bot.store.engine import Connection

STEPS = {QuestionState.ANSWERED: "answer", QuestionState.CLOSED: "close_question"}


@dataclass(frozen=True)
class Waiting:
    """A question that waits, as an editor sees it. `name`: of who asked with theirs.

    `can_stand`: who asked agreed that it stands under the story, and the story stands somewhere; in a crisis, in its
    list. `has_left`: they asked with their name, and left the company or take no part any more, so no answer reaches
    them. `stands`: in a crisis, that the answer is in its list, as far as it is settled.
    """

    question: Question
    story: Story | None
    name: str | None
    can_stand: bool
    has_left: bool = False
    stands: bool = False


@dataclass(frozen=True)
class AllWaiting:
    """The oldest of those that wait; `more`: so many are left out."""

    shown: Sequence[Waiting]
    more: int


def look_at_question(desk: Desk, asker: Asker, question_id: int) -> Waiting:
    """One that waits for an answer. Raises NotForYou, QuestionGone, SettledBefore, SettledBySomebody."""
    require_editor(asker)

    def look(connection: Connection) -> Waiting:
        question = questions.find(connection, question_id)
        return _waiting(connection, _open(connection, question))

    return desk.store.read(look)


def look_at_questions(desk: Desk, asker: Asker) -> AllWaiting:
    """All that wait, the oldest first. Raises NotForYou."""
    require_editor(asker)

    def look(connection: Connection) -> AllWaiting:
        found = questions.waiting(connection)
        shown = [_waiting(connection, one) for one in found[:MOST_LISTED]]
        return AllWaiting(shown, len(found) - len(shown))

    return desk.store.read(look)


def settle_question(desk: Desk, asker: Asker, question_id: int, settled: Settled, now: datetime) -> Waiting:
    """The answer, or why there is none: owed to who asked, to the card's thread, and under the story if both agree.

    What led to who asked without a name is in the question no more; it is in the answer until that is sent. The same
    window sent twice does nothing more. Answers the question as it was.

    Raises:
        NotForYou, QuestionGone, SettledBefore, SettledBySomebody.
        WentIn: the same window settled it before, in other words; those went out.
    """
    require_editor(asker)

    def work(connection: Connection) -> Waiting:
        editor = remember(connection, desk, asker.profile, now)
        before = questions.hold(connection, question_id)
        if before is not None and before.settled_in == settled.window and not before.is_open:
            return replace(_waiting(connection, _as_settled(before, settled)), stands=_stands(connection, before))
        before = _open(connection, before)
        questions.settle(connection, question_id, settled, editor.key if editor else None, now)
        after = questions.find(connection, question_id)
        assert after is not None
        owe_answer(connection, before, now)
        owe_card_update(connection, after, now)
        owe_settled(connection, after, now)
        owe_under_story(connection, after, now)
        list_answer(connection, after, settled.listed, asker.language, editor.key if editor else None, now)
        step = STEPS[settled.state]
        editor_steps.note(connection, editor.key if editor else None, step, now, before.story_id)
        return replace(_waiting(connection, before), stands=_stands(connection, after))

    done = desk.store.write(work)
    desk.wake()
    return done


def _stands(connection: Connection, question: Question) -> bool:
    """Of a crisis: that it is listed; it may be over. Under a story it comes when it is sent."""
    return question.stands if question.crisis_id is None else is_for_all(connection, question)


def _as_settled(kept: Question, settled: Settled) -> Question:
    """The same window once more: whoever sends it is not to think that other words went out than did."""
    if kept.state is QuestionState.WITHDRAWN or kept.text is None:
        raise QuestionGone
    went = (kept.state, kept.answer or "", kept.reason, kept.stands)
    if went == (settled.state, settled.words, settled.reason, settled.stands):
        return kept
    raise WentIn("ask.went_in.answer" if kept.state is QuestionState.ANSWERED else "ask.went_in.closed", went[1])


def _open(connection: Connection, question: Question | None) -> Question:
    if question is None or question.is_dilemma or question.state is QuestionState.WITHDRAWN:
        raise QuestionGone
    if question.is_open:
        return question
    name = editor_name(connection, question)
    if name is None:
        raise SettledBySomebody
    raise SettledBefore(name=name)


def _has_place(connection: Connection, question: Question, story: Story | None) -> bool:
    """Under its story, or in the list of its crisis."""
    if question.crisis_id is not None:
        crisis = crises.find(connection, question.crisis_id)
        return crisis is not None and crisis.is_open
    return story is not None and bool(placements.of_story(connection, story.id))


def _waiting(connection: Connection, question: Question) -> Waiting:
    person = people.by_id(connection, question.person_id) if question.person_id else None
    story = stories.find(connection, question.story_id) if question.story_id else None
    can_stand = question.may_stand and _has_place(connection, question, story)
    has_left = person is not None and not (person.is_in and people.is_active(connection, person.id))
    return Waiting(question, story, person.name if person else None, can_stand, has_left)
