"""The set-up: opened from Home or with `/passalong setup`, five steps, each saved by itself."""

from dataclasses import replace

from slack_bolt import App

from bot.actions.look_at_setup import ask_what_there_is, look_at_setup
from bot.actions.refresh_roles import refresh_roles
from bot.actions.save_setup import StepSaved, may_set_up, save_channels, save_setup
from bot.actions.show_home import show_home
from bot.domain.setup import Step
from bot.slack import ids
from bot.slack.blocks.setup_modal import step_view, summary_view, waiting_view
from bot.slack.blocks.setup_page import SetupPage
from bot.slack.blocks.setup_summary import after_step
from bot.slack.forms.setup_form import read_channels, read_note, read_step
from bot.slack.front import Answer, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """The button in Home, the steps, and the ways between them."""
    on_press(app, front, ids.SETUP, open_setup)
    on_press(app, front, ids.SETUP_GO, lambda press: go_to(press, _step(press.value)))
    on_press(app, front, ids.SETUP_OVERVIEW, lambda press: go_to(press, None))
    on_submit(app, front, ids.SETUP_STEP, submit_step)


def open_setup(request: Request) -> Answer:
    """The first step, or what is set when that was done before."""
    may_set_up(request.asker)
    slack, page = request.front.slack, _page(request)

    def then() -> None:
        if page.look.setup.version:
            slack.open_view(request.trigger, summary_view(page))
            ask_what_there_is(request.front.desk)
            return
        view_id = slack.open_view(request.trigger, waiting_view(page))
        ask_what_there_is(request.front.desk)
        slack.update_view(view_id, step_view(_page(request), Step.CHANNELS))

    return Answer(then=then)


def go_to(press: Press, step: Step | None) -> Answer:
    """To another step, or (None) to what is set; what was typed and not sent is left."""
    may_set_up(press.asker)
    view_id = str((press.view or {})["id"])

    def then() -> None:
        if step in (Step.CHANNELS, Step.COMMS, Step.DIGEST):
            ask_what_there_is(press.front.desk)
        press.front.slack.update_view(view_id, _view(_page(press), step))

    return Answer(then=then)


def _step(value: str) -> Step | None:
    """The step of a button; what is set, for one that we never made."""
    return Step(value) if value in list(Step) else None


def submit_step(submission: Submission) -> Answer:
    """Save this step, and go on to the next.

    The next view goes with the acknowledgement. Changing it after that would race with it: so nothing is asked of
    Slack here, what it offered when the set-up was opened is what is shown.
    """
    may_set_up(submission.asker)
    step, mark = read_note(submission.note)
    saved = _save(submission, step, mark)
    page = _page(submission)
    view = _view(replace(page, said=after_step(page, step, saved.left_over)), step.next)
    desk = submission.front.desk

    def then() -> None:
        if step is Step.COMMS:
            refresh_roles(desk)
        show_home(desk, submission.user, submission.now)

    return replace(replaced_by(view), then=then)


def _save(submission: Submission, step: Step, mark: str) -> StepSaved:
    desk, asker, now = submission.front.desk, submission.asker, submission.now
    if step is Step.CHANNELS:
        return save_channels(desk, asker, mark, read_channels(submission.values), now)
    return save_setup(desk, asker, step, mark, read_step(step, submission.values), now)


def _page(request: Request) -> SetupPage:
    look = look_at_setup(request.front.desk, request.asker, request.now)
    return SetupPage(request.front.words, request.asker.language, look, request.now)


def _view(page: SetupPage, step: Step | None) -> Block:
    return summary_view(page) if step is None else step_view(page, step)


COMMANDS = {"setup": open_setup}
