"""Why somebody is a champion, in one line, the same wherever it stands."""

from collections.abc import Callable

from bot.actions.find_champions import Champion
from bot.domain.champions import Evidence
from bot.sources.words import Words


def why(words: Words, language: str, one: Champion, shown: Callable[[str], str] = str) -> str:
    """ "9 shares, 83 readers, most from *the reef story*". `shown`: how a title is written where it will stand."""
    return say_evidence(words, language, one.evidence, shown)


def say_evidence(words: Words, language: str, found: Evidence, shown: Callable[[str], str] = str) -> str:
    """The same, of the figures alone."""
    return words.say(
        language,
        "champions.why",
        shares=words.count(language, "champions.shares", found.shares),
        readers=words.count(language, "champions.readers", found.readers),
        title=f"*{shown(found.story)}*",
    )
