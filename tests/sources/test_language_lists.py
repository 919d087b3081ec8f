"""Files of lists that are wrong: where, what, and how to mend it."""

from pathlib import Path

import pytest

from bot.domain.content_problem import ContentUnusable
from bot.domain.language_lists import LISTS, SIGNS
from bot.sources.content_place import content_place
from bot.sources.language_lists import read_all_lists, read_lists

ENTRY = """
[[entry]]
match = "leverage"
kind = "buzz"
say = "use"
"""
REST = (
    '[counted]\nfirst = ["i"]\n[words]\n'
    + "".join(f'{name} = ["a"]\n' for name in LISTS)
    + "[names]\n"
    + "".join(f'{sign} = "a name"\n' for sign in SIGNS)
)
QUESTION = 'question = "who?"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "language" / "en.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ContentUnusable) as caught:
        read_lists(written(folder, text), "en")
    assert all(problem.file == "language/en.toml" and problem.mend for problem in caught.value.problems)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def test_lists_are_read(tmp_path: Path) -> None:
    lists = read_lists(written(tmp_path, QUESTION + ENTRY + REST), "en")
    assert [(entry.match, entry.kind, entry.say) for entry in lists.entries] == [
        ("leverage", "buzz", "use"),
        ("i", "first", None),
    ]
    assert lists.question == "who?"


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (ENTRY.replace('"buzz"', '"jargon"'), "its kind is 'jargon'"),
        (ENTRY.replace('"buzz"', '"first"'), "its kind is 'first'"),
        (ENTRY.replace('say = "use"', ""), "it has nothing to say instead"),
        (ENTRY.replace('"use"', '""'), "it has nothing to say instead"),
        (ENTRY.replace('"use"', '"use / apply"'), "it says more than one thing instead"),
        (ENTRY.replace('"use"', f'"{"a" * 41}"'), "it says more than one thing instead"),
        (ENTRY + "show = false", "it is never shown, and says something"),
        (ENTRY + "show = 1", "show is neither true nor false"),
        (ENTRY + "shown = true", 'an entry knows no "shown"'),
        (ENTRY.replace('"leverage"', '"(a+)+$"'), '"(a+)+$" has to be words in small letters, with (a|b) for a choice'),
        (ENTRY.replace('"leverage"', "5"), '"" has to be words in small letters, with (a|b) for a choice'),
    ],
)
def test_an_entry_that_is_wrong_is_found_by_its_line(tmp_path: Path, entry: str, what: str) -> None:
    assert wrong(tmp_path, f"{QUESTION}{ENTRY.replace('leverage', 'utilize')}{entry}\n{REST}") == [(8, what)]


def test_nothing_stands_under_two_kinds(tmp_path: Path) -> None:
    text = QUESTION + ENTRY + REST.replace('["i"]', '["i"]\nhype = ["pump", "leverage"]')
    assert wrong(tmp_path, text) == [(9, '"leverage" stands under buzz and under hype')]


def test_nothing_is_shown_with_two_replacements(tmp_path: Path) -> None:
    assert wrong(tmp_path, QUESTION + ENTRY + ENTRY.replace('"use"', '"apply"') + REST) == [
        (9, '"leverage" stands under buzz and under buzz')
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (ENTRY + REST, None, "it has no question"),
        (QUESTION + ENTRY + REST.replace('who = ["a"]', "who = []"), 10, '"who" in [words] is no list of words'),
        (QUESTION + ENTRY + REST.replace('past = ["a"]', 'past = "a"'), 12, '"past" in [words] is no list of words'),
        (QUESTION + ENTRY + REST.replace('buzz = "a name"\n', ""), 16, 'the sign "buzz" has no name'),
        (QUESTION + ENTRY + REST.replace("[counted]\nfirst =", "[counted]\nfist ="), 8, '[counted] knows no "fist"'),
        (QUESTION + ENTRY + REST + "[extra]\na = 1\n", 36, '"extra" is nothing it knows'),
    ],
)
def test_what_else_can_be_wrong(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    assert wrong(tmp_path, text) == [(line, what)]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, ENTRY.replace("buzz", "jargon") + ENTRY.replace("leverage", "A") + REST)) == 3


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"[[entry]\n", "it cannot be read"), (b"\xff", "it is not UTF-8"), (b"#" * 300_000, "it is larger than 256 kB")],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, what: str) -> None:
    path = written(tmp_path, "")
    path.write_bytes(content)
    with pytest.raises(ContentUnusable, match=what):
        read_lists(path, "en")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentUnusable, match="it cannot be opened"):
        read_lists(tmp_path / "en.toml", "en")


def test_the_problems_of_every_language_are_said(tmp_path: Path) -> None:
    with pytest.raises(ContentUnusable) as caught:
        read_all_lists({"en": tmp_path / "en.toml", "nl": tmp_path / "nl.toml"})
    assert len(caught.value.problems) == 2


def test_a_company_writes_only_what_it_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert content_place(tmp_path, "language/en.toml") / "language/en.toml" == path
    assert content_place(tmp_path, "language/nl.toml") == content_place(None)
