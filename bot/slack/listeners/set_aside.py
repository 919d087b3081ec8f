"""What was counted wrongly is set aside, with a reason, and put back: from a champion's shares, or by a pasted link."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt import App

from bot.actions.desk import Desk
from bot.actions.look_at_shares import look_at_link, look_at_shares
from bot.actions.set_aside import put_back_link, put_back_share, set_aside_link, set_aside_share
from bot.actions.who_asks import Asker, require_editor
from bot.domain.problems import Unreadable
from bot.slack import ids
from bot.slack.blocks.shares_modal import about_link, done_view, is_aside_blocks, reason_modal, shares_modal
from bot.slack.draw_champions import draw_champions
from bot.slack.forms.state import typed
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block

SET: Mapping[str, Callable[[Desk, Asker, int, str, datetime], bool]] = {
    ids.ASIDE_LINK: set_aside_link,
    ids.ASIDE_SHARE: set_aside_share,
}
BACK: Mapping[str, Callable[[Desk, Asker, int, datetime], bool]] = {
    ids.BACK_LINK: put_back_link,
    ids.BACK_SHARE: put_back_share,
}


def register(app: App, front: Front) -> None:
    """The menu beside a share, the form for the reason, and the way back."""
    on_press(app, front, ids.ASIDE_MENU, choose)
    on_submit(app, front, ids.ASIDE_FORM, set_aside)
    on_press(app, front, ids.PUT_BACK, put_back)


def set_aside_command(command: Command) -> Answer:
    """`/passalong set-aside LINK`: where it leads, and the reason asked; or, where it is aside, the way back."""
    require_editor(command.asker)
    if not command.rest:
        return Answer(text=command.say("aside.which"))
    front, language = command.front, command.asker.language
    link = look_at_link(front.desk, command.asker, command.rest)
    about = about_link(front.words, language, link.title)
    if link.set_aside_at is not None:
        day = front.words.day(language, link.set_aside_at, command.asker.zone, command.now)
        text = f"{about} {command.say('aside.is_aside', day=day)}"
        return Answer(text=text, blocks=is_aside_blocks(front.words, language, text, link.id))
    view = reason_modal(front.words, language, ids.option(ids.ASIDE_LINK, link.id), about=about)
    return Answer(then=lambda: _open(command, view))


def choose(press: Press) -> Answer:
    """Set aside: why? Put back: at once."""
    require_editor(press.asker)
    name, number = ids.parse_option(press.value)
    view = press.view or {}
    of = str(view.get("private_metadata", ""))
    if name in BACK:
        BACK[name](press.front.desk, press.asker, number, press.now)
        return Answer(then=lambda: _redraw(press, view, str(view["id"]), of))
    if name not in SET:
        raise Unreadable
    asked = reason_modal(press.front.words, press.asker.language, press.value, of)
    return Answer(then=lambda: _push(press, asked))


def set_aside(submission: Submission) -> Answer:
    """Back to the shares, drawn anew; who typed the link sees that it is done."""
    what, _, of = submission.note.partition(" ")
    name, number = ids.parse_option(what)
    if name not in SET:
        raise Unreadable
    reason = typed(submission.values, ids.ASIDE_REASON)
    SET[name](submission.front.desk, submission.asker, number, reason, submission.now)
    below = submission.view.get("previous_view_id")
    if not below:
        return replaced_by(done_view(submission.front.words, submission.asker.language))
    return Answer(then=lambda: _redraw(submission, submission.view, str(below), of))


def put_back(press: Press) -> Answer:
    """From the answer to the command, in its place."""
    name, number = ids.parse_option(press.value)
    if name not in BACK:
        raise Unreadable
    BACK[name](press.front.desk, press.asker, number, press.now)
    return Answer(text=press.say("aside.is_back"), replaces=True)


def _redraw(request: Request, view: Mapping[str, Any], view_id: str, of: str) -> None:
    """The shares, and the list below them, in which somebody may stand elsewhere now."""
    front, asker = request.front, request.asker
    found = look_at_shares(front.desk, asker, ids.parse_number(of), request.now)
    front.slack.update_view(view_id, shares_modal(front.words, asker.language, found, request.now))
    front.slack.update_view(str(view["root_view_id"]), draw_champions(request))


def _push(press: Press, view: Block) -> None:
    press.front.slack.push_view(press.trigger, view)


def _open(command: Command, view: Block) -> None:
    command.front.slack.open_view(command.trigger, view)


COMMANDS = {"set-aside": set_aside_command}
