"""Sentences to editors and channels: a word and what fills it."""

from datetime import datetime
from typing import Any

from bot.domain.messages import Introduction, Notice
from bot.domain.setup import Setup
from bot.domain.slots import format_slots
from bot.slack import ids
from bot.slack.mrkdwn import Block, actions, button, context, escape, section
from bot.sources.words import Words


def notice_text(words: Words, notice: Notice) -> str:
    """The sentence, with times in words and text from people made safe."""
    filled = {name: _filled(words, notice, name, value) for name, value in notice.params.items()}
    return words.say(notice.language, notice.word, **filled)


def notice_blocks(words: Words, notice: Notice) -> list[Block]:
    """The sentence as a message, and the button to do what it says."""
    blocks = [section(notice_text(words, notice))]
    if notice.story_to_post is not None:
        story = str(notice.story_to_post)
        post = button(words.say(notice.language, "queue.button.post_now"), ids.QUEUE_POST_NOW, story)
        blocks.append(actions(post, block_id=f"notice:{story}"))
    return blocks


def _filled(words: Words, notice: Notice, name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return words.when(notice.language, value, notice.zone, notice.now)
    # By its name: a title may be GROWTHREPORT, and look like a channel's id.
    return f"<#{escape(str(value))}>" if name == "channel" else escape(str(value))


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
