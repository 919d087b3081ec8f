"""Sentences to editors and channels: a word and what fills it."""

from datetime import datetime
from typing import Any

from bot.domain.messages import Introduction, Notice
from bot.domain.slots import format_slots
from bot.slack.mrkdwn import Block, escape, section
from bot.sources.words import Words


def notice_text(words: Words, notice: Notice) -> str:
    """The sentence, with times in words and text from people made safe."""
    filled = {name: _filled(words, notice, value) for name, value in notice.params.items()}
    return words.say(notice.language, notice.word, **filled)


def notice_blocks(words: Words, notice: Notice) -> list[Block]:
    """The sentence as a message."""
    return [section(notice_text(words, notice))]


def _filled(words: Words, notice: Notice, value: Any) -> str:
    if isinstance(value, datetime):
        return words.when(notice.language, value, notice.zone, notice.now)
    text = escape(str(value))
    return f"<#{text}>" if _is_channel(text) else text


def _is_channel(text: str) -> bool:
    return len(text) >= 8 and text[0] in "CG" and text.isalnum() and text.isupper()


def introduction_text(words: Words, introduction: Introduction) -> str:
    """What comes here, how often, what is kept, how to leave."""
    slots = format_slots(introduction.setup.slots, introduction.language)
    emoji = f":{introduction.setup.share_emojis[0]}:"
    return words.say(introduction.language, "introduction.text", slots=slots, emoji=emoji)


def introduction_blocks(words: Words, introduction: Introduction) -> list[Block]:
    """The same as a message."""
    return [section(introduction_text(words, introduction))]
