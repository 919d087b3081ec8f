"""Filling in a crisis, looking at it as others will see it, and telling them."""

from slack_bolt import App

from bot.actions.fill_crisis import fill_crisis
from bot.actions.look_at_crisis import known_crisis
from bot.actions.tell_crisis import tell_crisis
from bot.domain.crisis import Known
from bot.domain.crisis_desk import NoCrisis, ToldAlready
from bot.slack import ids
from bot.slack.as_shown import number_of
from bot.slack.blocks.crisis_tell import fill_modal, preview_modal, still_open, told_modal
from bot.slack.crisis_window import can_have_page, onlooker, shown_instead
from bot.slack.forms.crisis_form import read_filled, read_looked, read_publish
from bot.slack.front import Answer, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """Two buttons of the card, and their windows."""
    on_press(app, front, ids.CRISIS_FILL, fill)
    on_submit(app, front, ids.CRISIS_FILL_FORM, filled)
    on_press(app, front, ids.CRISIS_TELL, look)
    on_submit(app, front, ids.CRISIS_TELL_FORM, tell)


def fill(press: Press) -> Answer:
    """The form, as it stands."""
    return shown_instead(press, fill_modal(press.front.words, press.asker.language, _untold(press)))


def filled(submission: Submission) -> Answer:
    """Kept; then the look, or the form once more with what is still open."""
    front, asker = submission.front, submission.asker
    wish = read_filled(submission.values, submission.note)
    known = fill_crisis(front.desk, asker, ids.parse_number(number_of(submission.note)), wish, submission.now)
    return replaced_by(_look_or_fill(submission, known))


def look(press: Press) -> Answer:
    """As each audience sees it."""
    return shown_instead(press, _look_or_fill(press, _untold(press)))


def tell(submission: Submission) -> Answer:
    """Now; or a second editor is asked to."""
    front, asker = submission.front, submission.asker
    crisis_id, seen = read_looked(submission.note)
    publish = read_publish(submission.values)
    known = tell_crisis(front.desk, asker, crisis_id, submission.now, publish=publish, seen=seen)
    return replaced_by(told_modal(front.words, asker.language, known))


def _look_or_fill(request: Request, known: Known) -> Block:
    front, asker = request.front, request.asker
    if known.crisis.filled_at is None:
        return fill_modal(front.words, asker.language, known, still_open(front.words, asker.language, known))
    for_everyone = not known.crisis.is_rehearsal and any(one.is_everyone for one in known.audiences)
    asks_second = for_everyone and not asker.is_admin and known.crisis.tell_asked_by is None
    can_publish = can_have_page(front.desk, known.crisis)
    return preview_modal(front.words, onlooker(request), known, asks_second=asks_second, can_publish=can_publish)


def _untold(press: Press) -> Known:
    """One that goes on, and of which nobody heard yet. Raises NoCrisis, ToldAlready."""
    crisis_id, _ = ids.parse_crisis(press.value)
    known = known_crisis(press.front.desk, press.asker, crisis_id)
    if not known.crisis.is_open:
        raise NoCrisis
    if known.crisis.told_at is not None:
        raise ToldAlready
    return known
