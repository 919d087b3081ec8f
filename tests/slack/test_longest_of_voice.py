"""What is said of how a story sounds, with the longest it can hold, in both languages: Slack takes it."""

from itertools import combinations

from bot.domain.language import Reading, Tip
from bot.domain.language_line import Lines, Word
from bot.domain.own_words import LONGEST, tidied
from bot.domain.story_file import LONGEST_CAPTION, LONGEST_SENTENCE
from bot.domain.voice import Piece, Remark, Voice
from bot.sandbox.blocks_check import check_view
from bot.slack.blocks.voice import Heard, own_words_view, skipped_view, voice_view
from tests.slack.test_longest import ALL, BOTH, WORDS, filled

MANY = 40
"""Captions of a story file, in both languages: far more than the form takes."""


def remarks(filling):
    tips = tuple(Tip(f"{n}{filled(filling, 3000)}", filled(filling, LONGEST)) for n in range(3))
    reading = Reading(0.0, "en", 500, (), filled(filling, 500), tips)
    yield Remark(Piece(None, "en", filled(filling, LONGEST_SENTENCE)), Word.HELP, reading)
    for number in range(MANY):
        piece = Piece(number, ("en", "nl")[number % 2], filled(filling, LONGEST_CAPTION))
        yield Remark(piece, (Word.HELP, Word.PRAISE)[number % 3 == 0], reading)


@BOTH
@ALL
def test_modals(filling, language):
    heard = tuple(remarks(filling))
    twins = tuple(combinations([remark.piece for remark in heard[1:]], 2))
    helped = Voice(1.0, heard, twins, Lines(are_own=True))
    praised = Voice(99.0, tuple(one for one in heard if one.word is Word.PRAISE))
    for voice in (helped, praised, Voice(None, ())):
        for when, was in (("x" * 100, None), (None, 7.0)):
            view = voice_view(WORDS, language, Heard(voice, "m" * 300, filled(filling, 500), when, was))
            assert check_view(view, "modal", {}, {}) == []
    assert check_view(skipped_view(WORDS, language), "modal", {}, {}) == []


@BOTH
@ALL
def test_own_words(filling, language):
    most = tidied(f"{n}{filled(filling, LONGEST - 2)}" for n in range(48))
    assert check_view(own_words_view(WORDS, language, most), "modal", {}, {}) == []
