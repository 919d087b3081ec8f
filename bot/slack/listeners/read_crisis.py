"""What staff does with the message of a crisis: *I've read this*, and *Ask a question*."""

from slack_bolt import App

from bot.actions.ask_comms import ask_comms, open_ask
from bot.actions.read_crisis import mark_read
from bot.slack import ids
from bot.slack.blocks.ask import asked_view, crisis_ask_modal
from bot.slack.crisis_window import shown
from bot.slack.forms.ask_form import new_note, read_asked_in_crisis
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """Both buttons, and the form."""
    on_press(app, front, ids.CRISIS_READ, read)
    on_press(app, front, ids.CRISIS_ASK, ask)
    on_submit(app, front, ids.CRISIS_ASK_FORM, send)


def read(press: Press) -> Answer:
    """Counted, once a person."""
    crisis_id, audience = ids.parse_crisis(press.value)
    mark_read(press.front.desk, press.asker, crisis_id, audience, press.now)
    return Answer(text=press.say("crisis.said.read"))


def ask(press: Press) -> Answer:
    """The form."""
    crisis_id, _ = ids.parse_crisis(press.value)
    sheet = open_ask(press.front.desk, press.asker, None)
    return shown(press, crisis_ask_modal(press.front.words, press.asker.language, sheet, new_note(crisis_id)))


def send(submission: Submission) -> Answer:
    """Kept, and comms gets it in the thread of the card."""
    front, asker = submission.front, submission.asker
    asked = read_asked_in_crisis(submission.values, submission.note)
    done = ask_comms(front.desk, asker, asked, submission.now)
    return replaced_by(asked_view(front.words, asker.language, done))
