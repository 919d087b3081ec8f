"""While a crisis goes on: what is new, what is done, the page, and the one reminder."""

from html import unescape

from slack_bolt import App

from bot.actions.look_at_crisis import known_crisis, which_goes_on
from bot.actions.remind_crisis import remind_crisis
from bot.actions.tell_crisis import publish_page
from bot.actions.tick_crisis import tick_crisis
from bot.actions.update_crisis import update_crisis
from bot.domain.crisis import Known
from bot.domain.crisis_desk import NoCrisis, NotToldYet
from bot.slack import ids
from bot.slack.as_shown import number_of
from bot.slack.blocks.crisis_work import checklist_modal, update_modal
from bot.slack.blocks.sheet import sheet_to_read
from bot.slack.crisis_window import onlooker, shown, shown_instead
from bot.slack.forms.crisis_form import read_ticked, read_update
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block, section


def register(app: App, front: Front) -> None:
    """Buttons of the card, and their windows."""
    on_press(app, front, ids.CRISIS_UPDATE, open_update)
    on_submit(app, front, ids.CRISIS_UPDATE_FORM, send_update)
    on_press(app, front, ids.CRISIS_CHECKLIST, open_checklist)
    on_submit(app, front, ids.CRISIS_CHECKLIST_FORM, tick)
    on_press(app, front, ids.CRISIS_PUBLISH, publish)
    on_press(app, front, ids.CRISIS_REMIND, remind)


def open_update(press: Press) -> Answer:
    """What is new."""
    return shown_instead(press, _update(press, _open(press)))


def update(command: Command) -> Answer:
    """The same; what was typed behind it stands in the form."""
    known = which_goes_on(command.front.desk, command.asker)
    return shown(command, _update(command, known, unescape(command.rest)))


def send_update(submission: Submission) -> Answer:
    """On top of everything. Sent twice from one window, it is one."""
    front, asker = submission.front, submission.asker
    wish, window = read_update(submission.values, submission.note), str(submission.view["id"])
    update_crisis(front.desk, asker, ids.parse_number(number_of(submission.note)), wish, window, submission.now)
    done = [section(submission.say("crisis.update.done"))]
    return replaced_by(sheet_to_read(front.words, asker.language, "crisis.update.title", done))


def open_checklist(press: Press) -> Answer:
    """What is done and what is not."""
    return shown_instead(press, checklist_modal(press.front.words, onlooker(press), _open(press)))


def tick(submission: Submission) -> Answer:
    """What is done now."""
    desk, asker = submission.front.desk, submission.asker
    crisis_id, _ = ids.parse_crisis(submission.note)
    known = known_crisis(desk, asker, crisis_id)
    steps, outside = read_ticked(submission.values, submission.note, known)
    tick_crisis(desk, asker, crisis_id, steps, outside, submission.now)
    return Answer()


def publish(press: Press) -> Answer:
    """The page comes out."""
    crisis_id, _ = ids.parse_crisis(press.value)
    known = publish_page(press.front.desk, press.asker, crisis_id, press.now)
    if not known.crisis.is_published:
        return Answer(text=press.say("crisis.said.no_page"))
    in_files_alone = not press.front.desk.public_url
    return Answer(text=press.say("crisis.said.published_files" if in_files_alone else "crisis.said.published"))


def remind(press: Press) -> Answer:
    """Those who have not read it, once."""
    crisis_id, audience = ids.parse_crisis(press.value)
    remind_crisis(press.front.desk, press.asker, crisis_id, audience, press.now)
    return Answer(text=press.say("crisis.said.reminded"))


def _update(request: Request, known: Known, typed: str = "") -> Block:
    if known.crisis.told_at is None:
        raise NotToldYet
    return update_modal(request.front.words, request.asker.language, known, typed)


def _open(press: Press) -> Known:
    crisis_id, _ = ids.parse_crisis(press.value)
    known = known_crisis(press.front.desk, press.asker, crisis_id)
    if not known.crisis.is_open:
        raise NoCrisis
    return known


COMMANDS = {"crisis update": update}
