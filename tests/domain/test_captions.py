from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.captions import Caption, deal, for_reader, with_disclosure

ONE, TWO, THREE = (Caption(i, "en", f"text {i}") for i in (1, 2, 3))
EEN, TWEE = (Caption(i, "nl", f"tekst {i}") for i in (11, 12))


def dealt(readers: Iterable[Sequence[Caption]]) -> list[Caption]:
    """What these readers get, one after the other, each out of the captions that are theirs."""
    last_turns: dict[int, int] = {}
    given_out = []
    for turn, captions in enumerate(readers, start=1):
        caption = deal(captions, last_turns)
        last_turns[caption.id or 0] = turn
        given_out.append(caption)
    return given_out


def test_captions_are_dealt_in_turn() -> None:
    assert dealt([[ONE, TWO, THREE]] * 5) == [ONE, TWO, THREE, ONE, TWO]


def test_a_caption_that_was_added_is_dealt_once_before_the_others_come_round() -> None:
    assert dealt([[ONE, TWO]] * 3 + [[ONE, TWO, THREE]] * 4)[3:] == [THREE, TWO, ONE, THREE]


@given(st.integers(2, 5), st.integers(2, 5), st.lists(st.booleans(), max_size=40))
def test_two_readers_of_a_language_in_a_row_never_get_the_same(english: int, dutch: int, order: list[bool]) -> None:
    """Whoever reads the other language in between."""
    en = [Caption(i, "en", f"text {i}") for i in range(1, english + 1)]
    nl = [Caption(100 + i, "nl", f"tekst {i}") for i in range(1, dutch + 1)]
    given_out = dealt(nl if is_dutch else en for is_dutch in order)
    for language in ("en", "nl"):
        own = [caption for caption in given_out if caption.language == language]
        assert all(one != next_one for one, next_one in pairwise(own))


def test_there_must_be_something_to_deal() -> None:
    with pytest.raises(ValueError, match="no captions"):
        deal([], {})


@pytest.mark.parametrize(
    ("captions", "person", "channel", "expected"),
    [
        ((ONE, EEN, TWO), "en", "nl", (ONE, TWO)),
        ((ONE, EEN, TWEE), "nl", "en", (EEN, TWEE)),
        ((ONE, EEN), "de", "nl", (EEN,)),
        ((ONE, TWO), "nl", "nl", (ONE, TWO)),
        ((EEN, ONE), None, None, (EEN,)),
        ((), "en", "en", ()),
    ],
)
def test_a_reader_gets_a_language_they_read(
    captions: tuple[Caption, ...], person: str | None, channel: str | None, expected: tuple[Caption, ...]
) -> None:
    assert for_reader(captions, person, channel) == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Wim got it going.", "I work at Kolk & Kamp", "I work at Kolk & Kamp. Wim got it going."),
        ("Wim got it going.", "I work at Kolk & Kamp.", "I work at Kolk & Kamp. Wim got it going."),
        ("I work at Kolk & Kamp and Wim got it going.", "I work at Kolk & Kamp.", None),
        ("Yes, i work  at\nkolk & kamp!", "I work at Kolk & Kamp", None),
        ("Free advice #advice", "#ad", "#ad Free advice #advice"),
        ("Good pump. #ad", "#ad", None),
        ("It’s my job: I'm at Kolk", "It's my job", None),
        ("Wim got it going.", "", None),
        ("Wim got it going.", "   ", None),
        ("", "I work at Kolk & Kamp", "I work at Kolk & Kamp"),
    ],
)
def test_the_line_stands_at_the_start_once(text: str, line: str, expected: str | None) -> None:
    assert with_disclosure(text, line) == (text if expected is None else expected)


@given(st.text(max_size=60), st.sampled_from(["I work at Kolk & Kamp", "#ad", "ik werk bij Kolk & Kamp."]))
def test_asking_twice_changes_nothing(text: str, line: str) -> None:
    once = with_disclosure(text, line)
    assert with_disclosure(once, line) == once
