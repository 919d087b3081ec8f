import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.captions import Caption, deal, for_reader, with_disclosure

ONE, TWO, THREE = (Caption(i, "en", f"text {i}") for i in (1, 2, 3))
EEN, TWEE = (Caption(i, "nl", f"tekst {i}") for i in (11, 12))


@pytest.mark.parametrize(("turn", "expected"), [(0, ONE), (1, TWO), (2, THREE), (3, ONE), (301, TWO)])
def test_captions_are_dealt_in_turn(turn: int, expected: Caption) -> None:
    assert deal([ONE, TWO, THREE], turn) == expected


@given(st.integers(2, 5), st.integers(0, 10_000))
def test_two_in_a_row_never_get_the_same(count: int, turn: int) -> None:
    captions = [Caption(i, "en", f"text {i}") for i in range(count)]
    assert deal(captions, turn) != deal(captions, turn + 1)


def test_there_must_be_something_to_deal() -> None:
    with pytest.raises(ValueError, match="no captions"):
        deal([], 0)


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
