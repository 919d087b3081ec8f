"""One text, whatever it is: made safe, cut, linked. Judged by how Slack reads it."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.clean_text import MOST_MARKS, clean, storable
from bot.domain.graphemes import graphemes, start_of
from bot.slack.blocks.guidelines_modal import guidelines_modal
from bot.slack.mrkdwn import cut, escape, image, link, plain, section
from bot.sources.words import Words
from tests.security.judge import FORMATTED, Said, faults, texts, tokens
from tests.security.nasty import NASTY

ODD = (
    "<>&|*_~`:@#!^\n\r \u202e\u2067\u200d\u200b\u0301\ufe0f\ud83d\ude00\x00\x1b😀👍🏽🇳אب\U0001f3f4\U000e0067\U000e007f"
)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.text(ODD + "ab1", max_size=40)


def shown(mrkdwn: str) -> str:
    """What a reader sees of mrkdwn without tokens in it."""
    bare = re.sub("[\u2060\u2068\u2069]", "", mrkdwn)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@settings(max_examples=150)
@given(ANY_TEXT)
@example(NASTY["surrogates"])
def test_cleaning_is_done_once_and_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode() is not None
    assert "\0" not in once
    assert not faults(Said("plain_text", once))


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    assert clean(text) == "".join(char for char in text if char not in fillers)


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧‍👦", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇳🇱", "❤️", "می‌خواهم", "Ångström", "Zoë", "ภาษาไทย", "tiếng Việt", "क्षि"]
)
def test_what_people_really_write_stays(text: str) -> None:
    assert clean(text) == text


def test_a_tower_is_taken_down() -> None:
    assert clean("Z" + "\u0301" * 60) == "Z" + "\u0301" * MOST_MARKS


def test_what_nobody_can_see_is_nothing() -> None:
    assert clean("\u200b\u200d\ufeff\u2060\u3164\u0301\U000e0041").strip() == ""


@settings(max_examples=150)
@given(ANY_TEXT)
@example("*a*b* _c_ ~d~ `e` __init__ 5*3 snake_case")
def test_escaped_text_is_text_and_nothing_more(text: str) -> None:
    safe = escape(text)
    assert tokens(safe) == []
    assert faults(Said("mrkdwn", safe, verbatim=True)) == []
    assert FORMATTED.search(safe) is None
    assert not any(line.startswith("&gt;") for line in safe.splitlines())
    alike = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
    assert shown(safe).translate(alike) == clean(text).translate(alike), "nothing is lost, nothing escaped twice"


@settings(max_examples=100)
@given(ANY_TEXT, ANY_TEXT)
@example("https://example.org/a|b>c", "<https://evil.example|x>")
def test_a_link_has_one_address_and_one_label(address: str, label: str) -> None:
    made = link(
        f"https://example.org/{clean(address).replace(chr(10), '')}", label.replace("\n", " ").replace("\r", " ")
    )
    found = made.removeprefix("<").removesuffix(">")
    assert "<" not in found
    assert ">" not in found
    assert found.count("|") - label.count("|") == 1


def test_a_star_in_the_middle_of_a_word_is_left_alone() -> None:
    assert escape("snake_case, 5*3, a~b") == "snake_case, 5*3, a~b"


def test_right_to_left_letters_stand_by_themselves() -> None:
    assert escape("שלום") == "\u2068שלום\u2069"
    assert escape("hello") == "hello"


@settings(max_examples=100)
@given(ANY_TEXT | st.sampled_from([NASTY["family"], "ab" + "👩‍👧" * 9]), st.integers(2, 80))
def test_cutting_tears_nothing_apart(text: str, most: int) -> None:
    whole = clean(text)
    short = cut(whole, most)
    assert len(short) <= most
    if len(whole) > most and "\n" not in whole:
        kept = short.removesuffix("…")
        normal = graphemes(whole)
        assert "".join(normal).startswith("".join(graphemes(kept))), "what is left is a start of it"
        assert len(start_of(whole, most)) <= most
        assert not kept.endswith("\u200d")


def test_flags_and_families_stay_whole() -> None:
    assert cut("🇳🇱" * 10, 6) == "🇳🇱🇳🇱…"
    assert cut("👩‍👩‍👧‍👦" * 10, 10) == "👩‍👩‍👧‍👦…"
    assert cut("👍🏽" * 10, 4) == "👍🏽…"


@settings(max_examples=40)
@given(st.text("&<>ab|\u202e *", min_size=500, max_size=4000), st.sampled_from([200, 1000, 3000]))
def test_a_text_object_is_never_too_long_nor_cut_through_an_entity(text: str, most: int) -> None:
    block = section(f"*{link('https://example.org/', text[:most])}*\n{escape(text)}")
    assert len(block["text"]["text"]) <= 3000
    [said] = texts(block)
    left = [fault for fault in faults(said) if "isolate" not in fault]
    assert left == []
    assert all(token.startswith("https://example.org/|") for token in tokens(said.text))


@pytest.mark.parametrize("name", NASTY)
def test_plain_pieces(name: str) -> None:
    for block in ({"text": plain(NASTY[name], 75)}, image("https://example.org/a.png", NASTY[name])):
        for said in texts(block):
            assert faults(said) == []


def test_guidelines_link_where_they_say_and_format_what_they_mean(words: Words) -> None:
    text = (
        f"# Title\n\n**Bold** and *not*, [here](https://example.org/a_b_c) {NASTY['broadcasts']}\n\n- {NASTY['link']}"
    )
    blocks = guidelines_modal(words, "en", text)["blocks"]
    found = [said for block in blocks for said in texts(block)]
    assert [fault for said in found for fault in faults(said)] == []
    assert [token for said in found for token in tokens(said.text)] == ["https://example.org/a_b_c|here"]
    assert "*Bold* and ∗not∗" in found[0].text


def test_what_comes_through_the_door_can_be_stored() -> None:
    body = json.loads('{"a": ["x\\ud83d", {"b\\u0000": "\\ud83d\\ude00", "n": 1, "none": null}]}')
    assert storable(body) == {"a": ["x\ufffd", {"b": "😀", "n": 1, "none": None}]}
