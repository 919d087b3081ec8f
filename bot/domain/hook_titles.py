"""When two headings are about the same event: papers copy agencies, with a word more or less."""

import re
import unicodedata
from dataclasses import dataclass

ALIKE = 0.75
"""So much of all the words in both must stand in both."""
FEWEST = 4
"""With fewer words that say something, headings are alike by chance ("Weather for today")."""
_WORD = re.compile(r"[^\W_]+")
_LAST_PART = re.compile(r"\s+[-–—|•]\s+(?=[^-–—|•]*$)")
_LABEL = re.compile(
    r"^(update|live|video|breaking|exclusive|exclusief|kort|column|liveblog)\s*[:|–-]\s*", re.IGNORECASE
)
_SMALL_WORDS = """
a an the of in on at to for by with from and or is are was were be has have had its it as that this after over into will
de het een van aan te voor door met uit en zijn waren heeft hebben had als dat dit bij na om tot naar zal wordt worden
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Heading:
    """A title reduced to what it says: its words, and its numbers apart."""

    words: frozenset[str]
    numbers: frozenset[str]


def heading(title: str) -> Heading:
    """What a title says, without a label in front ("LIVE:") or the paper's name behind it."""
    words = frozenset(_words(_without_paper(_LABEL.sub("", title.strip()))))
    numbers = frozenset(word for word in words if any(char.isdigit() for char in word))
    return Heading(words - numbers, numbers)


def are_alike(one: Heading, other: Heading) -> bool:
    """Whether both tell of the same. Other numbers are other news: "falls 3 %", "falls 5 %"."""
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return False
    if min(len(one.words), len(other.words)) < FEWEST:
        return len(one.words) > 1 and one == other and len(one.words | one.numbers) >= FEWEST
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)


def _words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return [word for word in _WORD.findall(plain) if word not in _SMALL]


def _without_paper(title: str) -> str:
    parts = _LAST_PART.split(title, maxsplit=1)
    if len(parts) == 2 and len(parts[1].split()) <= 3 and len(_words(parts[0])) >= FEWEST:
        return parts[0]
    return title
