"""The card of a question in the comms channel: it stands there once, and says what became of it."""

from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.say_notice import language_of_channel
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Message, Posted, QuestionCard
from bot.domain.questions import Question, QuestionState
from bot.domain.setup import Setup
from bot.store import crises, deliveries, people, questions, stories
from bot.store.engine import Connection

SETTLED = {QuestionState.ANSWERED, QuestionState.CLOSED}


def owe_card(connection: Connection, setup: Setup, question: Question, now: datetime) -> None:
    """To the comms channel. Without one the question waits; `owe_cards` brings it when there is one.

    The first answer to a dilemma opens a thread, and those that follow stand in it. Those of a crisis stand under its
    card.
    """
    channel = setup.comms_channel
    if channel is None:
        return
    body: dict[str, Any] = {**_of(question)}
    if question.is_dilemma and question.story_id is not None:
        thread = questions.thread_of(connection, question.story_id, channel)
        body |= {"thread": thread} if thread else {}
    crisis = crises.find(connection, question.crisis_id) if question.crisis_id else None
    if crisis is not None and crisis.channel == channel:
        body |= {"thread": crisis.ts}
    deliveries.owe(connection, Owed("question", _key(question, setup), channel, body), now)


def owe_cards(connection: Connection, setup: Setup, now: datetime) -> None:
    """There is a comms channel now, or another one, or it is open again: what waits for an answer stands there."""
    for question in (*questions.waiting(connection), *questions.answers_waiting(connection)):
        owe_card(connection, setup, question, now)
        deliveries.try_key_once_more(connection, _key(question, setup), now)


def owe_card_update(connection: Connection, question: Question, now: datetime) -> None:
    """Its card, if it stands, is to say what is so now: of the question, and of its story."""
    if question.channel is None or question.ts is None:
        return
    story = stories.find(connection, question.story_id) if question.story_id else None
    versions = f"{question.version}:{story.version if story else 0}"
    key = f"question_update:{question.id}:{versions}:{question.channel}"
    body = {**_of(question), "ts": question.ts}
    deliveries.owe(connection, Owed("question_update", key, question.channel, body), now)


def owe_card_updates(connection: Connection, story_id: int, now: datetime) -> None:
    """The story changed, or was taken back: the cards of open questions about it follow."""
    for question in questions.on_cards(connection, story_id):
        owe_card_update(connection, question, now)


def clear_cards(connection: Connection, now: datetime) -> None:
    """Cards of questions of which nothing is kept any more say so, all of them at once, in the order they came."""
    for question in questions.cards_of_nothing(connection):
        owe_card_update(connection, question, now)
        questions.forget_card(connection, question.id)


def compose_card(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The question with what may be done; None when it was withdrawn before it got there."""
    return _card(desk, delivery)


def note_card(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Remember where it stands, and catch up with what happened while it was under way."""
    assert isinstance(said, QuestionCard)
    _note(connection, delivery, posted, now, told=None if delivery.uncertain else said.question.version)


def note_card_left(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """It was withdrawn while it was not known whether it had arrived: it had, so it says so."""
    _note(connection, delivery, posted, now, told=None)


def change_card(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update it; twice does no harm. If it changed again meanwhile, that is said too."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.update(where, message)
    while (newer := _card(desk, delivery, is_there=True)) is not None and newer != message:
        message = newer
        desk.messenger.update(where, message)
    return where


def compose_card_update(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What it should say now."""
    return _card(desk, delivery, is_there=True)


def owe_settled(connection: Connection, question: Question, now: datetime) -> None:
    """What it was answered goes into the thread of its card, where comms reads along.

    What came of a dilemma stands under its story: under every answer it would be the same again.
    """
    if question.is_dilemma:
        return
    if question.channel is not None and question.ts is not None and question.state in SETTLED:
        key = f"question_settled:{question.id}:{question.channel}"
        body = {**_of(question), "thread": question.thread or question.ts}
        deliveries.owe(connection, Owed("question_settled", key, question.channel, body), now)


def question_of(connection: Connection, delivery: Delivery) -> Question | None:
    """The one a delivery is about."""
    return questions.find(connection, int(delivery.body["question"])) if delivery.body else None


def editor_name(connection: Connection, question: Question) -> str | None:
    """Who settled it; None for a former colleague."""
    person = people.by_key(connection, question.settled_by) if question.settled_by else None
    return person.name if person else None


def _note(connection: Connection, delivery: Delivery, posted: Posted, now: datetime, told: int | None) -> None:
    before = question_of(connection, delivery)
    if before is None:
        return
    questions.note_card(connection, before.id, posted.channel, posted.ts, delivery.body.get("thread"))
    question = questions.find(connection, before.id)
    assert question is not None
    if question.version != told:
        owe_card_update(connection, question, now)
    owe_settled(connection, question, now)


def _card(desk: Desk, delivery: Delivery, *, is_there: bool = False) -> QuestionCard | None:
    language = language_of_channel(desk, delivery.target)

    def look(connection: Connection) -> QuestionCard | None:
        question = question_of(connection, delivery)
        if question is None or (question.text is None and not is_there):
            return None
        person = people.by_id(connection, question.person_id) if question.person_id else None
        story = stories.find(connection, question.story_id) if question.story_id else None
        editor = editor_name(connection, question)
        return QuestionCard(question, story, person.name if person else None, editor, language)

    return desk.store.read(look)


def _key(question: Question, setup: Setup) -> str:
    return f"question:{question.id}:{setup.comms_channel}"


def _of(question: Question) -> dict[str, int]:
    return {"question": question.id}
