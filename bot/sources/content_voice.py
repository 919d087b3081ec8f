"""How stories in files sound: nothing that has to be mended, so no problem."""

from collections.abc import Iterable, Iterator

from bot.domain.language import Meter
from bot.domain.language_line import Lines, Word
from bot.domain.story_file import StoryFile
from bot.domain.voice import Piece, Remark, hear


def voice_notes(meter: Meter, files: Iterable[StoryFile]) -> Iterator[str]:
    """A line for each text that reads like a company, and for each two captions that read the same."""
    for file in files:
        voice = hear(meter, file, Lines(), ())
        for remark in voice.remarks:
            if remark.word is Word.HELP:
                yield f"stories/{file.slug}.md: {_name(remark.piece)} {_said(remark)}"
        for one, other in voice.twins:
            yield f"stories/{file.slug}.md: {_name(one)} and {_name(other)} read the same"


def _name(piece: Piece) -> str:
    return "the sentence" if piece.number is None else f"caption {piece.number} ({piece.language})"


def _said(remark: Remark) -> str:
    found = f"reads more like the company than like a colleague ({round(remark.reading.score)}/100)"
    helps = [f"{tip.phrase} → {tip.say}" for tip in remark.reading.tips]
    helps = [remark.reading.question, *helps] if remark.reading.question else helps
    return f"{found}: {'; '.join(helps)}" if helps else found
