"""*Say thanks*: a draft to edit, and off it goes."""

from slack_bolt import App

from bot.actions.say_thanks import draft_thanks, say_thanks
from bot.slack import ids
from bot.slack.blocks.thanks import thanks_modal, under_way_view
from bot.slack.forms.thanks_form import read_thanks
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """The button beside a champion, and its modal."""
    on_press(app, front, ids.THANK, open_draft)
    on_submit(app, front, ids.THANKS_FORM, send)


def open_draft(press: Press) -> Answer:
    """On top of the list, which stays below it."""
    front, asker = press.front, press.asker
    draft = draft_thanks(front.desk, asker, ids.parse_number(press.value), press.now)
    view = thanks_modal(front.words, asker.language, draft)
    return Answer(then=lambda: _push(press, view))


def _push(press: Press, view: Block) -> None:
    press.front.slack.push_view(press.trigger, view)


def send(submission: Submission) -> Answer:
    """Owed, and said when it arrives. What was typed stays where something stands in its way."""
    front, asker, now = submission.front, submission.asker, submission.now
    text = read_thanks(submission.values)
    press, person = str(submission.view["id"]), ids.parse_number(submission.note)
    sent = say_thanks(front.desk, asker, person, text, press, now)
    return replaced_by(under_way_view(front.words, asker.language, sent, asker.zone, now))
