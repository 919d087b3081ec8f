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

    `listed`: the question in the editor's words. As it was asked it is never listed: that may say who asked.
    """
    is_for_all = question.stands and question.may_stand and question.state is QuestionState.ANSWERED
    if question.crisis_id is None or not is_for_all or not listed:
        return
    crisis = crises.find(connection, question.crisis_id, hold=True)
    if crisis is None or not crisis.is_open:
        return
    answer = CrisisAnswer(now, language, listed, question.answer or "")
    if crises.add_answer(connection, crisis.id, question.id, answer):
        crises.change(connection, crisis.id, changed_at=now)
        note(connection, crisis.id, Did.ANSWERED, by, now)
        owe_changes(connection, crisis.id, now)


def take_off_list(connection: Connection, now: datetime) -> None:
    """What was withdrawn or forgotten can be read in no crisis any more; what shows it changes."""
    for crisis_id in crises.forget_answers(connection):
        crises.change(connection, crisis_id, changed_at=now)
        owe_changes(connection, crisis_id, now)
