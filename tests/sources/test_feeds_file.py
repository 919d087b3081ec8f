from pathlib import Path

import pytest

from bot.domain.content_problem import ContentUnusable
from bot.domain.hooks import Feed, Watching, WatchWord, WordKind
from bot.sources.feeds_file import check_feeds, read_feeds

GOOD = """\
cards_a_day = 3

[watch]
brand = ["Riverbank Pumps"]
topics = ["drainage", "*pomp*"]

[[feeds]]
name = "Regional paper"
url = "https://paper.example.org/rss"
language = "nl"

[[feeds]]
name = "Newsroom"
url = "https://riverbank.example.com/news.xml"
everything = true
"""


def write(folder: Path, text: str) -> Path:
    (folder / "feeds.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file(tmp_path: Path) -> None:
    watching, problems = read_feeds(write(tmp_path, GOOD))
    assert not problems
    assert watching == Watching(
        (
            Feed("Regional paper", "https://paper.example.org/rss", "nl"),
            Feed("Newsroom", "https://riverbank.example.com/news.xml", "en", everything=True),
        ),
        (
            WatchWord("Riverbank Pumps", WordKind.BRAND),
            WatchWord("drainage", WordKind.TOPIC),
            WatchWord("*pomp*", WordKind.TOPIC),
        ),
        cards_a_day=3,
    )


def test_without_a_file_nothing_is_watched(tmp_path: Path) -> None:
    assert read_feeds(tmp_path) == (Watching(), [])
    assert check_feeds(tmp_path) == (0, [])


def test_what_ships_watches_nothing() -> None:
    assert read_feeds(Path(__file__).parents[2] / "content") == (Watching(), [])


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        ('cards_a_day = "many"', 1, "cards_a_day"),
        ("cards_a_day = 900", 1, "cards_a_day"),
        ("\nminutes_between = 1", 2, "minutes_between"),
        ("limit = 3", 1, "limit"),
        ("[watch]\n\nwords = []", 3, "words"),
        ('[watch]\ntopics = "water"', 2, "topics"),
        ('[watch]\ntopics = ["x"]', 2, '"x"'),
        ('[watch]\nbrand = ["She*"]', 2, "asterisk"),
        ('[watch]\ntopics = ["wa*ter"]', 2, "asterisk"),
        ("[watch]\ntopics = [3]", 2, "3"),
        ('watch = "x"', 1, "watch"),
        ('feeds = "x"', 1, "feeds"),
        ('feeds = ["x"]', 1, "feed"),
        ('[[feeds]]\nurl = "https://a.example.org/"', 1, "no name"),
        ('[[feeds]]\nname = "A"', 1, "no address"),
        ('[[feeds]]\nname = "A"\nurl = "a.example.org"', 3, "no address"),
        ('[[feeds]]\nname = "A"\nurl = "http://10.0.0.1/rss"', 3, "own network"),
        ('[[feeds]]\nname = "A"\nurl = "https://me:secret@a.example.org/"', 3, "password"),
        ('[[feeds]]\nname = "A"\nurl = "https://a.example.org/"\nlanguage = "fr"', 4, '"fr"'),
        ('[[feeds]]\nname = "A"\nurl = "https://a.example.org/"\neverything = "yes"', 4, "everything"),
        ('[[feeds]]\nname = "A"\nurl = "https://a.example.org/"\nlang = "nl"', 4, "lang"),
        (
            '[[feeds]]\nname = "A"\nurl = "https://a.example.org/"\n[[feeds]]\nname = "B"\nurl = "http://www.a.example.org"',
            6,
            "twice",
        ),
        ('[[feeds]]\nname = "A"\nurl = https://a.example.org', 3, "cannot be read"),
        ("cards_a_day = ", 1, "cannot be read"),
        ("x = " + "[" * 5000, None, "nested"),
    ],
)
def test_each_mistake_has_its_line(tmp_path: Path, wrong: str, line: int | None, says: str) -> None:
    _, problems = check_feeds(write(tmp_path, wrong))
    assert [problem.line for problem in problems] == [line]
    assert says in problems[0].what
    assert problems[0].mend


def test_a_bad_feed_never_stops_the_others(tmp_path: Path) -> None:
    count, problems = check_feeds(write(tmp_path, GOOD + '\n[[feeds]]\nname = "Third"\n'))
    assert count == 2
    assert [problem.line for problem in problems] == [17]


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentUnusable, match="UTF-8"):
        read_feeds(tmp_path)
