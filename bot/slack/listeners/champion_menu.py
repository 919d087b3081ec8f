"""The menu beside a champion: what their place rests on, and the champions' channel."""

from slack_bolt import App

from bot.actions.invite_champion import draft_invitation
from bot.actions.look_at_shares import look_at_shares
from bot.domain.problems import Unreadable
from bot.slack import ids
from bot.slack.blocks.invite import invite_modal
from bot.slack.blocks.shares_modal import shares_modal
from bot.slack.front import Answer, Front, Press
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """One menu, with the person behind the colon of what was chosen."""
    on_press(app, front, ids.CHAMPION_MENU, choose)


def choose(press: Press) -> Answer:
    """On top of the list, which stays below it."""
    name, person_id = ids.parse_option(press.value)
    view = _view(press, name, person_id)
    return Answer(then=lambda: _push(press, view))


def _view(press: Press, name: str, person_id: int) -> Block:
    front, asker, now = press.front, press.asker, press.now
    if name == ids.LOOK_AT_SHARES:
        return shares_modal(front.words, asker.language, look_at_shares(front.desk, asker, person_id, now), now)
    if name == ids.INVITE:
        return invite_modal(front.words, asker.language, draft_invitation(front.desk, asker, person_id, now))
    raise Unreadable


def _push(press: Press, view: Block) -> None:
    press.front.slack.push_view(press.trigger, view)
