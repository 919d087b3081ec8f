"""When to speak up. A line that is right for one company is not for another, so a workspace has its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

from bot.domain.language import FEWEST_WORDS, PRAISED, Reading

STORIES = 50
LINE = 35.0
"""Below it a text reads like a company, while a workspace has no line of its own."""


class Word(StrEnum):
    """What is said of a text."""

    HELP = "help"
    PRAISE = "praise"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Lines:
    """Scores below `low` are helped, from `high` on praised. `are_own`: from the workspace's own stories."""

    low: float = LINE
    high: float = PRAISED
    are_own: bool = False


def lines_of(scores: Sequence[float]) -> Lines:
    """The lines of a workspace, from the scores of its stories, newest first: the quarters of the last fifty."""
    if len(scores) < STORIES:
        return Lines()
    low, _, high = quantiles(scores[:STORIES], n=4, method="inclusive")
    return Lines(low, min(high, PRAISED), are_own=True)


def word_on(reading: Reading, lines: Lines) -> Word:
    """Help, praise, or nothing: so too for a few words, and for what is to be kept quiet about."""
    if reading.quiet is not None or reading.words < FEWEST_WORDS:
        return Word.NOTHING
    if reading.score >= lines.high:
        return Word.PRAISE
    return Word.HELP if reading.score < lines.low else Word.NOTHING
