"""Everything that is wrong in a content folder: which file, where, and how to mend it."""

import shutil
from pathlib import Path

import pytest

from bot.sources.content_check import check_content

SHIPPED = Path(__file__).parents[2] / "content"


def complaints(folder):
    return [str(problem) for problem in check_content(folder, SHIPPED).problems]


def test_what_ships_is_well():
    found = check_content(SHIPPED, SHIPPED)
    assert found.problems == ()
    assert found.counts["stories"] >= 16
    assert found.counts["words"] > 1000
    assert found.counts["phrases"] > 200


def test_an_empty_folder_is_well_too(tmp_path):
    found = check_content(tmp_path, SHIPPED)
    assert (set(found.counts.values()), found.problems) == ({0}, ())


def test_all_of_it_is_said_at_once(tmp_path):
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text("---\ntitle:\tA\n---\n")
    (tmp_path / "stories" / "b.md").write_text("no head")
    (tmp_path / "disclosure.toml").write_text('[en.GB]\nemployee = "I work here."\ncommercial = "#ad {company}"\n')
    (tmp_path / "guidelines.nl.md").write_text(" \n")
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "nl.toml").write_text("[entry\n")
    found = complaints(tmp_path)
    assert found[0] == "stories/a.md:2: there is a tab in this line. Use spaces instead."
    assert found[1].startswith("stories/b.md:1: there is no head.")
    assert found[2].startswith('disclosure.toml:2: "employee" of [en.GB] names no company.')
    assert found[3] == "guidelines.nl.md: it is empty. Write what colleagues may post, or remove it."
    assert found[4].startswith("language/nl.toml:1: ")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "Say thanks"', 'titel = "Say thanks"', '"thanks.title" is missing. It says: Say thanks'),
        ('title = "Say thanks"', 'title = "Say thanks"\nmore = "More"', ':2: "thanks.more" is not known.'),
        ('sent = "On its way to {name}."', 'sent = "On its way to {nam}."', 'the places of "thanks.sent" are others'),
        ('sent = "On its way to {name}."', 'sent = "On its way {"', '"thanks.sent" has a brace too many'),
        ('title = "Say thanks"', "title = Say thanks", "they cannot be read"),
    ],
)
def test_words_that_cannot_be_said(tmp_path, before, after, said):
    shutil.copytree(SHIPPED / "words", tmp_path / "words")
    file = tmp_path / "words" / "en" / "thanks.toml"
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, after))
    assert any(said in complaint for complaint in complaints(tmp_path)), complaints(tmp_path)
