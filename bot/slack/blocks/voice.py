"""How a story sounds: each text with what would help most; the company's own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.language import Tip
from bot.domain.language_line import Word
from bot.domain.own_words import LONGEST, MOST, mark_of
from bot.domain.voice import Piece, Remark, Voice
from bot.slack import ids
from bot.slack.blocks.inputs import text_input
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_modal import LANGUAGES
from bot.slack.mrkdwn import Block, actions, button, context, escape, fit, plain, section
from bot.sources.words import Words

MOST_BLOCKS = 90
MOST_TWINS = 5
LONGEST_PHRASE = 100
LONGEST_QUOTE = 150
LONGEST_VALUE = 2000

_SAID = {Word.HELP: "voice.help", Word.PRAISE: "voice.praise"}


@dataclass(frozen=True)
class Heard:
    """What the window is drawn from. `note` comes back with every press; `question`: what would help most, in words.

    `when`: a new story goes out, in words; None after a change. `was`: the score before it was mended. `notice`: what
    came of what was pressed.
    """

    voice: Voice
    note: str
    question: str
    when: str | None = None
    was: float | None = None
    notice: str = ""


def voice_view(words: Words, language: str, heard: Heard) -> dict[str, Any]:
    """With something to mend it can be sent, which opens the form again; else it is only to read."""
    voice = heard.voice
    done = words.say(language, "voice.queued", when=heard.when) if heard.when else words.say(language, "voice.saved")
    notice = [section(heard.notice)] if heard.notice else []
    blocks = [*notice, section(done), *_before(words, language, heard), *_remarks(words, language, heard)]
    blocks += [section(_twins(words, language, *pair)) for pair in voice.twins[:MOST_TWINS]]
    if not voice.speaks:
        blocks.append(section(words.say(language, "voice.settled")))
    if not voice.helps:
        return sheet_to_read(words, language, "voice.title", [*blocks, _legend(words, language, voice)], heard.note)
    skip = button(words.say(language, "voice.skip"), ids.VOICE_SKIP)
    blocks = [*blocks[:MOST_BLOCKS], _legend(words, language, voice), actions(skip, block_id=ids.VOICE_SKIP)]
    view = sheet_to_send(words, language, ids.VOICE, "voice.title", "voice.mend", heard.note, blocks)
    return {**view, "close": plain(words.say(language, "voice.leave"), 24)}


def skipped_view(words: Words, language: str) -> dict[str, Any]:
    """Nobody wants tips for this one."""
    return sheet_to_read(words, language, "voice.title", [section(words.say(language, "voice.skipped"))])


def own_words_view(words: Words, language: str, known: Sequence[str]) -> dict[str, Any]:
    """All of them, to be changed."""
    typing = text_input(
        ids.OWN_WORDS,
        words.say(language, "voice.own.label"),
        value="\n".join(known),
        hint=words.say(language, "voice.own.hint"),
        most=MOST,
        needed=False,
        many_lines=True,
    )
    blocks = [section(words.say(language, "voice.own.intro", longest=LONGEST)), typing]
    return sheet_to_send(
        words, language, ids.OWN_WORDS_FORM, "voice.own.title", "voice.own.save", mark_of(known), blocks
    )


def _before(words: Words, language: str, heard: Heard) -> Iterable[Block]:
    if heard.was is not None and heard.voice.score is not None:
        was, score = round(heard.was), round(heard.voice.score)
        yield section(words.say(language, "voice.before", was=was, score=score))


def _remarks(words: Words, language: str, heard: Heard) -> Iterable[Block]:
    """Help first: what is praised needs nobody."""
    spoken = [remark for remark in heard.voice.remarks if remark.word is not Word.NOTHING]
    for remark in sorted(spoken, key=lambda remark: remark.word is Word.PRAISE):
        place = heard.voice.remarks.index(remark)
        yield section(_said(words, language, heard, remark))
        if remark.word is Word.HELP and remark.reading.tips:
            yield section(words.say(language, "voice.swaps"))
            for number, tip in enumerate(remark.reading.tips):
                yield _swap(words, language, tip, f"{place}_{number}")


def _said(words: Words, language: str, heard: Heard, remark: Remark) -> str:
    score = round(remark.reading.score)
    lines = [f"*{_name(words, language, remark.piece)}*: {fit(remark.piece.text, LONGEST_QUOTE)}"]
    lines.append(words.say(language, _SAID[remark.word], score=score))
    if remark.word is Word.HELP and remark.reading.question is not None:
        lines.append(words.say(language, "voice.question", question=heard.question or remark.reading.question))
    if remark.word is Word.HELP and remark.piece.is_of_file:
        lines.append(words.say(language, "voice.of_file"))
    return "\n".join(lines)


def _name(words: Words, language: str, piece: Piece) -> str:
    if piece.number is None:
        return words.say(language, "voice.sentence")
    if piece.language == language:
        return words.say(language, "voice.caption", number=piece.number)
    return words.say(language, "voice.caption_in", number=piece.number, language=LANGUAGES.get(piece.language, ""))


def _swap(words: Words, language: str, tip: Tip, place: str) -> Block:
    phrase = fit(tip.phrase, LONGEST_PHRASE)
    label = words.say(language, "voice.ours_label", phrase=tip.phrase)
    ours = button(words.say(language, "voice.ours"), ids.VOICE_OURS, tip.phrase[:LONGEST_VALUE], label=label)
    shown = words.say(language, "voice.swap", phrase=phrase, say=escape(tip.say))
    return section(shown, ours, block_id=f"{ids.VOICE_OURS}_{place}")


def _twins(words: Words, language: str, one: Piece, other: Piece) -> str:
    return words.say(language, "voice.twins", one=_name(words, language, one), other=_name(words, language, other))


def _legend(words: Words, language: str, voice: Voice) -> Block:
    which = "voice.legend_own" if voice.lines.are_own else "voice.legend"
    return context(words.say(language, which, low=round(voice.lines.low)))
