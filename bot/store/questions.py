"""What staff asks comms. Of who asks without a name there is a sealed token, as long as the question is open."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, null, select, update

from bot.domain.questions import Asked, Question, QuestionKind, QuestionState, Settled, Why
from bot.store.rows import insert_or_ignore
from bot.store.seal import Seal
from bot.store.tables import questions

_OPEN = questions.c.state == QuestionState.OPEN
_ASKS = questions.c.kind == QuestionKind.QUESTION


def add(connection: Connection, asked: Asked, person_id: int | None, sealed: str | None, now: datetime) -> bool:
    """Keep it. False when this form was sent before."""
    values = {"lot": asked.lot, "story_id": asked.story_id, "text": asked.text, "may_stand": asked.may_stand}
    values |= {"kind": asked.kind, "crisis_id": asked.crisis_id}
    whose = {"person_id": person_id, "sealed": sealed}
    start = {"state": QuestionState.OPEN, "version": 1, "asked_at": now, "stands": False}
    return insert_or_ignore(connection, questions, **values, **whose, **start)


def find(connection: Connection, question_id: int) -> Question | None:
    """One of them."""
    return _one(connection.execute(select(questions).where(questions.c.id == question_id)).first())


def by_lot(connection: Connection, lot: str) -> Question | None:
    """The one that came from this form."""
    return _one(connection.execute(select(questions).where(questions.c.lot == lot)).first())


def hold(connection: Connection, question_id: int) -> Question | None:
    """One of them, that nobody else changes until we are done."""
    return _one(connection.execute(select(questions).where(questions.c.id == question_id).with_for_update()).first())


def waiting(connection: Connection) -> list[Question]:
    """Those that wait for an answer, the oldest first."""
    query = select(questions).where(_OPEN, _ASKS).order_by(questions.c.asked_at, questions.c.id)
    return [_question(row) for row in connection.execute(query)]


def answers_waiting(connection: Connection, story_id: int | None = None) -> list[Question]:
    """What colleagues would do in a dilemma, of which nobody said what came of it; of one story, or of all."""
    query = select(questions).where(_OPEN, questions.c.kind == QuestionKind.DILEMMA)
    if story_id is not None:
        query = query.where(questions.c.story_id == story_id)
    return [_question(row) for row in connection.execute(query.order_by(questions.c.asked_at, questions.c.id))]


def count_waiting(connection: Connection, before: datetime) -> tuple[int, datetime | None]:
    """How many asked before this moment wait for an answer, and since when the first of them."""
    query = select(func.count(), func.min(questions.c.asked_at)).where(_OPEN, _ASKS, questions.c.asked_at < before)
    count, oldest = connection.execute(query).one()
    return count, oldest


def times_to_answer(connection: Connection, start: datetime, end: datetime) -> list[timedelta]:
    """From question to answer, of those answered in this stretch of time."""
    query = select(questions.c.asked_at, questions.c.settled_at).where(
        _ASKS,
        questions.c.state == QuestionState.ANSWERED,
        questions.c.settled_at >= start,
        questions.c.settled_at < end,
    )
    return [max(settled_at - asked_at, timedelta()) for asked_at, settled_at in connection.execute(query)]


def on_cards(connection: Connection, story_id: int) -> list[Question]:
    """Those about a story whose cards stand and are still of use."""
    query = select(questions).where(questions.c.story_id == story_id, _OPEN, questions.c.ts.is_not(None))
    return [_question(row) for row in connection.execute(query.order_by(questions.c.id))]


def cards_of_nothing(connection: Connection) -> list[Question]:
    """Those of which nothing is kept any more, and whose cards may still show what was asked."""
    query = select(questions).where(questions.c.text.is_(None), questions.c.ts.is_not(None))
    return [_question(row) for row in connection.execute(query.order_by(questions.c.id))]


def forget_card(connection: Connection, question_id: int) -> None:
    """Its card says that nothing is kept, and will say nothing else."""
    connection.execute(update(questions).where(questions.c.id == question_id).values(channel=null(), ts=null()))


def settle(connection: Connection, question_id: int, settled: Settled, by: str | None, now: datetime) -> None:
    """It is closed, and with it goes what leads to who asked. The one who holds it says that it is open."""
    values: dict[str, Any] = {"state": settled.state, "answer": settled.words or None, "reason": settled.reason}
    values |= {"stands": settled.stands, "settled_by": by, "settled_in": settled.window, "settled_at": now}
    _change(connection, question_id, sealed=None, **values)


def note_card(connection: Connection, question_id: int, channel: str, ts: str, thread: str | None) -> None:
    """Its card stands here; under the card `thread`, if that is not None."""
    where = {"channel": channel, "ts": ts, "thread": thread}
    connection.execute(update(questions).where(questions.c.id == question_id).values(where))


def thread_of(connection: Connection, story_id: int, channel: str) -> str | None:
    """The card in this channel under which answers to this story's dilemma stand: the first one's."""
    here = (questions.c.story_id == story_id, questions.c.kind == QuestionKind.DILEMMA, questions.c.channel == channel)
    card = func.coalesce(questions.c.thread, questions.c.ts)
    return connection.execute(select(func.min(card)).where(*here)).scalar()


def asked_by(connection: Connection, seal: Seal, user: str, person_id: int | None) -> list[Question]:
    """Everything this Slack user asked: with their name; and without, as long as that can be found out."""
    named = select(questions).where(questions.c.person_id == (person_id or 0))
    found = [_question(row) for row in connection.execute(named)]
    return found + [one for one in sealed(connection) if seal.open(one.sealed or "", one.lot) == user]


def sealed(connection: Connection) -> list[Question]:
    """Those that wait for an answer, of people who asked without their name."""
    rows = connection.execute(select(questions).where(questions.c.sealed.is_not(None)).order_by(questions.c.id))
    return [_question(row) for row in rows]


def withdraw(connection: Connection, question: Question) -> None:
    """Nothing of what was asked stays, nor what leads to who asked; an open one is open no more."""
    state = QuestionState.WITHDRAWN if question.is_open else question.state
    _change(connection, question.id, text=None, answer=None, person_id=None, sealed=None, state=state)


def forget_editor(connection: Connection, key: str) -> None:
    """Who settled it is a former colleague."""
    connection.execute(update(questions).where(questions.c.settled_by == key).values(settled_by=null()))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Of what was asked before this, texts and people go; that it was asked, and when it was answered, stays."""
    old = questions.c.asked_at < moment
    gone = {"text": null(), "answer": null(), "person_id": null(), "sealed": null(), "settled_by": null()}
    kept = old & (questions.c.text.is_not(None) | questions.c.sealed.is_not(None))
    connection.execute(update(questions).where(kept).values(**gone))
    connection.execute(update(questions).where(old, _OPEN).values(state=QuestionState.WITHDRAWN))


def _change(connection: Connection, question_id: int, **values: Any) -> None:
    changed = {name: null() if value is None else value for name, value in values.items()}
    mine = update(questions).where(questions.c.id == question_id)
    connection.execute(mine.values(version=questions.c.version + 1, **changed))


def _one(row: Row[Any] | None) -> Question | None:
    return None if row is None else _question(row)


def _question(row: Row[Any]) -> Question:
    values = dict(row._mapping)
    reason = Why(values["reason"]) if values["reason"] else None
    kinds = {"state": QuestionState(values["state"]), "reason": reason, "kind": QuestionKind(values["kind"])}
    return Question(**{**values, **kinds})
