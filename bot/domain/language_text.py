"""What a text says, without what Slack, links and emoji add to it."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

LONGEST = 20_000
"""Characters that are read; what comes after changes no opinion."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_SLACK = re.compile(r"<[@#!][^<>|]*(?:\|[^<>]*)?>|<(?:https?://|mailto:)[^<>|\s]*\|?")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|\]\([^()\s]*\)")
_MENTION = re.compile(r"(?<![\w@])@\w+")
_HASHTAG = re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w+")
_EMOJI = re.compile(r":[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:")
_NO_PERSON = re.compile(r"\bI/O\b|\bi\.e\.|\bU\.S\.|\bUS\b")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0f\u00ad"))
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s|\n|[.!?…]\s*$")
_JOINS = re.compile(r"[ \t\n\r\xa0-]{1,3}")


@dataclass(frozen=True)
class Text:
    """`original`: as it was written. `plain`: as long, with spaces for all that is not said.

    `words[i]`, in small letters, stands at `places[i]` in both. `joined[i]`: only a space or a hyphen parts it from the
    next one. `starts[i]`: a sentence begins with it. `echoed[i]`: it was said again right away, and stands here once. A
    hashtag is no word.
    """

    original: str
    plain: str
    words: Sequence[str]
    places: Sequence[tuple[int, int]]
    joined: Sequence[bool]
    starts: Sequence[bool]
    echoed: Sequence[bool]
    hashtags: int

    @property
    def length(self) -> int:
        """How many words, numbers apart."""
        return sum(not word.isdigit() for word in self.words)

    def between(self, first: int, last: int) -> str:
        """From one word through another, as it was written."""
        return self.original[self.places[first][0] : self.places[last][1]]


def text_of(written: str) -> Text:
    """Read a text. The first 20,000 characters are."""
    original = unicodedata.normalize("NFC", html.unescape(written[:LONGEST])).translate(_INVISIBLE)
    plain, hashtags = _plain(original)
    found = _without_echoes(list(_WORD.finditer(_small(plain))))
    words, places = [match.group() for match, _ in found], [match.span() for match, _ in found]
    echoed = [is_echoed for _, is_echoed in found]
    gaps = [plain[end:start] for (_, end), (start, _) in pairwise(places)]
    starts = [True, *(_ENDS.search(gap) is not None for gap in gaps)] if words else []
    joined = [*(_JOINS.fullmatch(gap) is not None for gap in gaps), False] if words else []
    return Text(original, plain, words, places, joined, starts, echoed, hashtags)


def _plain(text: str) -> tuple[str, int]:
    for pattern in (_CODE, _SLACK, _LINK, _MENTION, _EMOJI):
        text = pattern.sub(_blank, text)
    if not text.isupper():
        text = _NO_PERSON.sub(_blank, text)
    plain, hashtags = _HASHTAG.subn(_blank, text)
    return plain.translate(_APOSTROPHES), hashtags


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _small(text: str) -> str:
    """In small letters, and as long as it was: some capitals have two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without_echoes(found: list[re.Match[str]]) -> list[tuple[re.Match[str], bool]]:
    """Said five times in a row is said once: the first of them, and whether more came."""
    runs = (list(run) for _, run in groupby(found, key=lambda match: match.group()))
    return [(run[0], len(run) > 1) for run in runs]
