"""A crisis ends: the last words, what was learned, and the log."""

from slack_bolt import App

from bot.actions.end_crisis import end_crisis, say_lessons
from bot.actions.look_at_crisis import CrisisLog, crisis_log, known_crisis, which_goes_on
from bot.domain.crisis import Known
from bot.domain.crisis_desk import NoCrisis
from bot.slack import ids
from bot.slack.blocks.crisis_log import log_file
from bot.slack.blocks.crisis_work import end_modal, lessons_modal
from bot.slack.blocks.sheet import sheet_to_read
from bot.slack.crisis_window import shown, shown_instead
from bot.slack.forms.crisis_form import read_closing, read_lessons
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import section


def register(app: App, front: Front) -> None:
    """Buttons of the card, and their windows."""
    on_press(app, front, ids.CRISIS_END, open_end)
    on_submit(app, front, ids.CRISIS_END_FORM, end)
    on_press(app, front, ids.CRISIS_LESSONS, open_lessons)
    on_submit(app, front, ids.CRISIS_LESSONS_FORM, learn)
    on_press(app, front, ids.CRISIS_LOG, lambda press: _log(press, ids.parse_crisis(press.value)[0]))


def open_end(press: Press) -> Answer:
    """The last words, and what becomes of the stories."""
    known = _pressed(press)
    if not known.crisis.is_open:
        raise NoCrisis
    return shown_instead(press, end_modal(press.front.words, press.asker.language, known))


def end_by_command(command: Command) -> Answer:
    """The same, of the one that goes on."""
    known = which_goes_on(command.front.desk, command.asker)
    if not known.crisis.is_open:
        raise NoCrisis
    return shown(command, end_modal(command.front.words, command.asker.language, known))


def end(submission: Submission) -> Answer:
    """It is over, and says so everywhere."""
    front, asker = submission.front, submission.asker
    closing = read_closing(submission.values)
    end_crisis(front.desk, asker, ids.parse_number(submission.note), closing, submission.now)
    done = [section(submission.say("crisis.end.done"))]
    return replaced_by(sheet_to_read(front.words, asker.language, "crisis.end.title", done))


def open_lessons(press: Press) -> Answer:
    """For the next time."""
    return shown_instead(press, lessons_modal(press.front.words, press.asker.language, _pressed(press)))


def learn(submission: Submission) -> Answer:
    """Into the log, and on the card."""
    text, crisis_id = read_lessons(submission.values), ids.parse_number(submission.note)
    say_lessons(submission.front.desk, submission.asker, crisis_id, text, submission.now)
    return Answer()


def log_by_command(command: Command) -> Answer:
    """Of the last one."""
    return _log(command, None)


def _log(request: Request, crisis_id: int | None) -> Answer:
    found = crisis_log(request.front.desk, request.asker, crisis_id, request.now)
    return Answer(text=request.say("crisis.said.log"), then=lambda: _hand_over(request, found))


def _hand_over(request: Request, found: CrisisLog) -> None:
    front = request.front
    with front.hand_overs.once(request.user, request.what, request.now) as wanted:
        if wanted:
            text = log_file(front.words, request.asker.language, found)
            name = f"{request.say('crisis.log.file')}-{found.known.crisis.page}.md"
            front.slack.hand_over_file(request.user, name, request.say("crisis.log.handed"), text.encode())


def _pressed(press: Press) -> Known:
    crisis_id, _ = ids.parse_crisis(press.value)
    return known_crisis(press.front.desk, press.asker, crisis_id)


COMMANDS = {"crisis end": end_by_command, "crisis log": log_by_command}
