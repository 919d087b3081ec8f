"""The menu of a story: *Not for me*, *Remind me later*, *Already posted it myself*."""

from collections import deque
from collections.abc import Callable
from functools import partial

from slack_bolt import App

from bot.actions.mark_said import mark_said
from bot.actions.open_share import look_at_story
from bot.actions.pass_over import pass_over, pass_over_because
from bot.actions.remind_later import remind_later
from bot.domain.messages import Posted
from bot.domain.networks import post_address
from bot.domain.problems import SlackTrouble, Unreadable
from bot.domain.reasons import Reason
from bot.domain.share_draft import ShareNote, load_note
from bot.domain.share_problems import NotAPost
from bot.slack import ids
from bot.slack.blocks.post_modal import post_modal
from bot.slack.blocks.reasons import reasons_blocks
from bot.slack.blocks.share_modal import thanks
from bot.slack.forms.share_form import read_post_address
from bot.slack.front import Answer, Front, Press, Submission
from bot.slack.middleware import on_press, on_submit


def register(app: App, front: Front) -> None:
    """The menu, and the modal behind its third option."""
    seen = PassedOver()
    choices: dict[str, Callable[[Press, int], Answer]] = {
        ids.NOT_FOR_ME: lambda press, story_id: _not_for_me(press, story_id, seen),
        ids.REMIND_ME: _remind_me,
        ids.POSTED_MYSELF: _posted_myself,
    }

    def choose(press: Press) -> Answer:
        name, story_id = ids.parse_option(press.value)
        if name not in choices:
            raise Unreadable
        return choices[name](press, story_id)

    on_press(app, front, ids.STORY_MENU, choose)
    gave = PassedOver()
    for reason in Reason:
        on_press(app, front, ids.why_not(reason), partial(_because, reason=reason, gave=gave))
    on_submit(app, front, ids.POST_FORM, _say)


class PassedOver:
    """Who passed which story over lately: in memory alone, so that a second press is not a second person."""

    def __init__(self, most: int = 5000) -> None:
        self._known: deque[tuple[str, int]] = deque(maxlen=most)

    def is_new(self, user: str, story_id: int) -> bool:
        """Whether this is their first time; from now on it is not."""
        pair = (user, story_id)
        if pair in self._known:
            return False
        self._known.append(pair)
        return True


def _not_for_me(press: Press, story_id: int, seen: PassedOver) -> Answer:
    said = press.say("share.not_for_me")
    is_new = seen.is_new(press.user, story_id)
    if not is_new or not pass_over(press.front.desk, press.asker, story_id, press.now):
        return Answer(text=said)
    question = press.say("reasons.why")
    return Answer(text=f"{said} {question}", blocks=reasons_blocks(press.front.words, press.asker.language, story_id))


def _because(press: Press, reason: Reason, gave: PassedOver) -> Answer:
    """One reason each, as far as this process remembers: whose it was is kept nowhere, so after a restart it is new."""
    story_id = ids.parse_number(press.value)
    if gave.is_new(press.user, story_id):
        pass_over_because(press.front.desk, press.asker, story_id, reason)
    return Answer(text=press.say("reasons.thanks"), replaces=True)


def _remind_me(press: Press, story_id: int) -> Answer:
    where = Posted(press.channel, press.ts) if press.channel and press.ts else None
    done = remind_later(press.front.desk, press.asker, story_id, where, press.now)
    word = "share.reminder.noted" if done.is_new else "share.reminder.noted_before"
    return Answer(text=press.say(word, when=press.when(done.at)))


def _posted_myself(press: Press, story_id: int) -> Answer:
    front = press.front
    story = look_at_story(front.desk, story_id, press.now)
    view = post_modal(front.words, press.asker.language, story, ShareNote(story=story_id, channel=press.channel))
    return Answer(then=lambda: _open(press, view))


def _open(press: Press, view: dict[str, object]) -> None:
    press.front.slack.open_view(press.trigger, view)


def _say(submission: Submission) -> Answer:
    address = read_post_address(submission.values)
    network = post_address(address) if address else None
    if address and network is None:
        raise NotAPost(field=ids.POST_ADDRESS)
    note = load_note(submission.note)
    networks = (network,) if network else ()
    front, asker = submission.front, submission.asker
    is_kept = mark_said(front.desk, asker, note.story, networks, submission.now, address or None)
    text = thanks(front.words, asker.language, networks if is_kept else ())
    return Answer(then=lambda: _thank(submission, note.channel, text))


def _thank(submission: Submission, channel: str | None, text: str) -> None:
    if channel is None:
        return
    try:
        submission.front.slack.whisper(channel, submission.user, text)
    except SlackTrouble:
        return
