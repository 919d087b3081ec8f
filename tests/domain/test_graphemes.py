import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.graphemes import graphemes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("pomp", 4),
        ("e\u0301", 1),
        ("q\u0303\u0301", 1),
        ("👩‍👩‍👧‍👦", 1),
        ("👩🏽‍🚒👍🏿", 2),
        ("🇳🇱🇬🇧", 2),
        ("🇳🇱🇬", 2),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 1),
        ("❤️1️⃣", 2),
        ("a\r\nb", 3),
        ("\n\u0301", 2),
        ("नी", 1),
        ("x\u200dy", 2),
        ("한국어", 3),
    ],
)
def test_what_a_reader_sees_as_one(text: str, count: int) -> None:
    assert len(graphemes(text)) == count


@given(st.text())
def test_never_more_than_code_points_and_nothing_lost(text: str) -> None:
    clusters = graphemes(text)
    assert "" not in clusters
    assert len(clusters) <= max(len("".join(clusters)), len(text))
