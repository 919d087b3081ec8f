"""The window that says how a story sounds, and remembers which one it is about."""

from typing import Any

from bot.domain.stories import Story
from bot.domain.voice import Voice
from bot.slack.blocks.voice import Heard, voice_view
from bot.slack.front import Request
from bot.slack.story_window import Memory, note_of


def voice_window(
    request: Request,
    channel: str | None,
    story: Story,
    voice: Voice,
    *,
    is_new: bool = False,
    was: float | None = None,
    notice: str = "",
) -> dict[str, Any]:
    """`was`: its score before it was mended. What was first is kept, so that each mending is told from there."""
    meter = request.front.desk.meter
    language = request.asker.language
    question = meter.lists[language].question if meter and language in meter.lists else ""
    when = request.when(story.due_at) if is_new and story.due_at else None
    note = note_of(Memory(channel, story.id, was=was if was is not None else voice.score))
    return voice_view(request.front.words, language, Heard(voice, note, question, when, was, notice))
