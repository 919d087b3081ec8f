"""The set-up: opened from Home or with `/passalong setup`, five steps, each saved by itself."""

from collections.abc import Callable
from dataclasses import replace

from slack_bolt import App

from bot.actions.look_at_setup import SetupLook, look_at_setup, with_channels, with_groups
from bot.actions.refresh_roles import refresh_roles
from bot.actions.save_setup import StepSaved, may_set_up, save_channels, save_setup
from bot.actions.show_home import show_home
from bot.domain.setup import Step
from bot.slack import ids
from bot.slack.blocks.setup_modal import SetupPage, after_step, needs_slack, step_view, summary_view, waiting_view
from bot.slack.forms.setup_form import read_channels, read_note, read_step
from bot.slack.front import Answer, Front, Press, Request, Submission, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import Block


def register(app: App, front: Front) -> None:
    """The button in Home, the steps, and the ways between them."""
    on_press(app, front, ids.SETUP, open_setup)
    on_press(app, front, ids.SETUP_GO, go_to)
    on_submit(app, front, ids.SETUP_STEP, submit_step)


def open_setup(request: Request) -> Answer:
    """The first step, or what is set when that was done before."""
    may_set_up(request.asker)
    page = _page(request)

    def then() -> None:
        slack = request.front.slack
        if page.look.setup.version:
            slack.open_view(request.trigger, summary_view(page))
            return
        view_id = slack.open_view(request.trigger, waiting_view(page))
        slack.update_view(view_id, _drawn(request, page, Step.CHANNELS))

    return Answer(then=then)


def go_to(press: Press) -> Answer:
    """To another step, or to what is set; what was typed and not sent is left."""
    may_set_up(press.asker)
    view_id = str((press.view or {})["id"])
    step = Step(press.value) if press.value else None
    page = _page(press)
    return Answer(then=lambda: press.front.slack.update_view(view_id, _drawn(press, page, step)))


def submit_step(submission: Submission) -> Answer:
    """Save this step, and go on to the next."""
    step, mark = read_note(submission.note)
    desk = submission.front.desk
    saved = _save(submission, step, mark)
    page = _page(submission)
    page = replace(page, said=after_step(page, step, saved.left_over))
    show, later = _next_view(submission, page, step)

    def then() -> None:
        if step is Step.COMMS:
            refresh_roles(desk)
        if later is not None:
            later()
        show_home(desk, submission.user, submission.now)

    return Answer(ack=replaced_by(show).ack, then=then)


def _save(submission: Submission, step: Step, mark: str) -> StepSaved:
    desk, asker, now = submission.front.desk, submission.asker, submission.now
    if step is Step.CHANNELS:
        return save_channels(desk, asker, mark, read_channels(submission.values), now)
    return save_setup(desk, asker, step, mark, read_step(step, submission.values), now)


def _next_view(submission: Submission, page: SetupPage, step: Step) -> tuple[Block, Callable[[], None] | None]:
    """What to show at once, and what then takes its place when Slack has to be asked first."""
    following = step.next
    if following is not None and not needs_slack(following) and step is not Step.COMMS:
        return step_view(page, following), None
    if following is None:
        return summary_view(page), None
    view_id = str(submission.view["id"])

    def later() -> None:
        # The roles were looked up just now, so what is said of them is how it is.
        look = look_at_setup(submission.front.desk, submission.asker, submission.now)
        fresh = replace(page, look=look)
        fresh = replace(fresh, said=after_step(fresh, step))
        submission.front.slack.update_view(view_id, _drawn(submission, fresh, following))

    return waiting_view(page), later


def _drawn(request: Request, page: SetupPage, step: Step | None) -> Block:
    if step is None:
        return summary_view(page)
    return step_view(replace(page, look=_asked(request, page.look, step)), step)


def _asked(request: Request, look: SetupLook, step: Step) -> SetupLook:
    """With what Slack says there is to choose from in this step."""
    desk = request.front.desk
    if step is Step.CHANNELS:
        return with_channels(desk, look)
    return with_groups(desk, with_channels(desk, look)) if step is Step.COMMS else look


def _page(request: Request) -> SetupPage:
    look = look_at_setup(request.front.desk, request.asker, request.now)
    return SetupPage(request.front.words, request.asker.language, look, request.now)


COMMANDS = {"setup": open_setup}
