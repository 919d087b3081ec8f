"""A word of thanks: the draft that an editor edits, and what arrives."""

from datetime import datetime

from bot.domain.messages import ThanksMessage
from bot.domain.thanks import LONGEST, ThanksDraft, ThanksUnderWay
from bot.slack import ids
from bot.slack.blocks.inputs import text_input
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.mrkdwn import Block, context, cut, escape, plain, section
from bot.sources.words import Words

LONGEST_NAME = 60
LONGEST_TITLE = 120


def thanks_modal(words: Words, language: str, draft: ThanksDraft) -> Block:
    """One input, with the draft in it."""
    text = text_input(
        ids.THANKS_TEXT,
        words.say(language, "thanks.text"),
        value=draft_text(words, draft),
        hint=words.say(language, "thanks.hint"),
        sample=words.say(language, "thanks.sample"),
        most=LONGEST,
        many_lines=True,
    )
    blocks = [section(_to(words, language, draft)), text]
    return sheet_to_send(words, language, ids.THANKS_FORM, "thanks.title", "thanks.send", str(draft.person_id), blocks)


def draft_text(words: Words, draft: ThanksDraft) -> str:
    """Short, warm, about their story, and signed."""
    key = "thanks.draft_named" if draft.to else "thanks.draft_nameless"
    readers = words.count(draft.language, "champions.readers", draft.readers)
    title = cut(" ".join(draft.title.split()), LONGEST_TITLE)
    return words.say(draft.language, key, name=draft.to, title=title, readers=readers, sender=draft.sender)


def under_way_view(words: Words, language: str, sent: ThanksUnderWay, zone: str, now: datetime) -> Block:
    """What the editor sees when it is owed."""
    return sheet_to_read(words, language, "thanks.title", [section(_under_way(words, language, sent, zone, now))])


def thanks_text(words: Words, message: ThanksMessage) -> str:
    """For notifications and screen readers."""
    return f"{escape(cut(message.text, 2000))}\n{_from(words, message)}"


def thanks_blocks(words: Words, message: ThanksMessage) -> list[Block]:
    """What was written, as it was written, and whom it is from."""
    # Plain: no name in it rings, and no mark in it formats.
    return [{"type": "section", "text": plain(message.text, 3000)}, context(_from(words, message))]


def _to(words: Words, language: str, draft: ThanksDraft) -> str:
    if draft.name is None:
        return words.say(language, "thanks.to_nameless")
    reads = words.say(language, f"thanks.reads.{draft.language}")
    return words.say(language, "thanks.to_named", name=escape(cut(draft.name, LONGEST_NAME)), reads=reads)


def _under_way(words: Words, language: str, sent: ThanksUnderWay, zone: str, now: datetime) -> str:
    if sent.name is None:
        return words.say(language, "thanks.sent_nameless")
    name = escape(cut(sent.name, LONGEST_NAME))
    if sent.at is None:
        return words.say(language, "thanks.sent", name=name)
    return words.say(language, "thanks.sent_later", name=name, when=words.when(language, sent.at, zone, now))


def _from(words: Words, message: ThanksMessage) -> str:
    language = message.language
    name = escape(cut(message.sender, LONGEST_NAME)) if message.sender else words.say(language, "thanks.somebody")
    return words.say(language, "thanks.from_nameless" if message.is_nameless else "thanks.from_named", sender=name)
