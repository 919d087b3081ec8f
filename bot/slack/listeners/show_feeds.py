"""`/passalong feeds`: what is watched in the media, how each feed is, and what is muted."""

from slack_bolt import App

from bot.actions.answer_hook import mute, unmute
from bot.actions.change_feeds import add_feed, look_at_feeds, remove_feed
from bot.actions.learn_from_hooks import unlearn
from bot.domain.hook_lessons import SOURCE, WORD
from bot.domain.problems import Unreadable
from bot.slack import ids
from bot.slack.blocks.feeds_list import feeds_blocks
from bot.slack.front import Answer, Command, Front, Press, Request
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import escape

KINDS = (WORD, SOURCE)
LONGEST = 200
"""Of what is muted; words and names of papers are shorter."""


def register(app: App, front: Front) -> None:
    """The buttons of the list."""
    on_press(app, front, ids.FEED_REMOVE, remove)
    on_press(app, front, ids.FEED_UNMUTE, unmute_by_button)
    on_press(app, front, ids.FEED_UNLEARN, unlearn_by_button)


def show(command: Command) -> Answer:
    """The list."""
    return _list(command)


def add(command: Command) -> Answer:
    """`add URL the name`: watched from now on."""
    url, _, name = command.rest.strip().partition(" ")
    feed = add_feed(command.front.desk, command.asker, url.strip("<>").partition("|")[0], name, command.now)
    return Answer(text=command.say("hooks.added", name=escape(feed.name)))


def mute_typed(command: Command) -> Answer:
    """`mute word water`, `mute source The paper`."""
    kind, what = _typed(command)
    if not what:
        return Answer(text=command.say("hooks.list.how"))
    _ = mute(command.front.desk, command.asker, command.now, **{kind: what})
    return Answer(text=command.say("hooks.muted", what=escape(what)))


def unmute_typed(command: Command) -> Answer:
    """The way back."""
    kind, what = _typed(command)
    was = bool(what) and unmute(command.front.desk, command.asker, command.now, **{kind: what})
    return Answer(text=command.say("hooks.unmuted" if was else "hooks.not_muted", what=escape(what)))


def remove(press: Press) -> Answer:
    """Away; the list again."""
    remove_feed(press.front.desk, press.asker, ids.parse_number(press.value))
    return _list(press)


def unmute_by_button(press: Press) -> Answer:
    """Heard of again; the list again."""
    kind, what = _pressed(press)
    unmute(press.front.desk, press.asker, press.now, **{kind: what})
    return _list(press)


def unlearn_by_button(press: Press) -> Answer:
    """On cards again; the list again."""
    kind, what = _pressed(press)
    unlearn(press.front.desk, press.asker, kind, what, press.now)
    return _list(press)


def _pressed(press: Press) -> tuple[str, str]:
    kind, _, what = press.value.partition(":")
    if kind not in KINDS:
        raise Unreadable
    return kind, what


def _typed(command: Command) -> tuple[str, str]:
    kind, _, what = command.rest.strip().partition(" ")
    known = kind.lower() in KINDS
    kind, what = (kind.lower(), what) if known else (WORD, command.rest)
    return kind, " ".join(what.split())[:LONGEST]


def _list(request: Request) -> Answer:
    asker = request.asker
    seen = look_at_feeds(request.front.desk, asker, request.now)
    blocks = feeds_blocks(request.front.words, asker.language, seen, asker.zone, request.now)
    return Answer(text=blocks[0]["text"]["text"], blocks=blocks, replaces=isinstance(request, Press))


COMMANDS = {"feeds": show, "feeds add": add, "feeds mute": mute_typed, "feeds unmute": unmute_typed}
