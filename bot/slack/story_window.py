"""The window of a story: its form, and what it remembers from being opened until it is sent."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.actions.show_queue import known_link, show_queue
from bot.domain.page_preview import PagePreview
from bot.domain.problems import QueuedBefore, Unreadable
from bot.domain.stories import Story, StoryDraft, StoryState, draft_of
from bot.slack import ids
from bot.slack.blocks.story_modal import LANGUAGES, StoryForm, story_form_view
from bot.slack.front import Request
from bot.slack.mrkdwn import cut, escape
from bot.slack.problems import explain
from bot.sources.typed_time import understand


@dataclass(frozen=True)
class Memory:
    """What a form remembers: the story and version it was opened with, and where it was asked for.

    `idea`, `hook`: what a new story is made from. `was`: the score from which its texts are being mended.
    """

    channel: str | None = None
    story: int | None = None
    version: int = 0
    idea: int | None = None
    hook: int | None = None
    was: float | None = None


@dataclass(frozen=True)
class StoryStart:
    """What is known of a new story: its link, a time as it was typed, and a sentence."""

    link: str = ""
    typed: str = ""
    sentence: str = ""


def new_form(
    request: Request,
    memory: Memory,
    start: StoryStart = StoryStart(),
    preview: PagePreview | None = None,
    notes: tuple[str, ...] = (),
) -> dict[str, Any]:
    """For a new story, with what is known of it."""
    preview = preview or PagePreview()
    due_at, understood = _typed_time(request, start.typed)
    language = preview.language if preview.language in LANGUAGES else request.asker.language
    draft = StoryDraft(
        start.link,
        preview.title,
        start.sentence,
        language or "en",
        image=preview.image,
        alt=preview.image_alt,
        due_at=due_at,
    )
    said = (*known_before(request, start.link), *notes, *understood, *_page_says(request, preview))
    return draw_form(request, StoryForm(draft, (), note_of(memory), said))


def edit_form(request: Request, channel: str | None, story: Story, was: float | None = None) -> dict[str, Any]:
    """With the story as it stands."""
    memory = note_of(Memory(channel, story.id, story.version, was=was))
    is_posted = story.state is StoryState.POSTED
    notes = (request.say("queue.form.posted_note"),) if is_posted else ()
    return draw_form(request, StoryForm(draft_of(story), (), memory, notes, is_edit=True, has_time=not is_posted))


def draw_form(request: Request, form: StoryForm) -> dict[str, Any]:
    """With the channels and the next free slot of this moment."""
    queue = show_queue(request.front.desk, request.now)
    next_free = request.when(queue.free[0]) if queue.free else None
    form = replace(form, channels=queue.channels, next_free=next_free)
    return story_form_view(request.front.words, request.asker.language, form)


def note_of(memory: Memory) -> str:
    """As a view keeps it."""
    return json.dumps(asdict(memory))


def recalled(note: str) -> Memory:
    """Back again. Raises Unreadable for what we never wrote."""
    try:
        memory = Memory(**json.loads(note))
    except (ValueError, TypeError, RecursionError):
        raise Unreadable from None
    if not all(map(ids.is_number, (memory.story or 0, memory.version, memory.idea or 0, memory.hook or 0))):
        raise Unreadable
    if not isinstance(memory.was, int | float | None):
        raise Unreadable
    return memory if isinstance(memory.channel, str | None) else replace(memory, channel=None)


def _typed_time(request: Request, typed: str) -> tuple[datetime | None, tuple[str, ...]]:
    """The moment that was typed, when that is certain and still to come, and what to say about it."""
    if not typed:
        return None, ()
    asker = request.asker
    at = understand(typed, language=asker.language, locale=asker.profile.locale, zone=asker.zone, now=request.now)
    shown = escape(cut(typed, 100))
    if at is None:
        return None, (request.say("queue.form.time_unclear", typed=shown),)
    if at <= request.now:
        return None, (request.say("queue.form.time_past", typed=shown, when=request.when(at)),)
    return at, (request.say("queue.form.time_understood", when=request.when(at)),)


def known_before(request: Request, link: str) -> tuple[str, ...]:
    """Better heard before filling in the form than after."""
    before = known_link(request.front.desk, link) if link else None
    if before is None:
        return ()
    problem = QueuedBefore(title=cut(before.title, 150), at=before.due_at or before.posted_at)
    return (explain(request, problem),)


def _page_says(request: Request, preview: PagePreview) -> tuple[str, ...]:
    if not preview.description:
        return ()
    return (request.say("queue.form.page_says", description=escape(preview.description)),)
