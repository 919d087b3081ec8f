"""Sentences to editors and channels: a word and what fills it."""

from datetime import datetime
from typing import Any

from bot.domain.messages import Introduction, Notice
from bot.domain.setup import Setup
from bot.domain.slots import format_slots
from bot.slack.mrkdwn import Block, context, escape, section
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
    """What comes here, how often, what is kept, how to leave, in one breath: for screen readers and notifications."""
    return "\n\n".join(_introduction(words, introduction))


def introduction_blocks(words: Words, introduction: Introduction) -> list[Block]:
    """The same as a message."""
    *paragraphs, small_print = _introduction(words, introduction)
    return [section("\n\n".join(paragraphs)), context(small_print)]


def _introduction(words: Words, introduction: Introduction) -> list[str]:
    language, setup = introduction.language, introduction.setup
    if introduction.is_comms:
        return [words.say(language, "introduction.comms"), words.say(language, "introduction.comms_privacy")]
    return [
        f"{words.say(language, 'introduction.hello')} {_how_often(words, language, setup)}",
        words.say(language, "introduction.sharing", emoji=f":{setup.share_emojis[0]}:"),
        words.say(language, "introduction.privacy"),
    ]


def _how_often(words: Words, language: str, setup: Setup) -> str:
    if not setup.slots:
        return words.say(language, "introduction.now_and_then")
    slots = words.list(language, [format_slots([slot], language) for slot in sorted(setup.slots)])
    return words.say(language, "introduction.how_often", slots=slots)
