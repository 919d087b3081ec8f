"""Which captions of a story read the same."""

from collections.abc import Sequence
from itertools import combinations

from bot.domain.language_text import text_of

WORDS = 3
ALIKE = 0.5


def twins(captions: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs, by place, that share half of their runs of three words or more."""
    runs = [_runs(caption) for caption in captions]
    return [
        (one, other) for one, other in combinations(range(len(runs)), 2) if _likeness(runs[one], runs[other]) >= ALIKE
    ]


def _runs(caption: str) -> frozenset[tuple[str, ...]]:
    """A text of one or two words is one run."""
    words = text_of(caption).words
    return frozenset(tuple(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))) - {()}


def _likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
