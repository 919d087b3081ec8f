"""*Answer* and *Close without an answer*, on a card and in the list of all questions that wait."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.actions.answer_question import Waiting, look_at_question, look_at_questions, settle_question
from bot.actions.say_outcome import look_at_dilemmas
from bot.domain.questions import QuestionState, Settled
from bot.slack import ids
from bot.slack.blocks.answer_modal import answer_modal, close_modal, questions_view, settled_view
from bot.slack.forms.ask_form import read_answer, read_closed
from bot.slack.front import Answer, Command, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.sources.words import Words


def register(app: App, front: Front) -> None:
    """Both buttons, and both forms."""
    on_press(app, front, ids.ANSWER, lambda press: _open(press, answer_modal))
    on_press(app, front, ids.CLOSE_QUESTION, lambda press: _open(press, close_modal))
    on_submit(app, front, ids.ANSWER_FORM, lambda sent: _settle(sent, read_answer(sent.values, _window(sent))))
    on_submit(app, front, ids.CLOSE_FORM, lambda sent: _settle(sent, read_closed(sent.values, _window(sent))))


def questions(command: Command) -> Answer:
    """All that wait, for who does not find the cards."""
    front, asker = command.front, command.asker
    waiting, dilemmas = look_at_questions(front.desk, asker), look_at_dilemmas(front.desk, asker)
    view = questions_view(front.words, asker.language, waiting, dilemmas)
    return Answer(then=lambda: _show(front, command.trigger, view))


def _show(front: Front, trigger: str, view: dict[str, Any]) -> None:
    front.slack.open_view(trigger, view)


def _open(press: Press, draw: Callable[[Words, str, Waiting], dict[str, Any]]) -> Answer:
    front, asker = press.front, press.asker
    waiting = look_at_question(front.desk, asker, ids.parse_number(press.value))
    view = draw(front.words, asker.language, waiting)
    show = front.slack.push_view if press.is_in_modal else front.slack.open_view
    return Answer(then=lambda: _with(show, press.trigger, view))


def _with(show: Callable[[str, dict[str, Any]], str], trigger: str, view: dict[str, Any]) -> None:
    show(trigger, view)


def _settle(submission: Submission, settled: Settled) -> Answer:
    front, asker = submission.front, submission.asker
    done = settle_question(front.desk, asker, ids.parse_number(submission.note), settled, submission.now)
    is_answered = settled.state is QuestionState.ANSWERED
    return replaced_by(
        settled_view(
            front.words,
            asker.language,
            is_answered=is_answered,
            has_left=done.has_left,
            stands=done.stands,
            in_crisis=done.question.crisis_id is not None,
        )
    )


def _window(submission: Submission) -> str:
    return str(submission.view["id"])


COMMANDS = {"questions": questions}
