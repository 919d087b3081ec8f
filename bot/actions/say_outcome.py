"""Comms says what came of a dilemma: to everybody who answered, and under the story for everyone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.post_story import owe_updates
from bot.actions.send_answer import owe_answer, owe_outcome
from bot.actions.show_question import owe_card_update
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.problems import StoryGone
from bot.domain.question_problems import DilemmaOver, OutcomeSaid
from bot.domain.questions import MOST_DILEMMAS, Question, QuestionState, Settled
from bot.domain.stories import Story
from bot.store import editor_steps, questions, stories
from bot.store.engine import Connection
from bot.store.seal import Seal


@dataclass(frozen=True)
class Dilemma:
    """A dilemma that waits for what comes of it, as an editor sees it. `answers`: the texts, the oldest first."""

    story: Story
    answers: Sequence[str]


def look_at_dilemma(desk: Desk, asker: Asker, story_id: int) -> Dilemma:
    """One of them. Raises NotForYou, StoryGone, OutcomeSaid, DilemmaOver."""
    require_editor(asker)

    def look(connection: Connection) -> Dilemma:
        story = _open(stories.find(connection, story_id))
        waiting = questions.answers_waiting(connection, story_id)
        if not story.asks and not waiting:
            raise DilemmaOver
        return Dilemma(story, [one.text or "" for one in waiting])

    return desk.store.read(look)


def look_at_dilemmas(desk: Desk, asker: Asker) -> list[tuple[Story, int]]:
    """All that wait for what comes of them, the oldest first, and how many answered. Raises NotForYou."""
    require_editor(asker)

    def look(connection: Connection) -> list[tuple[Story, int]]:
        answers = Counter(one.story_id for one in questions.answers_waiting(connection) if one.story_id)
        found = stories.with_dilemma(connection, answers.keys())
        return [(story, answers[story.id]) for story in found[:MOST_DILEMMAS]]

    return desk.store.read(look)


def say_outcome(desk: Desk, asker: Asker, story_id: int, words: str, window: str, now: datetime) -> int:
    """It is owed to everybody who answered, once each however often they did, and under the story. How many answers.

    What led to who answered without a name goes from the answers as from any question that is settled. The same window
    sent twice does nothing more.

    Raises:
        NotForYou, StoryGone, OutcomeSaid.
    """
    require_editor(asker)

    def work(connection: Connection) -> int:
        editor = remember(connection, desk, asker.profile, now)
        story = stories.hold(connection, story_id)
        if story is not None and story.outcome and stories.outcome_window(connection, story_id) == window:
            return 0
        _open(story)
        stories.say_outcome(connection, story_id, words, window)
        key = editor.key if editor else None
        answers = _settle_all(connection, desk, story_id, Settled(QuestionState.ANSWERED, words, window), key, now)
        changed = stories.find(connection, story_id)
        assert changed is not None
        owe_updates(connection, changed, now)
        owe_outcome(connection, changed, now)
        editor_steps.note(connection, key, "say_outcome", now, story_id)
        return answers

    done = desk.store.write(work)
    desk.wake()
    return done


def _open(story: Story | None) -> Story:
    if story is None:
        raise StoryGone
    if story.outcome is not None:
        raise OutcomeSaid
    return story


def _settle_all(
    connection: Connection, desk: Desk, story_id: int, settled: Settled, by: str | None, now: datetime
) -> int:
    answers = questions.answers_waiting(connection, story_id)
    for answer in answers:
        questions.settle(connection, answer.id, settled, by, now)
        after = questions.find(connection, answer.id)
        assert after is not None
        owe_card_update(connection, after, now)
    for answer in _last_of_each(answers, desk.seal):
        owe_answer(connection, answer, now)
    return len(answers)


def _last_of_each(answers: Sequence[Question], seal: Seal) -> Iterator[Question]:
    """Who answered more than once hears it once. Seals are opened in memory for it.

    Who answered with their name and without hears it twice: else one would see who it was that is missing.
    """
    last = {_who(answer, seal): answer for answer in answers}
    yield from last.values()


def _who(answer: Question, seal: Seal) -> tuple[str, object]:
    if answer.person_id is not None:
        return "named", answer.person_id
    user = seal.open(answer.sealed, answer.lot) if answer.sealed else None
    return ("sealed", user) if user else ("nobody", answer.id)
