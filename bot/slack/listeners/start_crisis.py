"""`/passalong crisis`: what goes on, what can be started, and the second tap."""

from slack_bolt import App

from bot.actions.look_at_crisis import look_at_crisis
from bot.actions.start_crisis import call_off_start, confirm_start, prepare_start, start_crisis
from bot.domain.crisis_desk import NotForCrisis, Started
from bot.slack import ids
from bot.slack.blocks.crisis_start import asked_modal, choose_modal, confirm_modal
from bot.slack.blocks.crisis_tell import fill_modal
from bot.slack.blocks.crisis_work import update_modal
from bot.slack.crisis_window import onlooker, shown, shown_instead
from bot.slack.forms.crisis_form import read_start
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """From the first tap to the form."""
    on_press(app, front, ids.CRISIS, lambda press: _choose(press, is_rehearsal=False))
    on_press(app, front, ids.CRISIS_START, lambda press: _prepare(press, is_rehearsal=False))
    on_press(app, front, ids.CRISIS_REHEARSE, lambda press: _prepare(press, is_rehearsal=True))
    on_submit(app, front, ids.CRISIS_START_FORM, start)
    on_press(app, front, ids.CRISIS_CONFIRM, confirm)
    on_press(app, front, ids.CRISIS_CALL_OFF, call_off)


def start(submission: Submission) -> Answer:
    """Everything stops, or a second editor is asked; the window becomes the form."""
    front, asker = submission.front, submission.asker
    wish = read_start(submission.values, submission.note)
    return replaced_by(_next(submission, start_crisis(front.desk, asker, wish, submission.now)))


def confirm(press: Press) -> Answer:
    """The second editor starts it, and can fill it in at once."""
    crisis_id, _ = ids.parse_crisis(press.value)
    return shown_instead(press, _next(press, confirm_start(press.front.desk, press.asker, crisis_id, press.now)))


def call_off(press: Press) -> Answer:
    """Nothing had stopped; the card says so."""
    crisis_id, _ = ids.parse_crisis(press.value)
    call_off_start(press.front.desk, press.asker, crisis_id, press.now)
    return Answer(text=press.say("crisis.start.called_off"))


def _choose(request: Request, *, is_rehearsal: bool) -> Answer:
    if not request.asker.is_editor:
        raise NotForCrisis
    desk = look_at_crisis(request.front.desk, request.asker, request.now)
    can_publish = request.front.desk.can_publish
    return shown(
        request,
        choose_modal(request.front.words, onlooker(request), desk, is_rehearsal=is_rehearsal, can_publish=can_publish),
    )


def _prepare(press: Press, *, is_rehearsal: bool) -> Answer:
    sheet = prepare_start(press.front.desk, press.asker, press.value, press.now, is_rehearsal=is_rehearsal)
    return shown_instead(press, confirm_modal(press.front.words, onlooker(press), sheet))


def _next(request: Request, started: Started) -> Block:
    words, language, known = request.front.words, request.asker.language, started.known
    if started.is_asked:
        return asked_modal(words, language, known)
    word = "crisis.start.exercise_started" if known.crisis.is_rehearsal else "crisis.start.started"
    notice = request.say("crisis.start.was_there" if started.was_there else word)
    if known.crisis.told_at is not None:
        return update_modal(words, language, known)
    return fill_modal(words, language, known, notice)


def crisis(command: Command) -> Answer:
    """What goes on, and what can be started."""
    return _choose(command, is_rehearsal=False)


def rehearse(command: Command) -> Answer:
    """The same, for practice."""
    return _choose(command, is_rehearsal=True)


COMMANDS = {"crisis": crisis, "crisis rehearse": rehearse}
