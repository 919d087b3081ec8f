"""Files from outside: read as plain data, and soon; a bad one is told of, and stops nothing."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clean_text import clean
from bot.domain.content_problem import ContentUnusable
from bot.domain.story_file import StoryFile
from bot.sources.content_folder import read_disclosure, read_stories, read_story
from bot.sources.fetch import Fetched
from bot.sources.previews import preview_of
from bot.sources.story_head import story_of
from tests.security.judge import Said, faults
from tests.security.nasty import NASTY

HEAD = "link: https://example.com/x\ntitle: A title\ncaptions:\n  en: [One]\n"


def read(more: str, head: str = HEAD, body: str = "A sentence.") -> StoryFile:
    return story_of("slug", "stories/slug.md", f"---\n{head}{more}\n---\n{body}\n")


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
BAD = {
    "billion laughs": LAUGHS,
    "itself": "topics: &a [*a]",
    "merge": "x: &x {a: b}\ny:\n  <<: *x",
    "python": "topics: !!python/object/apply:os.system ['touch pwned']",
    "python name": "topics: !!python/name:os.system",
    "own type": "topics: !anything [a]",
    "type that is none": "topics: !!timestamp hello",
    "bool that is none": "commercial: !!bool maybe",
    "int that is none": "topics: !!int ''",
    "binary": "topics: !!binary aGVsbG8=",
    "set": "topics: !!set {a, b}",
    "deep": "topics: " + "[" * 400,
    "deep mapping": "topics: " + "{a: " * 400,
    "long number": "topics: " + "9" * 60_000,
    "base sixty": "topics: " + ":".join(["59"] * 10_000),
    "infinity": "topics: .inf",
    "date too far": "best_before: 9999-12-31 23:59:59-23:59",
    "date too early": "best_before: 0001-01-01",
    "date with a wild zone": "best_before: 2027-01-01 00:00:00+99:99",
    "no such day": "best_before: 2027-02-31",
    "second document": "x: 1\n--- \ny: 2",
    "directive": "%TAG ! tag:x,2000:\n",
    "key that is a list": "? [a]\n: b",
    "tab": "\ttopics: a",
    "control": "topics: a\x07",
    "escape in a key": '"\\e[2J": x',
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_plain_data_is_told_of(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    started = time.monotonic()
    with pytest.raises(ContentUnusable) as caught:
        read(BAD[name])
    assert time.monotonic() - started < 60
    assert caught.value.problems
    for problem in caught.value.problems:
        assert "\x1b" not in str(problem)
        assert len(str(problem)) < 1_000
    assert not Path("pwned").exists()


def test_laughs_are_told_of_at_once() -> None:
    """Nine lines that stand for more texts than there is time: the reading does not follow them."""
    with pytest.raises(ContentUnusable, match="anchors"):
        read(LAUGHS)


def test_dates_as_people_write_them() -> None:
    assert read("best_before: 2027-06-19 17:00").best_before_at(UTC) == datetime(2027, 6, 19, 17, tzinfo=UTC)
    assert read("best_before: 2027-06-19").best_before_at(UTC) == datetime(2027, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "https://good.example@evil.example/", "https://x.example/<b>", "https://x.example/|a"),
        *("https://10.0.0.1/", "https://localhost/", "https://2130706433/", "ftp://x.example/", "https://[::1]/"),
    ],
)
def test_links_that_are_none(link: str) -> None:
    with pytest.raises(ContentUnusable):
        read("", HEAD.replace("https://example.com/x", f'"{link}"'))
    with pytest.raises(ContentUnusable):
        read(f'image: "{link}"\nalt: A picture')


@pytest.mark.parametrize("name", ["override", "unseen", "tower", "surrogates", "control"])
def test_no_character_comes_in_by_an_escape(name: str) -> None:
    """YAML and JSON write what no file may hold as \\u202e; it is the same text then."""
    escaped = "".join(f"\\U{ord(char):08x}" for char in NASTY[name][:120])
    story = read("", HEAD.replace("A title", f'"{escaped}"').replace("[One]", f'["{escaped}"]'))
    for text in (story.title, story.captions[0].text):
        assert faults(Said("plain_text", text)) == []
        assert clean(text) == text


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\t"), max_size=80))
def test_any_head_is_a_story_or_a_list_of_problems(text: str) -> None:
    for more in (text, f"topics: {text}", f"x: [{text}]", f'alt: "{text}"'):
        with suppress(ContentUnusable):
            assert isinstance(read(more), StoryFile)


def test_a_folder_with_everything_in_it_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "good.md").write_text(f"---\n{HEAD}---\nA sentence.\n")
    (folder / "huge.md").write_text(f"---\n{HEAD}---\n" + "x" * 70_000)
    (folder / "bytes.md").write_bytes(b"\xff\xfe\x00---")
    (folder / "endless.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")
    for number, more in enumerate(BAD.values()):
        (folder / f"bad-{number}.md").write_text(f"---\n{HEAD}{more}\n---\nA sentence.\n")
    stories, problems = read_stories(tmp_path)
    assert [story.slug for story in stories] == ["good"]
    assert len({problem.file for problem in problems}) == len(BAD) + 4


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "{a = " * 9_000, "a = 1\na = 2", "\x00", "a = nan"])
def test_lines_of_disclosure_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "disclosure.toml").write_text(text)
    with pytest.raises(ContentUnusable):
        read_disclosure(tmp_path)


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    for name in ("..", "a b", "a--b", "-a", "%2e%2e", "a\u202eb"):
        with pytest.raises(ContentUnusable):
            read_story(tmp_path / "stories" / f"{name}.md")


PAGES = {
    "entities": b"<!DOCTYPE x [<!ENTITY a '&#60;'><!ENTITY b '&a;&a;&a;'>]><title>&b;</title>",
    "file": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><title>&a;</title>",
    "open tags": b"<title" * 60_000,
    "attributes": b"<meta " + b"a=b " * 60_000 + b">",
    "comments": b"<!--" * 60_000,
    "declarations": b"<!" * 100_000,
    "references": b"<title>" + b"&#x" * 60_000,
    "numbers": b"<title>&#99999999999999999999;&#xD800;&#0;&#x202E;x</title>",
    "quotes": b"<meta content='" * 20_000,
    "charset": b"<meta charset=unicode_escape><title>\\u202e</title>",
    "punycode": b"<meta charset=punycode><title>x</title>",
    "utf-7": b"<meta charset=utf-7><title>+ADw-b+AD4-</title>",
    "idna": b"<meta charset=idna><title>" + b"x" * 60_000 + b"</title>",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_that_are_made_to_hurt(name: str) -> None:
    started = time.process_time()
    found = preview_of(Fetched("https://example.com/", 200, "text/html", PAGES[name], truncated=False))
    assert time.process_time() - started < 10
    for text in (found.title, found.description):
        assert len(text) <= 300
        assert faults(Said("plain_text", text)) == []
        assert "root:" not in text


@pytest.mark.parametrize(
    "image", ["javascript:alert(1)", "data:image/png;base64,x", "file:///etc/passwd", "//[", "x" * 4000]
)
def test_a_page_cannot_name_another_kind_of_image(image: str) -> None:
    body = f'<meta property="og:image" content="{image}">'.encode()
    found = preview_of(Fetched("https://example.com/", 200, "text/html", body, truncated=False))
    assert found.image is None or found.image.startswith("https://example.com/")
