"""Into the champions' channel: comms asks once, and who is asked says yes or no."""

from slack_bolt import App

from bot.actions.invite_champion import answer_invitation, invite_champion
from bot.slack import ids
from bot.slack.blocks.invite import PRIVATE, invited_view
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """The modal of an editor, and the two answers."""
    on_submit(app, front, ids.INVITE_FORM, ask)
    on_press(app, front, ids.INVITE_JOIN, join)
    on_press(app, front, ids.INVITE_NO, decline)


def ask(submission: Submission) -> Answer:
    """Owed."""
    front, asker = submission.front, submission.asker
    name = invite_champion(front.desk, asker, ids.parse_number(submission.note), submission.now)
    return replaced_by(invited_view(front.words, asker.language, name))


def join(press: Press) -> Answer:
    """The way in, or a word that comms opens the door."""
    is_private = press.value == PRIVATE
    channel = answer_invitation(press.front.desk, press.asker, press.now, is_joining=True, is_private=is_private)
    word = "invite.comms_lets_in" if is_private else "invite.way_in"
    return Answer(text=press.say(word, channel=f"<#{channel}>"), replaces=True)


def decline(press: Press) -> Answer:
    """*No thanks*."""
    answer_invitation(press.front.desk, press.asker, press.now, is_joining=False, is_private=False)
    return Answer(text=press.say("invite.fine"), replaces=True)
