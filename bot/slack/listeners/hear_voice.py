"""How a story sounds: mend it, leave it, no tips for this one; and the company's own words."""

from slack_bolt import App

from bot.actions.change_own_words import look_at_own_words, save_own_words, take_for_own
from bot.actions.hear_voice import hear_again, skip_tips
from bot.actions.show_queue import story_to_edit
from bot.actions.who_asks import require_editor
from bot.domain.own_words import TooManyWords, WordTooLong, tidied
from bot.slack import ids
from bot.slack.blocks.voice import own_words_view, skipped_view
from bot.slack.forms.state import typed
from bot.slack.front import Answer, Command, Front, Press, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import escape
from bot.slack.problems import explain
from bot.slack.story_window import Memory, edit_form, recalled
from bot.slack.voice_window import voice_window


def register(app: App, front: Front) -> None:
    """The window, its buttons, and the list of own words."""
    on_submit(app, front, ids.VOICE, mend)
    on_press(app, front, ids.VOICE_SKIP, skip)
    on_press(app, front, ids.VOICE_OURS, take_phrase)
    on_submit(app, front, ids.OWN_WORDS_FORM, save)


def mend(submission: Submission) -> Answer:
    """The form of this story again; it was queued all along."""
    require_editor(submission.asker)
    memory = recalled(submission.note)
    story = story_to_edit(submission.front.desk, submission.asker, memory.story or 0)
    return replaced_by(edit_form(submission, memory.channel, story, memory.was))


def skip(press: Press) -> Answer:
    """No tips for this one."""
    skip_tips(press.front.desk, press.asker, _memory(press).story or 0)
    return _redrawn(press, skipped_view(press.front.words, press.asker.language))


def take_phrase(press: Press) -> Answer:
    """A word of the company's own; how it sounds without it."""
    memory = _memory(press)
    notice = press.say("voice.taken", phrase=escape(press.value))
    desk, story_id = press.front.desk, memory.story or 0
    try:
        take_for_own(desk, press.asker, press.value, press.now)
    except (TooManyWords, WordTooLong) as problem:
        notice = explain(press, problem)
    story, voice = hear_again(desk, press.asker, story_id)
    if voice is None:
        return _redrawn(press, skipped_view(press.front.words, press.asker.language))
    return _redrawn(press, voice_window(press, memory.channel, story, voice, was=memory.was, notice=notice))


def words(command: Command) -> Answer:
    """The list."""
    front, asker = command.front, command.asker
    view = own_words_view(front.words, asker.language, look_at_own_words(front.desk, asker))

    def show() -> None:
        front.slack.open_view(command.trigger, view)

    return Answer(then=show)


def save(submission: Submission) -> Answer:
    """Take over the list as it was typed."""
    found = tidied(typed(submission.values, ids.OWN_WORDS).splitlines(), ids.OWN_WORDS)
    save_own_words(submission.front.desk, submission.asker, found, submission.note, submission.now)
    return Answer()


def _memory(press: Press) -> Memory:
    require_editor(press.asker)
    return recalled(str((press.view or {}).get("private_metadata") or ""))


def _redrawn(press: Press, view: dict[str, object]) -> Answer:
    def show() -> None:
        press.front.slack.update_view(str((press.view or {})["id"]), view)

    return Answer(then=show)


COMMANDS = {"words": words}
