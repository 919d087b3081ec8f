"""Names of emoji, as people type them in Slack."""

import re

from bot.domain.problems import Problem

MOST = 5

_SKIN_TONE = re.compile(r"::skin-tone-\d")
_PIECE = re.compile(r":?(?P<name>[^:\s,;]+):?|:")
_NAME = re.compile(r"[\w+'-]{1,100}")


class EmojiNotUnderstood(Problem):
    """`params["piece"]` is no name of an emoji."""

    word = "setup.emoji_not_understood"


class NoEmoji(Problem):
    """There is to be at least one."""

    word = "setup.no_emoji"


class TooManyEmoji(Problem):
    """More than people can remember."""

    word = "setup.too_many_emoji"


def parse_emojis(text: str, *, field: str | None = None) -> tuple[str, ...]:
    """`:mega: :rocket:` (or `mega, rocket`) as names, in the order typed, each once, without skin tones.

    Raises EmojiNotUnderstood, NoEmoji, TooManyEmoji.
    """
    found = [_name(piece, field) for piece in _PIECE.finditer(_SKIN_TONE.sub("", text))]
    names = tuple(dict.fromkeys(found))
    if not names:
        raise NoEmoji(field=field)
    if len(names) > MOST:
        raise TooManyEmoji(field=field, most=MOST)
    return names


def format_emojis(names: tuple[str, ...]) -> str:
    """`:mega: :rocket:`: what `parse_emojis` reads back."""
    return " ".join(f":{name}:" for name in names)


def _name(piece: re.Match[str], field: str | None) -> str:
    name = (piece["name"] or "").lower()
    if not _NAME.fullmatch(name):
        raise EmojiNotUnderstood(field=field, piece=piece[0])
    return name
