"""In a crisis: what one colleague asked, all can read, without a trace of who it was."""

from datetime import datetime

from bot.actions.show_crisis import owe_changes
from bot.actions.which_crisis import note
from bot.domain.crisis import CrisisAnswer, Did
from bot.domain.questions import Question, QuestionState
from bot.store import crises
from bot.store.engine import Connection


def list_answer(
    connection: Connection, question: Question, listed: str, language: str, by: str | None, now: datetime
) -> None:
    """Put a question that was answered for everyone into the list of its crisis, in messages and on the page.

    `listed`: the question in the editor's words; empty: as it was asked.
    """
    if question.crisis_id is None or not question.stands or question.state is not QuestionState.ANSWERED:
        return
    crisis = crises.find(connection, question.crisis_id, hold=True)
    if crisis is None or not crisis.is_open:
        return
    answer = CrisisAnswer(now, language, listed or question.text or "", question.answer or "")
    if crises.add_answer(connection, crisis.id, question.id, answer):
        crises.change(connection, crisis.id, changed_at=now)
        note(connection, crisis.id, Did.ANSWERED, by, now)
        owe_changes(connection, crisis.id, now)
