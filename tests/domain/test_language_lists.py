"""What a match stands for, and that no list can make reading slow."""

import pytest

from bot.domain.language_lists import MatchUnreadable, Phrase, phrases_of


@pytest.mark.parametrize(
    ("match", "phrases"),
    [
        ("pump", [Phrase(("pump",))]),
        ("end-to-end", [Phrase(("end", "to", "end"))]),
        ("(very |)proud", [Phrase(("very", "proud")), Phrase(("proud",))]),
        ("game(-| |)changer", [Phrase(("game", "changer")), Phrase(("game", "changer")), Phrase(("gamechanger",))]),
        ("we're (glad|proud)", [Phrase(("we're", "glad")), Phrase(("we're", "proud"))]),
        ("sustainab*", [Phrase(("sustainab",), is_start=True)]),
        ("één ding", [Phrase(("één", "ding"))]),
    ],
)
def test_a_match_is_plain_phrases(match: str, phrases: list[Phrase]) -> None:
    assert list(phrases_of(match)) == phrases


@pytest.mark.parametrize(
    "match",
    [
        "",
        "  ",
        "Pump",
        "a.*b",
        "(a+)+$",
        "ab*",
        "su* tain",
        "*pump",
        "(a|b",
        "a)",
        "((a|b)|c)",
        "a_b",
        "[ab]",
        "a|b",
        "()",
    ],
)
def test_a_match_that_is_none(match: str) -> None:
    with pytest.raises(MatchUnreadable):
        list(phrases_of(match))


def test_a_match_stands_for_a_thousand_phrases_at_most() -> None:
    with pytest.raises(MatchUnreadable, match="1024 phrases"):
        list(phrases_of("(a|b)" * 10))
