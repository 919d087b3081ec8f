"""When there is nothing to say about the language: a crisis, somebody else's words, the law."""

import re
from bisect import bisect_left
from enum import StrEnum

from bot.domain.language_lists import Lists
from bot.domain.language_signs import find
from bot.domain.language_text import Text

SHORTEST_QUOTE = 3

_QUOTED = re.compile(r"“[^”]{1,2000}”|„[^”“]{1,2000}[”“]|«[^»]{1,2000}»|(?<!\w)\"[^\"]{1,2000}\"(?!\w)")
_QUOTED_LINE = re.compile(r"^[ \t]*>", re.MULTILINE)


class Quiet(StrEnum):
    """Why no tip is given."""

    CRISIS = "crisis"
    QUOTE = "quote"
    LAW = "law"


def quiet_about(text: Text, lists: Lists) -> Quiet | None:
    """Why to keep quiet about this text, if so: one sure word, or two that may mean something else."""
    for quiet in (Quiet.CRISIS, Quiet.LAW):
        sure, maybe = (
            {found.entry.match for found in find(text, lists.quiet[name], set())} for name in (quiet, f"{quiet}_two")
        )
        if sure or len(maybe) > 1:
            return quiet
    return Quiet.QUOTE if _is_a_quote(text) else None


def quoted_words(text: Text) -> set[int]:
    """Which words are somebody else's: between quotation marks, three and more in a row."""
    starts = [start for start, _ in text.places]
    spans = (match.span() for match in _QUOTED.finditer(text.original))
    inside = (range(bisect_left(starts, first), bisect_left(starts, last)) for first, last in spans)
    return {at for words in inside if len(words) >= SHORTEST_QUOTE for at in words}


def _is_a_quote(text: Text) -> bool:
    lines = [line for line in text.original.splitlines() if line.strip()]
    in_lines = sum(_QUOTED_LINE.match(line) is not None for line in lines)
    return 2 * len(quoted_words(text)) > len(text.words) or 2 * in_lines > len(lines)
