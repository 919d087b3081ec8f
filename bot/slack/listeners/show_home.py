"""The buttons of Home. After every change Home is published again, and says once what was done."""

from slack_bolt import App

from bot.actions.delete_me import delete_me
from bot.actions.export_stories import COLUMNS, export_stories
from bot.actions.join_again import join_again
from bot.actions.leave_program import leave_program
from bot.actions.mark_said import mark_said
from bot.actions.save_preferences import save_preferences, topics_to_choose
from bot.actions.show_home import part_of, show_home
from bot.actions.unsay_shared import unsay_shared
from bot.actions.who_asks import require_editor
from bot.domain.home import Part
from bot.domain.people import Standing
from bot.slack import ids
from bot.slack.blocks.preferences_modal import preferences_modal
from bot.slack.forms.preferences_form import read_preferences
from bot.slack.front import Answer, Front, Press, Request, Submission, errors
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """Everybody's own part, and the editors' file."""
    on_press(app, front, ids.SAY_LATER, say_later)
    on_press(app, front, ids.UNSAY, unsay)
    on_press(app, front, ids.PREFERENCES, open_preferences)
    on_submit(app, front, ids.PREFERENCES, keep_preferences)
    on_press(app, front, ids.LEAVE, leave)
    on_press(app, front, ids.JOIN_AGAIN, join)
    on_press(app, front, ids.DELETE_ME, delete)
    on_press(app, front, ids.EXPORT_STORIES, export)


def say_later(press: Press) -> Answer:
    """*I shared it*, of the networks that were opened, when the share modal is long closed."""
    story, _, networks = press.value.partition(":")
    opened = networks.split(",") if networks else []
    kept = mark_said(press.front.desk, press.asker, ids.parse_number(story), opened, press.now)
    return _shown(press, "home.noted" if kept else None)


def unsay(press: Press) -> Answer:
    """*I didn't share it*."""
    still = unsay_shared(press.front.desk, press.asker, ids.parse_number(press.value), press.now)
    return _shown(press, "home.still_said" if still else "home.unsaid")


def open_preferences(press: Press) -> Answer:
    """The form. Who is out by now (an old Home in another window) sees Home as it is instead."""
    asker, front = press.asker, press.front
    if front.desk.store.read(lambda connection: part_of(connection, front.desk, asker)) not in {Part.NEW, Part.IN}:
        return _shown(press)
    topics = topics_to_choose(front.desk, asker, press.now)
    modal = preferences_modal(
        front.words, asker.language, asker.person, topics, totals_only=front.desk.setup().totals_only
    )
    return Answer(then=lambda: _open(front, press.trigger, modal))


def keep_preferences(submission: Submission) -> Answer:
    """Saved, or each thing that cannot be used at its own field."""
    form = read_preferences(submission.values)
    if form.wrong:
        return errors({block: submission.say(word) for block, word in form.wrong.items()})
    desk = submission.front.desk
    if not save_preferences(desk, submission.asker, form.preferences, form.standing, submission.now):
        return _shown(submission)
    return _shown(submission, "home.left" if form.standing is Standing.OUT else "home.saved")


def leave(press: Press) -> Answer:
    """Leaving, in one click."""
    return _shown(press, "home.left" if leave_program(press.front.desk, press.asker, press.now) else None)


def join(press: Press) -> Answer:
    """Coming back, in one click."""
    join_again(press.front.desk, press.asker, press.now)
    return _shown(press, "home.joined")


def delete(press: Press) -> Answer:
    """Deletion, in one click."""
    delete_me(press.front.desk, press.user, press.now)
    return _shown(press, "home.deleted")


def export(press: Press) -> Answer:
    """The sheet of all stories, as a file in the editor's messages with the app."""
    require_editor(press.asker)
    heads = [press.say(f"home.column.{column}") for column in COLUMNS]
    sheet = export_stories(press.front.desk, press.asker, heads, press.now)
    title = press.say("home.file.title" if press.front.desk.public_url else "home.file.title_without_readers")

    def hand_over() -> None:
        name = f"{press.say('home.file.name')}-{press.now:%Y-%m-%d}.csv"
        with press.front.hand_overs.once(press.user, press.what, press.now) as wanted:
            if wanted:
                press.front.slack.hand_over_file(press.user, name, title, sheet)
                show_home(press.front.desk, press.user, press.now, "home.file_sent")

    return Answer(then=hand_over)


def _open(front: Front, trigger: str, modal: dict[str, object]) -> None:
    front.slack.open_view(trigger, modal)


def _shown(request: Request, note: str | None = None) -> Answer:
    """Home anew; where the button stood in a message, what was done is said in its place."""
    desk, user, now = request.front.desk, request.user, request.now
    if note is not None and isinstance(request, Press) and request.view is None:
        return Answer(text=request.say(note), replaces=True, then=lambda: show_home(desk, user, now))
    return Answer(then=lambda: show_home(desk, user, now, note))
