"""The queue as editors see it: each story with what can be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.queue_view import QueueView
from bot.domain.setup import Channel
from bot.domain.stories import Story, StoryState
from bot.slack import ids
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, divider, escape, plain, section
from bot.sources.words import Words

PAGE = 10
"""Stories a page: with their buttons and dialogs they stay below Slack's 50 blocks and 13,000 characters."""

QUEUED = (ids.QUEUE_EDIT, ids.QUEUE_MOVE_UP, ids.QUEUE_PREVIEW, ids.QUEUE_POST_NOW, ids.QUEUE_CANCEL)
"""What can be done with a story that waits."""
LONGEST_TITLE = 120
LONGEST_LINK = 350
MOST_PLACES = 8
"""Channels named by name; in a long list of stories there is room for no more."""


@dataclass(frozen=True)
class Onlooker:
    """Who looks: in which language, on whose clock, when (UTC)."""

    language: str
    zone: str
    now: datetime


def queue_blocks(words: Words, onlooker: Onlooker, view: QueueView, page: int = 0, said: str = "") -> list[Block]:
    """One page of the queue. `said`: mrkdwn that stands above it, about what was just done."""
    language = onlooker.language
    page = min(max(page, 0), _last_page(view))
    blocks = [section(said), divider()] if said else []
    blocks.append(section(_heading(words, language, view)))
    if view.is_crisis:
        blocks.append(section(words.say(language, "queue.list.crisis")))
    if view.is_paused:
        blocks.append(section(words.say(language, "queue.list.paused"), resume_button(words, language)))
    for story in view.stories[page * PAGE : (page + 1) * PAGE]:
        blocks += story_row(words, onlooker, story, view.channels, page=page, verbs=verbs_for(view, story))
    return [*blocks, *_foot(words, onlooker, view, page)]


def queue_text(words: Words, onlooker: Onlooker, view: QueueView, page: int = 0, said: str = "") -> str:
    """The same for screen readers and notifications."""
    shown = view.stories[page * PAGE : (page + 1) * PAGE]
    lines = [f"{_when(words, onlooker, story)}: {escape(cut(story.title, LONGEST_TITLE))}" for story in shown]
    return "\n".join([*([said] if said else []), _heading(words, onlooker.language, view), *lines])


def story_row(
    words: Words,
    onlooker: Onlooker,
    story: Story,
    channels: Iterable[Channel],
    page: int | None = None,
    *,
    verbs: tuple[str, ...] | None = None,
) -> list[Block]:
    """A story with its buttons. `page`: it stands in the list, which is drawn again after a press."""
    facts = " · ".join(_facts(words, onlooker, story, channels))
    title = linked_title(story, LONGEST_TITLE, LONGEST_LINK)
    buttons = actions(*row_buttons(words, onlooker.language, story, page, verbs), block_id=f"queue:{story.id}")
    return [section(f"*{title}*\n{facts}"), buttons]


def verbs_for(view: QueueView, story: Story) -> tuple[str, ...] | None:
    """What is offered where it stands in the queue: the first has nothing to move up to."""
    return tuple(verb for verb in QUEUED if verb != ids.QUEUE_MOVE_UP) if story.id in view.first else None


def row_buttons(
    words: Words, language: str, story: Story, page: int | None = None, verbs: tuple[str, ...] | None = None
) -> list[Block]:
    """What can be done with the story as it stands; of `verbs` (ids), in their order."""
    posted = (ids.QUEUE_EDIT, ids.QUEUE_CANCEL)
    possible = QUEUED if story.state is StoryState.QUEUED else posted
    value = str(story.id) if page is None else f"{story.id}:{page}"
    return [_button(words, language, story, verb, value) for verb in verbs or possible if verb in possible]


def choice_blocks(words: Words, onlooker: Onlooker, found: Iterable[Story], verb: str) -> list[Block]:
    """Several stories that may be meant, each with the one button that was asked for."""
    blocks = [section(words.say(onlooker.language, "queue.which"))]
    for story in list(found)[:PAGE]:
        title = linked_title(story, LONGEST_TITLE, LONGEST_LINK)
        accessory = _button(words, onlooker.language, story, verb, str(story.id))
        blocks.append(section(f"*{title}*\n{_when(words, onlooker, story)}", accessory))
    return blocks


def resume_button(words: Words, language: str) -> Block:
    """The button that lets posting go on."""
    return button(words.say(language, "queue.button.resume"), ids.RESUME, style="primary")


def pause_button(words: Words, language: str) -> Block:
    """The button that stops all posting, after asking."""
    found = button(words.say(language, "queue.button.pause"), ids.PAUSE)
    confirm = _confirm(
        words.say(language, "queue.confirm.pause_title"),
        words.say(language, "queue.confirm.pause_text"),
        words.say(language, "queue.button.pause"),
        words.say(language, "queue.confirm.keep"),
    )
    return {**found, "confirm": confirm}


def new_button(words: Words, language: str) -> Block:
    """The button that opens an empty form."""
    return button(words.say(language, "queue.button.new"), ids.QUEUE_NEW)


def channel_names(words: Words, language: str, story: Story, channels: Iterable[Channel]) -> str:
    """Where it goes, in mrkdwn; a word of warning when there is no such place any more."""
    places = [f"<#{channel.id}>" for channel in channels if channel.id in story.channels]
    if len(places) > MOST_PLACES:
        rest = words.count(language, "queue.list.more_channels", len(places) - MOST_PLACES + 1)
        places = [*places[: MOST_PLACES - 1], rest]
    return words.list(language, places) if places else f":warning: {words.say(language, 'queue.list.no_channel')}"


def _heading(words: Words, language: str, view: QueueView) -> str:
    if not view.stories:
        return words.say(language, "queue.list.empty")
    return words.count(language, "queue.list.heading", len(view.stories))


def _foot(words: Words, onlooker: Onlooker, view: QueueView, page: int) -> list[Block]:
    language, small = onlooker.language, []
    if view.after:
        small.append(words.count(language, "queue.list.after", view.after))
    if view.free:
        free = [words.when(language, at, onlooker.zone, onlooker.now) for at in view.free]
        small.append(words.say(language, "queue.list.free", times=words.list(language, free)))
    buttons = [new_button(words, language), *([] if view.is_paused else [pause_button(words, language)])]
    turns = _page_buttons(words, language, view, page)
    foot = [context(*small)] if small else []
    return [*foot, actions(*turns, *buttons, block_id="queue:foot")]


def _page_buttons(words: Words, language: str, view: QueueView, page: int) -> list[Block]:
    found = []
    if page > 0:
        found.append(button(words.say(language, "queue.button.earlier"), ids.QUEUE_EARLIER, str(page - 1)))
    if page < _last_page(view):
        found.append(button(words.say(language, "queue.button.later"), ids.QUEUE_LATER, str(page + 1)))
    return found


def _last_page(view: QueueView) -> int:
    return max(len(view.stories) - 1, 0) // PAGE


def _facts(words: Words, onlooker: Onlooker, story: Story, channels: Iterable[Channel]) -> list[str]:
    language = onlooker.language
    facts = [_when(words, onlooker, story), channel_names(words, language, story, channels)]
    if story.held_by is not None:
        facts.append(words.say(language, "queue.list.on_hold"))
    if story.commercial:
        facts.append(words.say(language, "queue.list.commercial"))
    if story.best_before:
        when = words.when(language, story.best_before, onlooker.zone, onlooker.now)
        facts.append(words.say(language, "queue.list.best_before", when=when))
    return facts


def _when(words: Words, onlooker: Onlooker, story: Story) -> str:
    language, at = onlooker.language, story.due_at or story.posted_at
    if at is None:
        return words.say(language, "queue.list.not_posted")
    when = words.when(language, at, onlooker.zone, onlooker.now)
    if story.posted_at:
        return words.say(language, "queue.list.went_out", when=when)
    return words.say(language, "queue.list.was_due", when=when) if at <= onlooker.now else _capital(when)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _button(words: Words, language: str, story: Story, verb: str, value: str) -> Block:
    text = words.say(language, f"queue.button.{verb.removeprefix('queue_')}")
    found = button(text, verb, value, label=f"{text}: {cut(story.title, 50)}")
    if verb not in (ids.QUEUE_CANCEL, ids.QUEUE_POST_NOW):
        return found
    asked = verb.removeprefix("queue_")
    confirm = _confirm(
        words.say(language, f"queue.confirm.{asked}_title"),
        words.say(language, f"queue.confirm.{asked}_text", title=cut(story.title, 80)),
        words.say(language, f"queue.confirm.{asked}_yes"),
        words.say(language, "queue.confirm.keep"),
    )
    return {**found, "confirm": confirm}


def _confirm(title: str, text: str, yes: str, no: str) -> Block:
    """The dialog that asks once more."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}
