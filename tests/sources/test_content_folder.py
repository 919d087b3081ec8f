from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.captions import Caption
from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.disclosure import DisclosureLine
from bot.domain.story_file import StoryFile
from bot.sources.content_folder import read_disclosure, read_guidelines, read_stories, read_story
from bot.sources.story_head import story_of

HEAD = """link: https://example.org/a
title: "The pump of 1954"
captions:
  en:
    - "One way to say it."
    - "Another way."
"""
BODY = "Wim got it going.\n"


def written(
    folder: Path, name: str = "a-story.md", head: str = HEAD, body: str = BODY, text: str | None = None
) -> Path:
    path = folder / "stories" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{head}---\n{body}" if text is None else text, encoding="utf-8")
    return path


def wrong(folder: Path, **parts: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ContentUnusable) as caught:
        read_story(written(folder, **parts))
    assert all(problem.file == "stories/a-story.md" and problem.mend for problem in caught.value.problems)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def test_a_whole_story(tmp_path: Path) -> None:
    head = """link: https://example.org/pomp?a=1#b
title: De pomp van 1954
captions:
  nl:
    - "Eén: zo."
    - |
      Twee regels.
      En nog een.
  en:
    - 'Or like this. #pumps'
topics: [vakwerk, "geduld"]
image: https://example.com/pomp.png
alt: Wim met de pomp
best_before: 2027-06-19
commercial: true
channels: ["#mooie-verhalen", good-stories]
"""
    body = "\nWim vond hem\nin een schuur.\n\nDe pakking was weg.\n\n---\n\nDus maakte hij er een.\n"
    assert read_story(written(tmp_path, head=head, body=body)) == StoryFile(
        slug="a-story",
        link="https://example.org/pomp?a=1#b",
        title="De pomp van 1954",
        sentence="Wim vond hem in een schuur.",
        captions=(
            Caption(None, "nl", "Eén: zo."),
            Caption(None, "nl", "Twee regels.\nEn nog een."),
            Caption(None, "en", "Or like this. #pumps"),
        ),
        background="De pakking was weg.\n\n---\n\nDus maakte hij er een.",
        topics=("vakwerk", "geduld"),
        image="https://example.com/pomp.png",
        alt="Wim met de pomp",
        best_before=date(2027, 6, 19),
        commercial=True,
        channels=("mooie-verhalen", "good-stories"),
    )


def test_the_least_of_a_story(tmp_path: Path) -> None:
    story = read_story(written(tmp_path))
    assert (story.language, story.background, story.image, story.commercial) == ("en", "", None, False)
    assert (story.topics, story.channels, story.best_before) == ((), (), None)


@pytest.mark.parametrize("text", ["\ufeff---\n{}---\n{}", "---\r\n{}---\r\n{}", "--- \n\n{}----\n\n\n{}"])
def test_what_editors_make_of_a_file(tmp_path: Path, text: str) -> None:
    path = written(tmp_path)
    path.write_bytes(text.format(HEAD, BODY).encode())
    assert read_story(path).sentence == "Wim got it going."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2027-06-19", date(2027, 6, 19)),
        ("2027-06-19 17:00:00", datetime(2027, 6, 19, 17)),  # noqa: DTZ001 (the workspace's zone)
        ("2027-06-19T17:00:00+02:00", datetime(2027, 6, 19, 17, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_best_before(tmp_path: Path, value: str, expected: date) -> None:
    assert read_story(written(tmp_path, head=f"{HEAD}best_before: {value}\n")).best_before == expected


@pytest.mark.parametrize(
    ("best_before", "expected"),
    [
        (None, None),
        (date(2027, 6, 19), datetime(2027, 6, 19, 22, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (datetime(2027, 1, 19, 17), datetime(2027, 1, 19, 16, tzinfo=UTC)),  # noqa: DTZ001 (the workspace's zone)
        (datetime(2027, 1, 19, 17, tzinfo=UTC), datetime(2027, 1, 19, 17, tzinfo=UTC)),
    ],
)
def test_the_moment_it_is_too_late(best_before: date | None, expected: datetime | None) -> None:
    story = StoryFile("a", "https://example.org", "A", "B.", (), best_before=best_before)
    assert story.best_before_at(ZoneInfo("Europe/Amsterdam")) == expected


@pytest.mark.parametrize(
    ("more", "line", "what"),
    [
        ("tittle: x\n", 8, '"tittle" is not known'),
        ("title: again\n", 8, '"title" stands here a second time'),
        ("best_before: 31 december\n", 8, '"best_before" is not a date'),
        ("best_before: 2027-02-30\n", 8, '"best_before" is no date that exists'),
        ("commercial: maybe\n", 8, '"commercial" is neither true nor false'),
        ("image: https://example.com/a.png\n", 8, 'the image has no "alt"'),
        ("alt: a pump\n", 8, '"alt" stands here without an image'),
        ("image: a.png\nalt: a pump\n", 8, "this is not the address of an image that Slack can fetch"),
        ("image: http://10.0.0.1/a.png\nalt: a\n", 8, "this is not the address of an image that Slack can fetch"),
        ("image: https://example.com/a.png\nalt: pump #1\n", 9, "all from the # on would be lost"),
        ("topics: [1, 2]\n", 8, '"topics" is not a list of names'),
        ("channels:\n  - #general\n", 8, '"channels" is not a list of names'),
        ("topics:\n\t- pump\n", 9, "there is a tab in this line"),
        ('topics: ["a\n', 9, "the head cannot be read here (found unexpected end of stream)"),
        ("topics: !!python/object/apply:os.system [ls]\n", 8, None),
        ("topics: &a [*a]\n", 8, None),
        ("topics: " + "[" * 5_000 + "\n", None, "the head is nested too deeply"),
    ],
)
def test_what_can_be_wrong_in_a_head(tmp_path: Path, more: str, line: int | None, what: str | None) -> None:
    ((where, said),) = wrong(tmp_path, head=HEAD + more)
    assert where == line
    assert said == (what or said)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("link: https://example.org/a\n", "", 1, 'there is no "link"'),
        ("https://example.org/a", "example.org/a", 2, "this is not the address of a page"),
        ("https://example.org/a", "javascript:alert(1)", 2, "this is not the address of a page"),
        ("https://example.org/a", "https://10.0.0.1/a", 2, "only our own network can see this address"),
        (
            "https://example.org/a",
            "https://example.org/" + "a" * 3_000,
            2,
            "this address is too long for the share pages",
        ),
        ('"The pump of 1954"', "", 3, 'there is no "title"'),
        ('"The pump of 1954"', "1954", 3, '"title" is not a text'),
        ('"The pump of 1954"', "The pump #1", 3, "all from the # on would be lost"),
        ('"The pump of 1954"', "a" * 151, 3, '"title" has 151 characters'),
        ("  en:\n", "  de:\n", 4, "there are captions in a language that is not known"),
        ("  en:\n", "  1:\n", 4, "there are captions in a language that is not known"),
        ('    - "Another way."\n', "    - 12\n", 4, 'the captions in "en" are not a list of texts'),
        ('    - "Another way."\n', '    - " "\n', 4, 'the captions in "en" are not a list of texts'),
        ('    - "Another way."\n', "    - Another way #pump\n", 7, "all from the # on would be lost"),
        ('    - "Another way."\n', '    - "one WAY to  say it."\n', 4, 'two captions in "en" are the same'),
        ('    - "Another way."\n', "".join(f"    - text {n}\n" for n in range(5)), 4, 'there are 6 captions in "en"'),
        ('    - "Another way."\n', f'    - "{"a" * 2_001}"\n', 4, '"captions" has 2001 characters'),
        ('  en:\n    - "One way to say it."\n    - "Another way."\n', "", 4, 'there are no "captions" by language'),
        (
            '\n  en:\n    - "One way to say it."\n    - "Another way."\n',
            " text\n",
            4,
            'there are no "captions" by language',
        ),
    ],
)
def test_what_can_be_wrong_with_what_must_be_there(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in HEAD
    assert wrong(tmp_path, head=HEAD.replace(old, new)) == [(line, what)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "there is no head"),
        ("hello", 1, "there is no head"),
        ("hello\n---\na: b\n---\n", 1, "there is no head"),
        (f"---\n{HEAD}", 1, "there is no head"),
        ("---\n---\nWim.", 1, "the head has no keys"),
        ("---\n- a\n---\nWim.", 1, "the head has no keys"),
        (f"---\n{HEAD}---\n", 8, "there is no sentence in the body"),
        (f"---\n{HEAD}---\n# Title\n\nWim.", 8, "the body does not start with a sentence"),
        (f"---\n{HEAD}---\n{'long ' * 101}", 8, "the first paragraph has 504 characters"),
        ("x" * 70_000, None, "it is larger than 64 kB"),
    ],
)
def test_what_can_be_wrong_with_a_file(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    assert wrong(tmp_path, text=text) == [(line, what)]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    head = "title: 12\ncaption: x\nbest_before: soon\n"
    assert wrong(tmp_path, head=head, body="") == [
        (1, 'there is no "link"'),
        (1, 'there are no "captions" by language'),
        (2, '"title" is not a text'),
        (3, '"caption" is not known'),
        (4, '"best_before" is not a date'),
        (5, "there is no sentence in the body"),
    ]


def test_a_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    for name in ("b.md", "B.md", "a.md", "bad name.md", "c.MD"):
        written(tmp_path, name, head=HEAD.replace("org/a", f"org/{name}"))
    written(tmp_path, "d.md", text="nothing")
    written(tmp_path, "notes.txt", text="nothing")
    written(tmp_path, ".e.md", text="nothing")
    (tmp_path / "stories" / "f.md").write_bytes(b"---\n\xff\n")
    (tmp_path / "stories" / "g.md").mkdir()
    stories, problems = read_stories(tmp_path)
    assert [story.slug for story in stories] == ["a", "b", "c"]
    assert [(problem.file, problem.what) for problem in problems] == [
        ("stories/b.md", "another file has this name, but for capitals"),
        ("stories/bad name.md", "this name cannot be a slug"),
        ("stories/d.md", "there is no head"),
        ("stories/f.md", "it is not UTF-8"),
        ("stories/g.md", "it cannot be opened (Is a directory)"),
    ]


def test_one_link_is_one_story(tmp_path: Path) -> None:
    written(tmp_path, "a.md")
    written(tmp_path, "b.md", head=HEAD.replace("org/a", "org/b"))
    written(tmp_path, "c.md", head="commercial: true\n" + HEAD.replace("org/a", "org/a?utm_source=x"))
    stories, problems = read_stories(tmp_path)
    assert [story.slug for story in stories] == ["a", "b"]
    [problem] = problems
    assert (problem.where, problem.what) == ("stories/c.md:3", "its link is that of stories/a.md too")


def test_a_folder_without_stories(tmp_path: Path) -> None:
    assert read_stories(tmp_path) == ([], [])


@given(st.text(max_size=200) | st.text(max_size=120).map(lambda head: f"---\n{head}\n---\nWim."))
def test_no_text_breaks_the_reader(text: str) -> None:
    problems: tuple[ContentProblem, ...] = ()
    captions: tuple[Caption, ...] = ()
    try:
        captions = story_of("a", "stories/a.md", text).captions
    except ContentUnusable as error:
        problems = error.problems
    assert bool(captions) != bool(problems)


DISCLOSURE = """[nl.NL]
employee = "Ik werk bij {company}."
commercial = "#ad Ik werk bij {company}."
[nl.BE]
employee = "Ik werk voor {company}."
commercial = "#ad Ik werk voor {company}."
[en.GB]
employee = "I work at {company}."
commercial = "#ad I work at {company}."
"""


def test_disclosure_lines(tmp_path: Path) -> None:
    (tmp_path / "disclosure.toml").write_text(DISCLOSURE)
    disclosure = read_disclosure(tmp_path)
    flemish = DisclosureLine("nl", "BE", "Ik werk voor {company}.", "#ad Ik werk voor {company}.")
    assert disclosure.line("nl", "BE") == flemish
    assert disclosure.line("nl") == disclosure.line("nl", "SR") == disclosure.lines[0]
    assert disclosure.line("de") is None
    assert flemish.filled("Kolk & Kamp") == "Ik werk voor Kolk & Kamp."
    assert flemish.filled("Kolk & Kamp", commercial=True) == "#ad Ik werk voor Kolk & Kamp."
    assert flemish.filled("") == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[nl.NL", "it cannot be read"),
        ('nl = "Ik werk"', '"nl" is no language with countries'),
        ('[nl]\nemployee = "Ik werk bij {company}."', '"nl" is no language with countries'),
        ('[nl.NL]\nemployee = "Ik werk bij {company}."', '[nl.NL] has no "commercial"'),
        (DISCLOSURE.replace("{company}", "{bedrijf}", 1), '"employee" of [nl.NL] names no company'),
        (DISCLOSURE.replace("{company}", "{company", 1), '"employee" of [nl.NL] names no company'),
        (DISCLOSURE.replace("{company}", "ons", 1), '"employee" of [nl.NL] names no company'),
        (DISCLOSURE + 'boast = "Best!"\n', '[en.GB] knows no "boast"'),
    ],
)
def test_what_can_be_wrong_with_disclosure_lines(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "disclosure.toml").write_text(text)
    with pytest.raises(ContentUnusable) as caught:
        read_disclosure(tmp_path)
    assert caught.value.problems[0].what.startswith(what)


def test_no_disclosure_file_means_no_lines(tmp_path: Path) -> None:
    assert read_disclosure(tmp_path).line("en") is None


def test_guidelines(tmp_path: Path) -> None:
    assert read_guidelines(tmp_path, "nl") == ""
    (tmp_path / "guidelines.en.md").write_text("# What may I post?\n")
    assert read_guidelines(tmp_path, "nl") == "# What may I post?"
    (tmp_path / "guidelines.nl.md").write_text("# Wat mag ik plaatsen?\n")
    assert read_guidelines(tmp_path, "nl") == "# Wat mag ik plaatsen?"
