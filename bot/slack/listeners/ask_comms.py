"""*Ask comms*, on a story and as `/passalong ask`: a form, and off it goes."""

from html import unescape

from slack_bolt import App

from bot.actions.ask_comms import ask_comms, open_ask
from bot.slack import ids
from bot.slack.blocks.ask import ask_modal, asked_view
from bot.slack.forms.ask_form import new_note, read_asked
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """The button, and the form."""
    on_press(app, front, ids.ASK, ask_about)
    on_submit(app, front, ids.ASK_FORM, send)


def ask(command: Command) -> Answer:
    """About nothing in particular; what was typed behind it stands in the form."""
    return _opened(command, None, unescape(command.rest))


def ask_about(press: Press) -> Answer:
    """About the story of the button."""
    return _opened(press, ids.parse_number(press.value))


def send(submission: Submission) -> Answer:
    """Kept, and comms gets it. What was typed stays where something stands in its way."""
    front, asker = submission.front, submission.asker
    asked = read_asked(submission.values, submission.note)
    done = ask_comms(front.desk, asker, asked, submission.now)
    return replaced_by(asked_view(front.words, asker.language, done))


def _opened(request: Request, story_id: int | None, typed: str = "") -> Answer:
    front, asker = request.front, request.asker
    sheet = open_ask(front.desk, asker, story_id)
    view = ask_modal(front.words, asker.language, sheet, new_note(story_id), typed)
    return Answer(then=lambda: _open(request, view))


def _open(request: Request, view: dict[str, object]) -> None:
    request.front.slack.open_view(request.trigger, view)


COMMANDS = {"ask": ask}
