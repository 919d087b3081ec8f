"""Stories that wait since a crisis: looking at each, putting it back, dropping it."""

from slack_bolt import App

from bot.actions.cancel_story import cancel_story
from bot.actions.put_back import look_at_held, put_back
from bot.domain.stories import Story, StoryState
from bot.slack import ids
from bot.slack.blocks.crisis_held import held_modal
from bot.slack.crisis_window import onlooker, shown, shown_instead
from bot.slack.front import Answer, Command, Front, Press, Request
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import Block, cut, escape


def register(app: App, front: Front) -> None:
    """The list, and its buttons."""
    on_press(app, front, ids.CRISIS_HELD, lambda press: shown_instead(press, _list(press)))
    on_press(app, front, ids.CRISIS_EARLIER, turn_page)
    on_press(app, front, ids.CRISIS_LATER, turn_page)
    on_press(app, front, ids.CRISIS_PUT_BACK, back)
    on_press(app, front, ids.CRISIS_DROP, drop)


def review(command: Command) -> Answer:
    """All that wait."""
    return shown(command, _list(command))


def turn_page(press: Press) -> Answer:
    """Another page of them."""
    return shown_instead(press, _list(press, ids.parse_number(press.value)))


def back(press: Press) -> Answer:
    """It can go out, or be shared, again."""
    story_id, page = _pressed(press)
    story = put_back(press.front.desk, press.asker, story_id, press.now)
    return shown_instead(press, _list(press, page, _said(press, story)))


def drop(press: Press) -> Answer:
    """It is taken back for good."""
    story_id, page = _pressed(press)
    before = cancel_story(press.front.desk, press.asker, story_id, press.now)
    return shown_instead(press, _list(press, page, press.say("crisis.held.is_dropped", title=_title(before))))


def _list(request: Request, page: int = 0, said: str = "") -> Block:
    held = look_at_held(request.front.desk, request.asker)
    return held_modal(request.front.words, onlooker(request), held, page, said)


def _said(press: Press, story: Story) -> str:
    if story.state is StoryState.QUEUED and story.due_at is not None:
        return press.say("crisis.held.is_back_due", title=_title(story), when=press.when(story.due_at))
    return press.say("crisis.held.is_back", title=_title(story))


def _title(story: Story) -> str:
    return escape(cut(story.title, 150))


def _pressed(press: Press) -> tuple[int, int]:
    story, _, page = press.value.partition(":")
    return ids.parse_number(story), ids.parse_number(page)


COMMANDS = {"crisis review": review}
