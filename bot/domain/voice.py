"""How a story sounds: each text that people see or pass along by itself, and the story as a whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import Protocol

from bot.domain.caption_twins import twins
from bot.domain.captions import Caption
from bot.domain.language import FEWEST_WORDS, Meter, Reading
from bot.domain.language_line import Lines, Word, word_on


class Told(Protocol):
    """A story, or the file of one."""

    @property
    def sentence(self) -> str:
        """What stands above the link."""

    @property
    def language(self) -> str:
        """Of the sentence."""

    @property
    def captions(self) -> tuple[Caption, ...]:
        """The ready texts."""


@dataclass(frozen=True)
class Piece:
    """A text of a story. `number`: the caption's among those of its language, from 1; None for the sentence.

    `is_of_file`: in a language other than the story's, so it came by a file, and no form shows it.
    """

    number: int | None
    language: str
    text: str
    is_of_file: bool = False


@dataclass(frozen=True)
class Remark:
    """What is said of one text."""

    piece: Piece
    word: Word
    reading: Reading


@dataclass(frozen=True)
class Voice:
    """`score`, 0 to 100: the mean of the texts that count; None when none does. `lines`: where help and praise begin.

    `twins`: captions that read the same.
    A text counts with eight words or more, unless it is one to keep quiet about.
    """

    score: float | None
    remarks: tuple[Remark, ...]
    twins: tuple[tuple[Piece, Piece], ...] = ()
    lines: Lines = field(default_factory=Lines)

    @property
    def helps(self) -> bool:
        """Whether there is something to mend."""
        return bool(self.twins) or any(remark.word is Word.HELP for remark in self.remarks)

    @property
    def speaks(self) -> bool:
        """Whether there is anything to say: help or praise."""
        return self.helps or any(remark.word is Word.PRAISE for remark in self.remarks)


def hear(meter: Meter, story: Told, lines: Lines, own_words: Collection[str]) -> Voice:
    """Read every text of a story. `own_words` of the company count for nothing."""
    pieces = _pieces(story)
    readings = [meter.read(piece.text, piece.language, allowed=own_words) for piece in pieces]
    remarks = [Remark(piece, word_on(one, lines), one) for piece, one in zip(pieces, readings, strict=True)]
    counted = [one.score for one in readings if one.quiet is None and one.words >= FEWEST_WORDS]
    return Voice(round(mean(counted), 2) if counted else None, tuple(remarks), _twins(pieces), lines)


def texts_of(story: Told) -> tuple[str, tuple[Caption, ...]]:
    """What is heard of it: when this stays the same, so does all that can be said."""
    return story.sentence, story.captions


def _pieces(story: Told) -> tuple[Piece, ...]:
    languages = [caption.language for caption in story.captions]
    captions = [
        Piece(languages[:at].count(one.language) + 1, one.language, one.text, one.language != story.language)
        for at, one in enumerate(story.captions)
    ]
    return (Piece(None, story.language, story.sentence), *captions)


def _twins(pieces: Sequence[Piece]) -> tuple[tuple[Piece, Piece], ...]:
    captions = [piece for piece in pieces if piece.number is not None]
    pairs = [(captions[one], captions[other]) for one, other in twins([piece.text for piece in captions])]
    return tuple((one, other) for one, other in pairs if one.language == other.language)
