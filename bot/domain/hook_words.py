"""Which watch words stand in a text: whole words, and in Dutch the words that a topic is part of.

Names are found as they are written: "Shell" is not a shell, but SHELL is Shell. Dutch writes compounds as one word, so
a topic of five letters or more is found at either end of one ("water" in "grondwater" and "watersnood"), as long as
the rest can be a word. Shorter ones would be found in half the dictionary ("ring" in "vergadering"): those take an
asterisk where they may go on.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.hooks import Found, WatchWord, WordKind

SHORTEST_IN_COMPOUND = 5
SHORTEST_REST = 3
_PLURALS = ("", "s", "'s", "en", "es", "n")
_NO_WORDS_BEFORE = frozenset(("her", "ver", "ont", "mis", "ge", "be", "wan"))
_NO_WORDS_AFTER = frozenset(
    (
        *("ing", "ings", "ingen", "heid", "heden", "lijk", "lijke", "achtig", "achtige", "baar", "bare", "loos"),
        *("loze", "isch", "ische", "end", "ende", "ster", "sel", "aar", "aars", "der", "ste", "tje", "tjes", "pje"),
    )
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_SPACES = r"[\s-]+"


@dataclass(frozen=True)
class _Search:
    word: WatchWord
    pattern: re.Pattern[str]
    is_it: Callable[[re.Match[str], str], bool]

    def stands_in(self, text: str, language: str) -> bool:
        return any(self.is_it(match, language) for match in self.pattern.finditer(text))


class WatchList:
    """Watch words, made ready to look for."""

    def __init__(self, words: Iterable[WatchWord]) -> None:
        self._searches = tuple(_search(word) for word in words if _folded(word.text).strip("* "))

    def found_in(self, title: str, summary: str, language: str) -> tuple[Found, ...]:
        """The words that stand there, in their own order; `language` is the feed's ("nl": compounds count)."""
        title, summary = _folded(title), _folded(summary)
        return tuple(
            Found(search.word, in_title)
            for search in self._searches
            if (in_title := search.stands_in(title, language)) or search.stands_in(summary, language)
        )


def _folded(text: str) -> str:
    """Without accents, quotes and dashes of one kind; capitals stay."""
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _search(word: WatchWord) -> _Search:
    if word.kind is WordKind.TOPIC:
        return _topic(word)
    parts = _folded(word.text).split()
    pattern = rf"(?<!\w)({_SPACES.join(map(re.escape, parts))})(?:'?s)?(?!\w)"
    capitals = [part[0].isupper() for part in parts]

    def is_written_so(match: re.Match[str], _: str) -> bool:
        there = match.group(1).split() if len(parts) == len(match.group(1).split()) else re.split(_SPACES, match[1])
        return all(found[0].isupper() for found, capital in zip(there, capitals, strict=False) if capital)

    return _Search(word, re.compile(pattern, re.IGNORECASE), is_written_so)


def _topic(word: WatchWord) -> _Search:
    text = _folded(word.text).strip()
    goes_before, goes_after = text.startswith("*"), text.endswith("*")
    parts = text.strip("*").split()
    bare = _SPACES.join(map(re.escape, parts))
    in_compounds = len(parts) == 1 and len(parts[0]) >= SHORTEST_IN_COMPOUND
    # The letters before and after are taken along in one go, so that a long text costs no more than its length.
    pattern = rf"(?<!\w)(\w{{0,60}}?)(?:{bare})((?:'s|\w{{0,60}}))(?!\w)"

    def is_part_so(match: re.Match[str], language: str) -> bool:
        before, after = match.group(1).lower(), match.group(2).lower()
        compound = in_compounds and language == "nl"
        may_start = not before or goes_before or (compound and _may_come_before(before))
        may_end = after in _PLURALS or goes_after or (compound and _may_come_after(after))
        return may_start and may_end

    return _Search(word, re.compile(pattern, re.IGNORECASE), is_part_so)


def _may_come_before(rest: str) -> bool:
    return len(rest) >= SHORTEST_REST and rest not in _NO_WORDS_BEFORE


def _may_come_after(rest: str) -> bool:
    return len(rest) >= SHORTEST_REST and rest not in _NO_WORDS_AFTER
