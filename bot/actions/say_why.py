"""Why somebody is a champion, in one line, the same wherever it stands."""

from collections.abc import Callable

from bot.actions.find_champions import Champion
from bot.domain.champions import Evidence
from bot.sources.words import Words

Shown = Callable[[str], str]
"""How a title is written where it will stand."""


def why(words: Words, language: str, one: Champion, shown: Shown | None = None) -> str:
    """ "9 shares, 83 readers, most from *the reef story*": for Slack, with `shown`; plain text without it."""
    return say_evidence(words, language, one.evidence, shown)


def say_evidence(words: Words, language: str, found: Evidence, shown: Shown | None = None) -> str:
    """The same, of the figures alone."""
    return words.say(
        language,
        "champions.why",
        shares=words.count(language, "champions.shares", found.shares),
        readers=words.count(language, "champions.readers", found.readers),
        title=f"“{found.story}”" if shown is None else f"*{shown(found.story)}*",
    )
