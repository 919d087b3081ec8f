"""What became of a question comes to who asked it; and under the story for everyone, where both agreed."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.say_notice import language_of_channel
from bot.actions.show_question import SETTLED, editor_name, question_of
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import SEALED, Delivery, Owed
from bot.domain.messages import DilemmaOutcome, Message, QuestionAnswer, QuestionSettled, QuestionUnderStory
from bot.domain.questions import Question, QuestionState
from bot.domain.stories import Story, StoryState
from bot.store import crises, deliveries, keys, people, placements, questions, stories
from bot.store.engine import Connection
from bot.store.seal import Seal

ANSWER = "answer"
OUTCOME = "outcome"


def owe_answer(connection: Connection, question: Question, now: datetime) -> None:
    """To who asked, as the question had them until now. To nobody, where nothing of them was kept, or they left."""
    key, body = _key(question), {"question": question.id}
    if question.sealed is not None:
        sealed = {**body, "to": question.sealed, "lot": question.lot}
        deliveries.owe(connection, Owed(ANSWER, key, SEALED, sealed), now)
        return
    person = people.by_id(connection, question.person_id) if question.person_id else None
    if person is not None and person.is_in:
        deliveries.owe(connection, Owed(ANSWER, key, person.user, body, person_id=person.id), now)


def owe_under_story(connection: Connection, question: Question, now: datetime) -> None:
    """In the thread of every message of the story that stands."""
    if not _is_for_everyone(question) or question.story_id is None:
        return
    for placement in placements.of_story(connection, question.story_id):
        key = f"question_story:{question.id}:{placement.channel}"
        body = {"question": question.id, "thread": placement.ts}
        deliveries.owe(
            connection, Owed("question_story", key, placement.channel, body, story_id=question.story_id), now
        )


def compose_answer(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The answer, in their language. Nothing for who left, had themself deleted, or wants no part in this any more.

    Nor when the seal does not open any more: then nobody knows who they are.
    """
    if delivery.target == SEALED:
        return None
    asker = who_asks(desk, delivery.target)
    if not asker.profile.is_active or (asker.person is not None and not asker.person.is_in):
        return None

    def look(connection: Connection) -> QuestionAnswer | None:
        question = question_of(connection, delivery)
        if question is None or question.text is None or keys.is_forgotten(connection, delivery.target):
            return None
        stands = is_for_all(connection, question)
        return QuestionAnswer(
            question, _story(connection, question), editor_name(connection, question), asker.language, stands
        )

    return desk.store.read(look)


def compose_settled(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What comms reads in the thread of the card."""
    language = language_of_channel(desk, delivery.target)

    def look(connection: Connection) -> QuestionSettled | None:
        question = question_of(connection, delivery)
        if question is None or question.text is None or question.state not in SETTLED:
            return None
        stands = is_for_all(connection, question)
        return QuestionSettled(question, editor_name(connection, question), language, stands)

    return desk.store.read(look)


def compose_under_story(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """Question and answer, without a name; nothing when the story or its message is gone since."""
    language = language_of_channel(desk, delivery.target)

    def look(connection: Connection) -> QuestionUnderStory | None:
        question = question_of(connection, delivery)
        if question is None or question.text is None or _story_for_everyone(connection, question) is None:
            return None
        there = {(one.channel, one.ts) for one in placements.of_story(connection, question.story_id or 0)}
        is_there = (delivery.target, delivery.body["thread"]) in there
        return QuestionUnderStory(question, language) if is_there else None

    return desk.store.read(look)


def owe_outcome(connection: Connection, story: Story, now: datetime) -> None:
    """In the thread of every message of the story that stands."""
    for placement in placements.of_story(connection, story.id):
        body = {"thread": placement.ts}
        key = f"{OUTCOME}:{story.id}:{placement.channel}"
        deliveries.owe(connection, Owed(OUTCOME, key, placement.channel, body, story_id=story.id), now)


def compose_outcome(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What came of the dilemma; nothing when the story or its message is gone since."""
    language = language_of_channel(desk, delivery.target)

    def look(connection: Connection) -> DilemmaOutcome | None:
        story = stories.find(connection, delivery.story_id or 0)
        if story is None or story.outcome is None or story.state is StoryState.CANCELLED:
            return None
        there = {(one.channel, one.ts) for one in placements.of_story(connection, story.id)}
        return DilemmaOutcome(story, language) if (delivery.target, delivery.body["thread"]) in there else None

    return desk.store.read(look)


def forget_asker(connection: Connection, seal: Seal, user: str, person_id: int | None) -> list[Question]:
    """Everything this Slack user asked goes: with their name; and without, as long as that can be found out.

    Tokens are opened in memory for it. Answers the questions as they were.
    """
    found = questions.asked_by(connection, seal, user, person_id)
    for key, body in deliveries.sealed(connection, ANSWER):
        if seal.open(body["to"], body["lot"]) == user:
            deliveries.forget_sealed(connection, key)
            found += filter(None, [questions.by_lot(connection, body["lot"])])
    for question in found:
        questions.withdraw(connection, question)
    return found


def forget_askers_who_are_gone(connection: Connection, seal: Seal) -> None:
    """After a restore: who had themself deleted since the backup was made has questions in it, sealed."""
    for question in questions.sealed(connection):
        user = seal.open(question.sealed or "", question.lot)
        if user is not None and keys.is_forgotten(connection, user):
            questions.withdraw(connection, question)


def is_for_all(connection: Connection, question: Question) -> bool:
    """Whether everybody can read it: under its story, or in the list of its crisis; or what came of the dilemma."""
    if question.crisis_id is not None:
        return crises.is_listed(connection, question.id)
    if not question.is_dilemma:
        return _story_for_everyone(connection, question) is not None
    story = _story(connection, question)
    is_shown = story is not None and story.state is not StoryState.CANCELLED and story.outcome is not None
    return is_shown and bool(placements.of_story(connection, question.story_id or 0))


def _is_for_everyone(question: Question) -> bool:
    return question.state is QuestionState.ANSWERED and question.stands and question.may_stand


def _story_for_everyone(connection: Connection, question: Question) -> Story | None:
    """The story it stands under; None where it stands under none."""
    story = _story(connection, question) if _is_for_everyone(question) else None
    is_shown = story is not None and story.state is not StoryState.CANCELLED
    return story if is_shown and story and placements.of_story(connection, story.id) else None


def _story(connection: Connection, question: Question) -> Story | None:
    return stories.find(connection, question.story_id) if question.story_id else None


def _key(question: Question) -> str:
    return f"{ANSWER}:{question.id}"
