"""Modals: one with something to send, and one to read."""

from bot.slack.mrkdwn import Block, plain
from bot.sources.words import Words


def sheet_to_send(
    words: Words, language: str, callback_id: str, title: str, submit: str, note: str, blocks: list[Block]
) -> Block:
    """`title` and `submit` are keys of words; `note` comes back when it is sent."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": note,
        "title": plain(words.say(language, title), 24),
        "submit": plain(words.say(language, submit), 24),
        "close": plain(words.say(language, "modal.cancel"), 24),
        "blocks": blocks,
    }


def sheet_to_read(words: Words, language: str, title: str, blocks: list[Block], note: str = "") -> Block:
    """`title` is a key of words; `note` comes along when a button in it is pressed."""
    return {
        "type": "modal",
        "private_metadata": note,
        "title": plain(words.say(language, title), 24),
        "close": plain(words.say(language, "modal.close"), 24),
        "blocks": blocks,
    }
