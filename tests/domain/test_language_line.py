"""When to speak up, and when captions read the same."""

import pytest

from bot.domain.caption_twins import twins
from bot.domain.language import Reading
from bot.domain.language_line import Lines, Word, lines_of, word_on
from bot.domain.language_quiet import Quiet


def reading(score: float, words: int = 20, quiet: Quiet | None = None) -> Reading:
    return Reading(score, "en", words, quiet=quiet)


def test_the_line_ships_until_there_are_fifty_stories() -> None:
    assert lines_of([5.0] * 49) == Lines(35.0, 70.0)
    assert lines_of([]) == Lines(35.0, 70.0)


def test_then_it_is_the_bottom_quarter_of_the_last_fifty() -> None:
    assert lines_of([float(score) for score in range(50)]) == Lines(12.25, 36.75, are_own=True)
    assert lines_of([40.0] * 50 + [1.0] * 500) == Lines(40.0, 40.0, are_own=True)
    assert lines_of([90.0] * 50).high == 70.0


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (reading(34.9), Word.HELP),
        (reading(35.0), Word.NOTHING),
        (reading(69.9), Word.NOTHING),
        (reading(70.0), Word.PRAISE),
        (reading(10.0, words=7), Word.NOTHING),
        (reading(90.0, words=7), Word.NOTHING),
        (reading(10.0, quiet=Quiet.CRISIS), Word.NOTHING),
        (reading(90.0, quiet=Quiet.QUOTE), Word.NOTHING),
    ],
)
def test_what_is_said(found: Reading, word: Word) -> None:
    assert word_on(found, Lines()) is word


def test_a_workspace_of_its_own_is_helped_and_praised_by_its_own_lines() -> None:
    lines = Lines(12.25, 36.75)
    assert [word_on(reading(score), lines) for score in (12, 20, 37)] == [Word.HELP, Word.NOTHING, Word.PRAISE]


@pytest.mark.parametrize(
    ("one", "other", "are_twins"),
    [
        ("The pump runs again.", "The pump runs again!", True),
        ("The pump runs again.", "Wim got it going at last.", False),
        ("one two three four", "one two three five", False),
        ("one two three four", "zero one two three four", True),
        ("Hello", "hello", True),
        ("", "", False),
        ("📣", "📣", False),
    ],
)
def test_two_captions_are_twins_from_half_of_their_runs_on(one: str, other: str, are_twins: bool) -> None:
    assert twins([one, other]) == ([(0, 1)] if are_twins else [])


def test_captions_that_read_the_same_are_found() -> None:
    captions = ["At three the baker called.", "I did not know we did this.", "At three the baker called, and Wim went."]
    assert twins(captions) == [(0, 2)]
