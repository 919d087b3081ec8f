"""What the language meter listens for: lists of words and phrases, as comms keeps them in content.

A `match` is words in small letters. `(a|b)` is one of these, and an empty one may stay away: `(very |)proud`. A `*` at
the end of the last word is any ending. A hyphen is a space. It becomes plain phrases that are looked up word by word,
so no list, whatever stands in it, can make reading slow.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

LOWERING = ("announce", "buzz", "officialese", "hype", "action", "organisation", "titles", "we")
RAISING = ("first", "you", "everyday", "did", "ease")
KINDS = (*LOWERING, *RAISING)
SHAPES = ("abstract", "long", "passive", "sentences", "hashtags", "question")
SIGNS = (*KINDS, *SHAPES)
QUIET = ("crisis", "crisis_two", "law", "law_two")
LISTS = ("who", "called", "past", "passive", "plain", "common")

MOST_PHRASES = 1_000
SHORTEST_START = 3

_GROUP = re.compile(r"\(([^()]*)\)")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ALLOWED = re.compile(r"[^\W_A-Z]+(?:['-][^\W_A-Z]+)*(?:\*(?=$))?")


class MatchUnreadable(ValueError):
    """A `match` that is none; the message says what to write instead."""


@dataclass(frozen=True)
class Phrase:
    """Words in a row. `is_start`: the last of them is only how the word begins."""

    words: tuple[str, ...]
    is_start: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing to listen for. `say`, the one replacement, is None when it counts and is never shown."""

    kind: str
    match: str
    phrases: tuple[Phrase, ...]
    say: str | None = None


@dataclass(frozen=True)
class Index:
    """Phrases by their first word, longest first; those that are the start of one word, by that start."""

    by_word: Mapping[str, Sequence[tuple[Phrase, Entry]]]
    by_start: Mapping[str, Entry]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Lists:
    """Everything listened for in one language.

    `names`: every sign as people call it. `words`: who can have done something, what is done, and the small words of
    the language. `hushed`: what to keep quiet about. `question`: what would help most when nobody is in a text.
    """

    language: str
    entries: tuple[Entry, ...]
    hushed: tuple[Entry, ...]
    words: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    question: str
    indexes: Mapping[str, Index] = field(init=False)
    quiet: Mapping[str, Index] = field(init=False)

    def __post_init__(self) -> None:
        lowering = index_of(entry for entry in self.entries if entry.kind in LOWERING)
        raising = {kind: index_of(entry for entry in self.entries if entry.kind == kind) for kind in RAISING}
        object.__setattr__(self, "indexes", {"lowering": lowering, **raising})
        quiet = {kind: index_of(entry for entry in self.hushed if entry.kind == kind) for kind in QUIET}
        object.__setattr__(self, "quiet", quiet)


def entry_of(kind: str, match: str, say: str | None = None) -> Entry:
    """An entry, its match read. Raises MatchUnreadable."""
    return Entry(kind, match, tuple(phrases_of(match)), say)


def phrases_of(match: str) -> Iterator[Phrase]:
    """Every phrase a match stands for. Raises MatchUnreadable."""
    for text in _spelled_out(match):
        pieces = text.split()
        if not pieces or not all(_ALLOWED.fullmatch(piece) for piece in pieces):
            raise MatchUnreadable(f'"{match}" has to be words in small letters, with (a|b) for a choice')
        if any(piece.endswith("*") for piece in pieces[:-1]) or ("*" in text and len(pieces[-1]) <= SHORTEST_START):
            raise MatchUnreadable(f'"{match}" may have a * after the last word alone, and after three letters at least')
        yield Phrase(tuple(_WORDS.findall(text)), text.endswith("*"))


def index_of(entries: Iterable[Entry]) -> Index:
    """What finds them in a text."""
    by_word: dict[str, list[tuple[Phrase, Entry]]] = {}
    by_start: dict[str, Entry] = {}
    for entry in entries:
        for phrase in entry.phrases:
            if phrase.is_start and len(phrase.words) == 1:
                by_start[phrase.words[0]] = entry
            else:
                by_word.setdefault(phrase.words[0], []).append((phrase, entry))
    for found in by_word.values():
        found.sort(key=lambda pair: -len(pair[0].words))
    return Index(by_word, by_start, tuple(sorted({len(start) for start in by_start}, reverse=True)))


def _spelled_out(match: str) -> list[str]:
    pieces = _GROUP.split(match)
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    many = 1
    for choice in choices:
        many *= len(choice)
    if many > MOST_PHRASES:
        raise MatchUnreadable(f'"{match}" stands for {many} phrases, and {MOST_PHRASES} are enough')
    return ["".join(chosen) for chosen in product(*choices)]
