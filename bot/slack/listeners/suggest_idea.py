"""*Suggest to comms*, `/passalong suggest` and the button on Home; and *Not now, because…* of comms."""

from typing import Any

from slack_bolt import App

from bot.actions.answer_idea import decline_idea, idea_to_answer, take_name_off
from bot.actions.show_home import show_home
from bot.actions.suggest_idea import may_be_thanked, suggest_idea
from bot.actions.who_asks import require_editor
from bot.domain.graphemes import start_of
from bot.domain.idea_problems import NotAColleague
from bot.domain.ideas import LONGEST_WHY
from bot.domain.typed_command import readable, split_command
from bot.slack import ids
from bot.slack.blocks.idea_modals import IdeaDraft, answered_view, decline_modal, idea_modal, suggested_view
from bot.slack.forms.idea_form import read_answer, read_suggestion, with_scheme, wrong_link
from bot.slack.front import Answer, Command, Front, Press, Request, Shortcut, Submission, errors, replaced_by
from bot.slack.middleware import on_press, on_shortcut, on_submit
from bot.slack.mrkdwn import clean
from bot.slack.problems import explain_at_field

HOME = "home"


def register(app: App, front: Front) -> None:
    """The three ways in, the two forms, and the name that can be taken off."""
    on_shortcut(app, front, ids.SUGGEST_THIS, suggest_message)
    on_press(app, front, ids.SUGGEST, suggest_from_home)
    on_submit(app, front, ids.IDEA_FORM, send)
    on_press(app, front, ids.IDEA_DECLINE, open_decline)
    on_submit(app, front, ids.IDEA_ANSWER, decline)
    on_press(app, front, ids.IDEA_NAME_OFF, name_off)


def suggest(command: Command) -> Answer:
    """The form, with the link and the words that were typed."""
    link, said = split_command(command.rest)
    if not link and not wrong_link(with_scheme(said)):
        link, said = said, ""
    return _form(command, IdeaDraft(link, readable(said)))


def suggest_message(shortcut: Shortcut) -> Answer:
    """The form, with the link of the message; without one with its words, which they see before anybody gets them."""
    link, _ = split_command(shortcut.text)
    if wrong_link(link, shortcut.front.desk.fetch_allow):
        link = ""
    return _form(shortcut, IdeaDraft(link, "" if link else readable(shortcut.text), is_of_message=True))


def suggest_from_home(press: Press) -> Answer:
    """An empty form."""
    return _form(press, IdeaDraft(came_from=HOME))


def send(submission: Submission) -> Answer:
    """Kept, and said what becomes of it; or what is wrong, at its field."""
    front, asker, now = submission.front, submission.asker, submission.now
    suggestion, wrong = read_suggestion(submission.values, front.desk.fetch_allow)
    if wrong:
        return errors({field: explain_at_field(submission, problem) for field, problem in wrong.items()})
    done = suggest_idea(front.desk, asker, suggestion, str(submission.view["id"])[:64], now)
    view = replaced_by(suggested_view(front.words, asker.language, done))
    if submission.note == HOME:
        return Answer(ack=view.ack, then=lambda: show_home(front.desk, asker.user, now))
    return view


def open_decline(press: Press) -> Answer:
    """*Not now, because…*"""
    idea = idea_to_answer(press.front.desk, press.asker, ids.parse_number(press.value))
    view = decline_modal(press.front.words, press.asker.language, idea)
    return Answer(then=lambda: _open(press, view))


def decline(submission: Submission) -> Answer:
    """Owed to whoever suggested it."""
    front, asker = submission.front, submission.asker
    require_editor(asker)
    answer = read_answer(submission.values)
    decline_idea(front.desk, asker, ids.parse_number(submission.note), answer, submission.now)
    return replaced_by(answered_view(front.words, asker.language))


def name_off(press: Press) -> Answer:
    """They are thanked for it without their name from now on."""
    desk, now = press.front.desk, press.now
    done = take_name_off(desk, press.asker, ids.parse_number(press.value), now)
    if press.view is None:
        return Answer(text=press.say("ideas.name_is_off" if done else "ideas.problem.gone"))
    note = "ideas.name_is_off" if done else None
    return Answer(then=lambda: show_home(desk, press.user, now, note))


def _form(request: Request, draft: IdeaDraft) -> Answer:
    desk, asker = request.front.desk, request.asker
    if not asker.profile.counts_at(desk.me.team):
        raise NotAColleague
    why = clean(draft.why).strip()
    fits = IdeaDraft(
        clean(draft.link).strip(),
        start_of(why, LONGEST_WHY),
        draft.is_of_message,
        may_be_thanked(desk, asker),
        draft.came_from,
        is_cut=len(why) > LONGEST_WHY,
    )
    view = idea_modal(request.front.words, asker.language, fits)
    return Answer(then=lambda: _open(request, view))


def _open(request: Request, view: dict[str, Any]) -> None:
    request.front.slack.open_view(request.trigger, view)


COMMANDS = {"suggest": suggest}
