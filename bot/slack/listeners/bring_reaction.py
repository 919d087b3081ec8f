"""*What readers said*: from Home, where one's own shares are shown, back to comms."""

from slack_bolt import App

from bot.actions.bring_reaction import bring_reaction, look_at_told
from bot.slack import ids
from bot.slack.blocks.heard import brought_view, heard_modal
from bot.slack.forms.ask_form import new_note, read_heard
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """The button, and the form."""
    on_press(app, front, ids.HEARD, open_form)
    on_submit(app, front, ids.HEARD_FORM, send)


def open_form(press: Press) -> Answer:
    """Where, what, and with a name or without."""
    front, asker, story_id = press.front, press.asker, ids.parse_number(press.value)
    story = look_at_told(front.desk, asker, story_id)
    view = heard_modal(front.words, asker.language, story, new_note(story_id))
    return Answer(then=lambda: _open(press, view))


def _open(press: Press, view: dict[str, object]) -> None:
    press.front.slack.open_view(press.trigger, view)


def send(submission: Submission) -> Answer:
    """Owed to comms."""
    front, asker = submission.front, submission.asker
    bring_reaction(front.desk, asker, read_heard(submission.values, submission.note), submission.now)
    return replaced_by(brought_view(front.words, asker.language))
