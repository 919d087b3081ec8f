"""Captions: ready-made texts for a story, dealt in turn so that neighbours never say the same thing."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ENDS_A_SENTENCE = (".", "!", "?", "…", ":")


@dataclass(frozen=True)
class Caption:
    """One ready text. `id` is None until it is stored; `language` is "en" or "nl"."""

    id: int | None
    language: str
    text: str


def deal(captions: Sequence[Caption], last_turns: Mapping[int, int]) -> Caption:
    """The caption that was dealt longest ago, the first of those never dealt; so neighbours never get the same.

    `last_turns`: the story's turn in which each was dealt last, by caption id. It stays right when an edit adds a
    caption, and when readers of two languages take turns. Raises ValueError when there is nothing to deal.
    """
    if not captions:
        raise ValueError("no captions to deal")
    return min(captions, key=lambda caption: last_turns.get(caption.id or 0, 0))


def for_reader(
    captions: Sequence[Caption], person_language: str | None, channel_language: str | None
) -> tuple[Caption, ...]:
    """The captions this person can use: their own language, else the channel's, else the one the story came in."""
    own_language = captions[0].language if captions else None
    for language in (person_language, channel_language, own_language):
        found = tuple(caption for caption in captions if caption.language == language)
        if found:
            return found
    return ()


def with_disclosure(text: str, line: str) -> str:
    """The text with the disclosure line at its start, as a sentence of its own, unless the text already holds it."""
    text, line = text.strip(), line.strip()
    if not line or _holds(text, line):
        return text
    return f"{_as_sentence(line)} {text}" if text else line


def _as_sentence(line: str) -> str:
    """A full stop after words; none after a mark such as #ad."""
    is_mark = " " not in line and line.startswith("#")
    return line if is_mark or line.endswith(_ENDS_A_SENTENCE) else f"{line}."


def _holds(text: str, line: str) -> bool:
    """Whole words only: "#ad" is not in "#advice"."""
    wanted = re.escape(_folded(line).rstrip("".join(_ENDS_A_SENTENCE)))
    return re.search(rf"(?<!\w){wanted}(?!\w)", _folded(text)) is not None


def _folded(text: str) -> str:
    """Case, spacing and typographic apostrophes do not make another line of it."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").casefold().split())
