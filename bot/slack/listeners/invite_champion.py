"""Into the champions' channel: comms asks once, and who is asked says yes or no."""

from slack_bolt import App

from bot.actions.invite_champion import answer_invitation, draft_invitation, invite_champion
from bot.domain.problems import Unreadable
from bot.slack import ids
from bot.slack.blocks.invite import PRIVATE, invite_modal, invited_view
from bot.slack.front import Answer, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """The menu beside a champion, its modal, and the two answers."""
    on_press(app, front, ids.CHAMPION_MENU, choose)
    on_submit(app, front, ids.INVITE_FORM, ask)
    on_press(app, front, ids.INVITE_JOIN, join)
    on_press(app, front, ids.INVITE_NO, decline)


def choose(press: Press) -> Answer:
    """The modal that says what will be asked."""
    name, person_id = ids.parse_option(press.value)
    if name != ids.INVITE:
        raise Unreadable
    front, asker = press.front, press.asker
    draft = draft_invitation(front.desk, asker, person_id, press.now)
    view = invite_modal(front.words, asker.language, draft)
    return Answer(then=lambda: _push(press, view))


def _push(press: Press, view: dict[str, object]) -> None:
    press.front.slack.push_view(press.trigger, view)


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
