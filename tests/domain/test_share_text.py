import pytest

from bot.domain.disclosure import Disclosure, DisclosureLine
from bot.domain.share_draft import ShareNote, dump_note, load_note
from bot.domain.share_text import disclosed, is_removed, offered_line

SHIPPED = Disclosure(
    (
        DisclosureLine("en", "GB", "I work at {company}.", "#ad I work at {company}."),
        DisclosureLine("nl", "NL", "Ik werk bij {company}.", "#ad Ik werk bij {company}."),
        DisclosureLine("nl", "BE", "Ik werk voor {company}.", "#reclame Ik werk voor {company}."),
    )
)


@pytest.mark.parametrize(
    ("own", "language", "country", "company", "commercial", "expected"),
    [
        ({}, "en", None, "Acme", False, "I work at Acme."),
        ({}, "nl", "BE", "Acme", False, "Ik werk voor Acme."),
        ({}, "nl", "BE", "Acme", True, "#reclame Ik werk voor Acme."),
        ({}, "nl", "US", "Acme", True, "#ad Ik werk bij Acme."),
        ({}, "en", None, "", False, ""),
        ({}, "en", None, "", True, "#ad"),
        ({"en": "Proud part of {company}"}, "en", None, "Acme", True, "#ad Proud part of Acme"),
        ({"en": ""}, "en", None, "Acme", False, ""),
        ({"en": ""}, "en", None, "Acme", True, "#ad"),
    ],
)
def test_the_line_that_is_offered(own, language, country, company, commercial, expected):
    line = offered_line(own, SHIPPED, language=language, country=country, company=company, commercial=commercial)
    assert line == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("A reef.", "I work at Acme.", "I work at Acme. A reef."),
        ("A reef. i work at acme", "I work at Acme.", "A reef. i work at acme"),
        ("A reef.", "#ad I work at Acme", "#ad I work at Acme. A reef."),
        ("I work at Acme. A reef.", "#ad I work at Acme.", "#ad I work at Acme. A reef."),
        ("#ad A reef.", "#ad I work at Acme.", "I work at Acme. #ad A reef."),
        ("A reef.", "#ad", "#ad A reef."),
        ("A reef.", "", "A reef."),
    ],
)
def test_the_line_stands_at_the_start_once(text, line, expected):
    assert disclosed(text, line) == expected


@pytest.mark.parametrize(
    ("text", "line", "offered", "expected"),
    [
        ("A reef.", "I work at Acme.", "I work at Acme.", False),
        ("A reef.", "Acme pays my rent", "I work at Acme.", False),
        ("A reef.", "", "I work at Acme.", True),
        ("I work at Acme, and a reef.", "", "I work at Acme.", False),
        ("A reef.", "I work at Acme.", "#ad I work at Acme.", True),
        ("A reef. #ad", "I work at Acme.", "#ad I work at Acme.", False),
        ("A reef.", "", "", False),
    ],
)
def test_a_line_that_was_taken_away_is_noticed(text, line, offered, expected):
    assert is_removed(text, line, offered) is expected


def test_a_note_comes_back_as_it_was():
    note = ShareNote(7, "C0GOOD", "1.2", 3, None, True, 99, ("linkedin", "x"), "mastodon.nl", ("x",), True, True)
    assert load_note(dump_note(note)) == note


def test_own_words_are_noticed_when_they_change_and_only_then():
    typed = ShareNote(7).caught_up("Mine")
    assert typed.is_own
    chosen_again = ShareNote(7, chosen=3, seen=typed.seen)
    assert not chosen_again.caught_up("Mine").is_own
    assert chosen_again.caught_up("Mine too").is_own
    assert not typed.caught_up("").is_own
