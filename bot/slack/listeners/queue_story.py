"""`/passalong queue` and `edit`: the form of a story, the short way in, and what the editor hears after."""

import logging
from dataclasses import replace
from typing import Any

from slack_bolt import App

from bot.actions.answer_editor import answer_editor, queue_answer
from bot.actions.answer_hook import draft_from_hook
from bot.actions.answer_idea import idea_to_queue
from bot.actions.queue_story import edit_story, queue_story
from bot.actions.read_page import read_page
from bot.actions.show_home import show_home
from bot.actions.show_queue import show_queue, stories_meant, story_to_edit
from bot.actions.who_asks import require_editor
from bot.domain.addresses import literal_private_address
from bot.domain.captions import Caption
from bot.domain.fetch_problems import PageUnread
from bot.domain.messages import QueueAnswer
from bot.domain.page_preview import PagePreview
from bot.domain.problems import BadField, NoChannels, Refused, SlackTrouble
from bot.domain.queue_view import Queued
from bot.domain.stories import Story, StoryState
from bot.domain.story_file import LONGEST_SENTENCE
from bot.domain.typed_command import split_command
from bot.slack import ids
from bot.slack.blocks.queue_list import Onlooker, choice_blocks
from bot.slack.blocks.render import render
from bot.slack.blocks.story_modal import StoryForm, reading_view, shown_captions
from bot.slack.forms.story_form import is_web_address, read_story_form
from bot.slack.front import Answer, Command, Front, Press, Request, Submission, errors, replaced_by
from bot.slack.middleware import on_press, on_submit
from bot.slack.mrkdwn import cut
from bot.slack.problems import explain_at_field
from bot.slack.story_window import Memory, StoryStart, draw_form, edit_form, known_before, new_form, note_of, recalled
from bot.slack.voice_window import voice_window

log = logging.getLogger(__name__)

READING_SECONDS = 2.5
EDITABLE = (StoryState.QUEUED, StoryState.POSTED, StoryState.EXPIRED)


def queue(command: Command) -> Answer:
    """An empty form; with a link behind it the page is read first, with a time behind that the time is filled in."""
    _require_channels(command)
    link, typed = split_command(command.rest)
    if link and _may_be_read(command, link):
        return Answer(then=lambda: _open_while_reading(command, Memory(command.channel), StoryStart(link, typed)))
    return Answer(then=lambda: _open(command, new_form(command, Memory(command.channel), StoryStart(link, typed))))


def queue_by_button(press: Press) -> Answer:
    """An empty form."""
    _require_channels(press)
    return Answer(then=lambda: _open(press, new_form(press, Memory(press.channel))))


def queue_idea(press: Press) -> Answer:
    """The form with what was suggested: the link, the title of its page, and the words of who sent it."""
    _require_channels(press)
    idea = idea_to_queue(press.front.desk, press.asker, ids.parse_number(press.value))
    memory = Memory(press.channel, idea=idea.id)
    start = StoryStart(idea.link, sentence=cut(" ".join(idea.words.split()), LONGEST_SENTENCE))
    if idea.link and _may_be_read(press, idea.link):
        return Answer(then=lambda: _open_while_reading(press, memory, start))
    return Answer(then=lambda: _open(press, new_form(press, memory, start)))


def queue_hook(press: Press) -> Answer:
    """The form filled in from a hook: for the next minutes, and not for long."""
    _require_channels(press)
    number = ids.parse_number(press.value)
    draft = draft_from_hook(press.front.desk, press.asker, number, press.now)
    form = StoryForm(draft, (), note_of(Memory(press.channel, hook=number)), known_before(press, draft.link))
    return Answer(then=lambda: _open(press, draw_form(press, form)))


def edit(command: Command) -> Answer:
    """The form of the story that is meant; a short list when it may be several."""
    require_editor(command.asker)
    found = stories_meant(command.front.desk, command.rest, EDITABLE)
    if not found:
        return Answer(text=command.say("queue.none_found" if command.rest else "queue.list.empty"))
    if len(found) > 1:
        onlooker = Onlooker(command.asker.language, command.asker.zone, command.now)
        blocks = choice_blocks(command.front.words, onlooker, found, ids.QUEUE_EDIT)
        return Answer(text=command.say("queue.which"), blocks=blocks)
    return Answer(then=lambda: _open(command, edit_form(command, command.channel, found[0])))


def edit_by_button(press: Press) -> Answer:
    """The form of this story."""
    story = story_to_edit(press.front.desk, press.asker, ids.parse_number(press.value.partition(":")[0]))
    return Answer(then=lambda: _open(press, edit_form(press, press.channel, story)))


def send(submission: Submission) -> Answer:
    """Queue it, or take over the edit; only then the editor hears what was understood, and the page is read."""
    require_editor(submission.asker)
    desk, memory = submission.front.desk, recalled(submission.note)
    draft, bad = read_story_form(submission.values, submission.now, desk.fetch_allow)
    if {*draft.channels} - {channel.id for channel in show_queue(desk, submission.now).channels}:
        bad.setdefault("channels", BadField("queue.error.channel_gone", field="channels"))
    if bad:
        return errors({name: explain_at_field(submission, problem) for name, problem in bad.items()})
    if memory.story is None:
        queued = queue_story(desk, submission.asker, draft, submission.now, idea=memory.idea, hook=memory.hook)
        return _said(submission, memory, queued, is_new_link=True)
    before = story_to_edit(desk, submission.asker, memory.story)
    draft = replace(draft, captions=_with_unshown(draft.captions, before), background=before.background)
    queued = edit_story(desk, submission.asker, memory.story, memory.version, draft, submission.now)
    return _said(submission, memory, queued, is_new_link=queued.story.link != before.link)


def _require_channels(request: Request) -> None:
    require_editor(request.asker)
    if not show_queue(request.front.desk, request.now).channels:
        raise NoChannels


def _may_be_read(request: Request, link: str) -> bool:
    return is_web_address(link) and not literal_private_address(link, request.front.desk.fetch_allow)


def _open(request: Request, view: dict[str, Any]) -> None:
    request.front.slack.open_view(request.trigger, view)


def _open_while_reading(request: Request, memory: Memory, start: StoryStart) -> None:
    """The trigger lives three seconds, so the form opens at once and is filled in when the page answers."""
    view_id = request.front.slack.open_view(request.trigger, reading_view(request.front.words, request.asker.language))
    request.front.later(lambda: _fill_in(request, view_id, memory, start))


def _fill_in(request: Request, view_id: str, memory: Memory, start: StoryStart) -> None:
    note: tuple[str, ...] = ()
    try:
        preview = request.front.previews.read(start.link, seconds=READING_SECONDS)
    except PageUnread as problem:
        log.info("A page could not be read for the form: %s", type(problem).__name__)
        preview, note = PagePreview(), (request.say("queue.form.unread"),)
    view = new_form(request, memory, start, preview, note)
    try:
        request.front.slack.update_view(view_id, view)
    except Refused as refused:
        log.info("The form was closed before it was filled in: %s", refused.reason)
    except SlackTrouble:
        # Once more: else the person is left looking at "Reading the page…".
        request.front.slack.update_view(view_id, view)


def _with_unshown(typed: tuple[Caption, ...], story: Story) -> tuple[Caption, ...]:
    """What was typed, and the captions that had no input in the form."""
    shown = shown_captions(story.captions, story.language)
    there = {(caption.language, caption.text) for caption in typed}
    rest = (c for c in story.captions if c not in shown and (c.language, c.text) not in there)
    return (*typed, *rest)


def _said(submission: Submission, memory: Memory, queued: Queued, *, is_new_link: bool) -> Answer:
    """What follows; and in the window how it sounds, when there is something to say, or somebody asked."""

    def follow() -> None:
        _after(submission, memory, queued, is_new_link=is_new_link)

    is_new, voice = memory.story is None, queued.voice
    if voice is None or not (voice.helps or memory.was is not None or (is_new and voice.speaks)):
        return Answer(then=follow)
    view = voice_window(submission, memory.channel, queued.story, voice, is_new=is_new, was=memory.was)
    return replace(replaced_by(view), then=follow)


def _after(submission: Submission, memory: Memory, queued: Queued, *, is_new_link: bool) -> None:
    front, now = submission.front, submission.now
    if is_new_link:
        front.later(lambda: read_page(front.desk, queued.story, now))
    _tell(submission, memory.channel, queue_answer(submission.asker, queued, now, is_new=memory.story is None))
    if memory.channel is None:
        show_home(front.desk, submission.user, now)


def _tell(submission: Submission, channel: str | None, message: QueueAnswer) -> None:
    """Where it was asked, to this person alone; as a direct message where the bot cannot whisper."""
    front = submission.front
    text, blocks = render(front.words, message)
    if channel is not None and channel.startswith(("C", "G")):
        try:
            front.slack.whisper(channel, submission.user, text, blocks)
        except SlackTrouble as trouble:
            log.info("The answer comes as a direct message: %s", trouble)
        else:
            return
    answer_editor(front.desk, submission.asker, message, submission.now)


def register(app: App, front: Front) -> None:
    """The form and the buttons that open it."""
    on_submit(app, front, ids.STORY_FORM, send)
    on_press(app, front, ids.QUEUE_NEW, queue_by_button)
    on_press(app, front, ids.HOOK_QUEUE, queue_hook)
    on_press(app, front, ids.QUEUE_EDIT, edit_by_button)
    on_press(app, front, ids.IDEA_QUEUE, queue_idea)


COMMANDS = {"queue": queue, "edit": edit}
