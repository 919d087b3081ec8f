"""*What would you do?* under a story, and *Say what came of it* for comms."""

from typing import Any

from slack_bolt import App

from bot.actions.ask_comms import ask_comms, open_dilemma
from bot.actions.say_outcome import look_at_dilemma, say_outcome
from bot.slack import ids
from bot.slack.blocks.dilemma import answered_view, dilemma_modal, outcome_modal, outcome_said_view
from bot.slack.forms.ask_form import new_note, read_dilemma, read_outcome
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """Both buttons, and both forms."""
    on_press(app, front, ids.DILEMMA, open_form)
    on_submit(app, front, ids.DILEMMA_FORM, send)
    on_press(app, front, ids.OUTCOME, open_outcome)
    on_submit(app, front, ids.OUTCOME_FORM, send_outcome)


def open_form(press: Press) -> Answer:
    """What the story asks, and the input; or what came of it."""
    story_id = ids.parse_number(press.value)
    sheet = open_dilemma(press.front.desk, press.asker, story_id)
    view = dilemma_modal(press.front.words, press.asker.language, sheet, new_note(story_id))
    return Answer(then=lambda: _open(press, view))


def send(submission: Submission) -> Answer:
    """Kept, and comms gets it. What was typed stays where something stands in its way."""
    front, asker = submission.front, submission.asker
    done = ask_comms(front.desk, asker, read_dilemma(submission.values, submission.note), submission.now)
    return replaced_by(answered_view(front.words, asker.language, done))


def open_outcome(press: Press) -> Answer:
    """What colleagues would do, and the input for what came of it."""
    dilemma = look_at_dilemma(press.front.desk, press.asker, ids.parse_number(press.value))
    view = outcome_modal(press.front.words, press.asker.language, dilemma)
    return Answer(then=lambda: _open(press, view))


def send_outcome(submission: Submission) -> Answer:
    """To everybody who answered, and under the story."""
    front, asker = submission.front, submission.asker
    text, story_id = read_outcome(submission.values), ids.parse_number(submission.note)
    answers = say_outcome(front.desk, asker, story_id, text, str(submission.view["id"]), submission.now)
    return replaced_by(outcome_said_view(front.words, asker.language, answers))


def _open(press: Press, view: dict[str, Any]) -> None:
    show = press.front.slack.push_view if press.is_in_modal else press.front.slack.open_view
    show(press.trigger, view)
