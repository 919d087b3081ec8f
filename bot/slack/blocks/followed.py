"""Who followed personal links and is no reader, in words: beside readers, and never added to them."""

from bot.domain.clicks import APART, Followed
from bot.sources.words import Words


def apart(words: Words, language: str, followed: Followed, family: str) -> str:
    """Each kind with its number, as a list; empty when nobody else came. `family`: the beginning of the keys."""
    counts = [(name, getattr(followed, name)) for name in APART]
    pieces = [words.count(language, f"{family}{name}", n) for name, n in counts if n]
    return words.list(language, pieces) if pieces else ""
