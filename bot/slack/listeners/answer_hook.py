"""The buttons of a hook's card, but for *Queue it now*, which opens the queue's form."""

from slack_bolt import App

from bot.actions.answer_hook import call_it, mute_of, say_later, say_not_this, turn_into_idea
from bot.domain.hook_cards import Mood
from bot.domain.problems import Unreadable
from bot.slack import ids
from bot.slack.front import Answer, Front, Press
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import escape, fit


def register(app: App, front: Front) -> None:
    """An idea, later, not this, and the menu."""
    on_press(app, front, ids.HOOK_IDEA, idea)
    on_press(app, front, ids.HOOK_LATER, later)
    on_press(app, front, ids.HOOK_NOT_THIS, not_this)
    on_press(app, front, ids.HOOK_MENU, choose)


def later(press: Press) -> None:
    """The card says when it comes back."""
    say_later(press.front.desk, press.asker, ids.parse_number(press.value), press.now)


def not_this(press: Press) -> Answer | None:
    """The card says so; what it taught, whoever pressed it hears."""
    learned = say_not_this(press.front.desk, press.asker, ids.parse_number(press.value), press.now)
    if not learned:
        return None
    named = [press.say(f"hooks.learned.what.{lesson.kind}", what=fit(lesson.what, 100)) for lesson in learned]
    what = press.front.words.list(press.asker.language, named)
    return Answer(text=press.say("hooks.learned_now", what=what))


def idea(press: Press) -> None:
    """The card says so; the idea has a card of its own."""
    turn_into_idea(press.front.desk, press.asker, ids.parse_number(press.value), press.now)


def choose(press: Press) -> Answer | None:
    """Good, bad or mixed; or hear no more of its word or its source, and how to undo that."""
    name, number = ids.parse_option(press.value)
    if name in (ids.HOOK_GOOD, ids.HOOK_BAD, ids.HOOK_MIXED):
        call_it(press.front.desk, press.asker, number, Mood(name), press.now)
        return None
    if name not in (ids.HOOK_MUTE_WORD, ids.HOOK_MUTE_SOURCE):
        raise Unreadable
    what = mute_of(press.front.desk, press.asker, number, press.now, is_word=name == ids.HOOK_MUTE_WORD)
    return Answer(text=press.say("hooks.muted", what=escape(what)))
