"""The company's own words: names of products, places and things that only they say. The meter leaves them alone."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from bot.domain.problems import EditedMeanwhile, Problem

MOST = 3000
"""Characters of the whole list: what fits in the window that it is changed in."""
LONGEST = 60


class TooManyWords(Problem):
    """More than fits in the window."""

    word = "voice.problem.too_many"


class WordTooLong(Problem):
    """A whole sentence is no name."""

    word = "voice.problem.too_long"


class WordsEditedMeanwhile(EditedMeanwhile):
    """Somebody else changed the list since it was opened here."""

    word = "voice.problem.edited_meanwhile"


def tidied(typed: Iterable[str], field: str | None = None) -> tuple[str, ...]:
    """One a line, each once however it is written; what has no letter is none. Raises TooManyWords, WordTooLong."""
    lines = (" ".join(line.split()) for line in reversed(list(typed)))
    by_key = {word.casefold(): word for word in lines if any(map(str.isalnum, word))}
    found = tuple(reversed(by_key.values()))
    long = next((word for word in found if len(word) > LONGEST), None)
    if long is not None:
        raise WordTooLong(field=field, word=f"{long[: LONGEST - 1]}…", most=LONGEST)
    if len("\n".join(found)) > MOST:
        raise TooManyWords(field=field, most=MOST)
    return found


def mark_of(words: Sequence[str]) -> str:
    """A short mark of the list, to see whether somebody changed it meanwhile."""
    return sha256("\n".join(words).encode()).hexdigest()[:16]
