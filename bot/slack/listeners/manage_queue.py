"""The queue: looking at it, moving, cancelling, posting now, pausing. Commands and the buttons that do the same."""

from collections.abc import Callable

from slack_bolt import App

from bot.actions.cancel_story import cancel_story
from bot.actions.move_story import move_up
from bot.actions.pause_posting import pause, resume
from bot.actions.post_now import post_now
from bot.actions.preview_story import preview_story
from bot.actions.show_home import show_home
from bot.actions.show_queue import show_queue, stories_meant
from bot.actions.who_asks import require_editor
from bot.domain.queue_view import Resumed
from bot.domain.stories import Story, StoryState
from bot.slack import ids
from bot.slack.blocks.queue_list import Onlooker, choice_blocks, queue_blocks, queue_text, story_row, verbs_for
from bot.slack.front import Answer, Command, Front, Press, Request
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import cut, escape, section

CANCELLABLE = (StoryState.QUEUED, StoryState.POSTED)
MOST_LINES = 10


def show_list(command: Command) -> Answer:
    """The coming two weeks."""
    require_editor(command.asker)
    return _list(command)


def show_next(command: Command) -> Answer:
    """What goes out next."""
    require_editor(command.asker)
    view = show_queue(command.front.desk, command.now)
    if not view.stories:
        return _list(command)
    story = view.stories[0]
    said = command.say("queue.next_paused" if view.is_paused else "queue.next")
    row = story_row(command.front.words, _onlooker(command), story, view.channels, verbs=verbs_for(view, story))
    return Answer(text=f"{said} {_title(story)}", blocks=[section(said), *row])


def cancel(command: Command) -> Answer:
    """Take back the story that is meant."""
    return _with_the_one(command, CANCELLABLE, ids.QUEUE_CANCEL, lambda story: _cancelled(command, story.id))


def post(command: Command) -> Answer:
    """Let the story that is meant go out now."""
    return _with_the_one(command, (StoryState.QUEUED,), ids.QUEUE_POST_NOW, lambda story: _posted(command, story.id))


def pause_all(command: Command) -> Answer:
    """Stop all posting."""
    pause(command.front.desk, command.asker, command.now)
    return Answer(text=command.say("queue.paused"))


def resume_all(command: Command) -> Answer:
    """Let posting go on."""
    return Answer(text=_resumed(command, resume(command.front.desk, command.asker, command.now)))


def list_by_button(press: Press) -> Answer:
    """The coming two weeks."""
    require_editor(press.asker)
    return _list(press)


def turn_page(press: Press) -> Answer:
    """Another page of the list."""
    require_editor(press.asker)
    return _list(press, ids.parse_number(press.value), replaces=True)


def cancel_by_button(press: Press) -> Answer:
    """Take back this story."""
    story_id, page = _pressed(press)
    return _done(press, page, _cancelled(press, story_id))


def post_by_button(press: Press) -> Answer:
    """Let this story go out now."""
    story_id, page = _pressed(press)
    return _done(press, page, _posted(press, story_id))


def move_by_button(press: Press) -> Answer:
    """One place up."""
    story_id, page = _pressed(press)
    moved = move_up(press.front.desk, press.asker, story_id, press.now).story
    assert moved.due_at is not None
    return _done(press, page, press.say("queue.moved", title=_title(moved), when=press.when(moved.due_at)))


def preview_by_button(press: Press) -> Answer:
    """The real message, to the editor alone."""
    story_id, _ = _pressed(press)
    preview_story(press.front.desk, press.asker, story_id, press.now)
    return Answer(text=press.say("queue.previewed"))


def pause_by_button(press: Press) -> Answer:
    """Stop all posting."""
    pause(press.front.desk, press.asker, press.now)
    return _done(press, 0, press.say("queue.paused"))


def resume_by_button(press: Press) -> Answer:
    """Let posting go on."""
    return _done(press, 0, _resumed(press, resume(press.front.desk, press.asker, press.now)))


def press_in_preview(press: Press) -> Answer:
    """A preview does nothing yet."""
    return Answer(text=press.say("queue.only_a_preview"))


def _list(request: Request, page: int = 0, said: str = "", *, replaces: bool = False) -> Answer:
    view, words, onlooker = show_queue(request.front.desk, request.now), request.front.words, _onlooker(request)
    text = queue_text(words, onlooker, view, page, said)
    return Answer(text=text, blocks=queue_blocks(words, onlooker, view, page, said), replaces=replaces)


def _done(press: Press, page: int | None, said: str) -> Answer:
    """After a press: the list, drawn again; or what was done, in the place of the buttons; Home anew."""
    if press.channel is None:
        return Answer(text=said, then=lambda: show_home(press.front.desk, press.user, press.now))
    if page is not None:
        return _list(press, page, said, replaces=True)
    return Answer(text=said, blocks=[section(said)], replaces=True)


def _with_the_one(command: Command, states: tuple[StoryState, ...], verb: str, do: Callable[[Story], str]) -> Answer:
    """Do it with the one story that was named; with several, or none named, ask which."""
    require_editor(command.asker)
    found = stories_meant(command.front.desk, command.rest, states)
    if not found and command.rest and StoryState.POSTED not in states:
        for story in stories_meant(command.front.desk, command.rest, (StoryState.POSTED,)):
            return Answer(text=command.say("queue.is_out", title=_title(story)))
    if not found:
        return Answer(text=command.say("queue.none_found" if command.rest else "queue.list.empty"))
    if len(found) > 1 or not command.rest:
        blocks = choice_blocks(command.front.words, _onlooker(command), found, verb)
        return Answer(text=command.say("queue.which"), blocks=blocks)
    return Answer(text=do(found[0]))


def _cancelled(request: Request, story_id: int) -> str:
    before = cancel_story(request.front.desk, request.asker, story_id, request.now)
    was_out = before.state is StoryState.POSTED
    return request.say("queue.cancelled_posted" if was_out else "queue.cancelled", title=_title(before))


def _posted(request: Request, story_id: int) -> str:
    queued = post_now(request.front.desk, request.asker, story_id, request.now)
    places = [f"<#{channel.id}>" for channel in queued.channels]
    channels = request.front.words.list(request.asker.language, places)
    return request.say("queue.posted_now", title=_title(queued.story), channels=channels)


def _resumed(request: Request, resumed: Resumed) -> str:
    if not resumed.was_paused:
        return request.say("queue.was_not_paused")
    lines = [request.say("queue.resumed")]
    lines += [request.say("queue.resumed_going", title=_title(story)) for story in resumed.going[:MOST_LINES]]
    for story in resumed.put_off[:MOST_LINES]:
        if story.due_at is not None:
            when = request.when(story.due_at)
            lines.append(request.say("queue.resumed_put_off", title=_title(story), when=when))
    return "\n".join(lines)


def _onlooker(request: Request) -> Onlooker:
    return Onlooker(request.asker.language, request.asker.zone, request.now)


def _title(story: Story) -> str:
    return escape(cut(story.title, 150))


def _pressed(press: Press) -> tuple[int, int | None]:
    """The story, and the page of the list it stood on, if it did."""
    story, _, page = press.value.partition(":")
    return ids.parse_number(story), ids.parse_number(page) if page else None


def register(app: App, front: Front) -> None:
    """Every button of the queue but those that open the form."""
    buttons: dict[str, Callable[[Press], Answer]] = {
        ids.QUEUE_LIST: list_by_button,
        ids.QUEUE_EARLIER: turn_page,
        ids.QUEUE_LATER: turn_page,
        ids.QUEUE_CANCEL: cancel_by_button,
        ids.QUEUE_POST_NOW: post_by_button,
        ids.QUEUE_MOVE_UP: move_by_button,
        ids.QUEUE_PREVIEW: preview_by_button,
        ids.PAUSE: pause_by_button,
        ids.RESUME: resume_by_button,
        ids.PREVIEW_SHARE: press_in_preview,
        ids.PREVIEW_MENU: press_in_preview,
        ids.PREVIEW_ASK: press_in_preview,
        ids.PREVIEW_DILEMMA: press_in_preview,
    }
    for action_id, listener in buttons.items():
        on_press(app, front, action_id, listener)


COMMANDS = {
    "list": show_list,
    "next": show_next,
    "cancel": cancel,
    "post now": post,
    "pause": pause_all,
    "resume": resume_all,
}
