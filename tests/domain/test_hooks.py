from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hook_feeds import FeedTrouble, next_ask
from bot.domain.hook_links import canonical
from bot.domain.hook_rank import is_surge, match_of, rank_of, warmth
from bot.domain.hook_stories import Hook, gathered, hook_of
from bot.domain.hook_titles import are_alike, heading
from bot.domain.hook_words import WatchList
from bot.domain.hooks import Feed, FeedEntry, Found, WatchWord, WordKind, dated

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def stands(word: str, text: str, kind: WordKind = WordKind.TOPIC, language: str = "nl") -> bool:
    return bool(WatchList([WatchWord(word, kind)]).found_in(text, "", language))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        *(("water", "Het water staat hoog"), ("water", "Watersnood in Kampen"), ("water", "Schoner grondwater.")),
        *(
            ("verkeer", "Verkeersongeval op de A28"),
            ("dijken", "Oude dijkenbouwers"),
            ("gemaal", "twee poldergemaal-wachters"),
        ),
        *(
            ("pomp", "De pompen draaien"),
            ("*pomp", "Een warmtepomp"),
            ("pomp*", "Het pomphuis"),
            ("*pomp*", "de oliepompbouwer"),
        ),
        *(
            ("coordinatie", "Coördinatie ontbreekt"),
            ("coördinatie", "COORDINATIE"),
            ("hoog water", "Hoog-water verwacht"),
        ),
    ],
)
def test_topics_in_dutch(word: str, text: str) -> None:
    assert stands(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        *(("ring", "De vergadering"), ("pomp", "Een warmtepomp"), ("pomp", "Het pomphuis"), ("stand", "Met verstand")),
        *(
            ("storm", "Ze bestormen het"),
            ("water", "Waterig zonnetje"),
            ("water", "wetter"),
            ("hoog water", "hoog en water"),
        ),
    ],
)
def test_what_only_looks_like_a_topic(word: str, text: str) -> None:
    assert not stands(word, text)


def test_compounds_are_dutch() -> None:
    assert not stands("water", "Groundwater levels fall", language="en")
    assert stands("flood", "Floods in the valley", language="en")
    assert stands("*water", "Groundwater levels fall", language="en")


@pytest.mark.parametrize(
    ("word", "text", "is_there"),
    [
        *(("Shell", "Shell's chief", True), ("Shell", "SHELL", True), ("Shell", "a shell on the beach", False)),
        *(("Shell", "Shell-topman stopt", True), ("Shell", "Shellfish", False), ("bol", "bol opent", True)),
        *(("Saskia de Wit", "directeur Saskia de Wit", True), ("Saskia de Wit", "Saskia  de\nWit", True)),
        *(("Saskia de Wit", "saskia de wit", False), ("Anna", "Anna’s plan", True), ("Anna", "Johanna", False)),
        *(("Jean-Luc", "Jean-Luc komt", True), ("Jean-Luc", "jean-luc komt", False), ("C++", "C++ leren", True)),
    ],
)
def test_names_are_found_as_they_are_written(word: str, text: str, is_there: bool) -> None:
    assert stands(word, text, WordKind.BRAND) is is_there


def test_a_word_in_the_title_is_told_from_one_in_the_text() -> None:
    words = WatchList([WatchWord("water", WordKind.TOPIC), WatchWord("Shell", WordKind.BRAND)])
    found = words.found_in("Hoog water", "Shell helpt", "nl")
    assert [(each.word.text, each.in_title) for each in found] == [("water", True), ("Shell", False)]


def test_a_long_text_made_to_be_slow() -> None:
    assert not stands("*pomp*", "pom" * 20_000)
    assert not stands("water", "a" * 60_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.nu.nl/a/b.html?utm_source=x&utm_medium=y#top", "http://nu.nl/a/b.html"),
        ("https://m.paper.org/a/", "https://paper.org/a?fbclid=1"),
        ("https://Paper.org:443/a/index.html", "https://paper.org/a/"),
        ("https://paper.org/a?id=3&page=2", "https://paper.org/a?page=2&id=3"),
        ("https://amp.paper.org/a/amp", "https://paper.org/a"),
    ],
)
def test_two_ways_to_one_page(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.org/a?id=3", "https://paper.org/a?id=4"),
        ("https://paper.org/A", "https://paper.org/a"),
        ("https://paper.org:8000/a", "https://paper.org/a"),
        ("https://a.paper.org/", "https://b.paper.org/"),
    ],
)
def test_two_pages(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("link", ["", "abc", "javascript:alert(1)", "http://[::1", "https://a:99999999/", "ftp://a/b"])
def test_no_page_at_all(link: str) -> None:
    assert canonical(link) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pompgemaal Kampen valt uit door bliksem", "LIVE: Pompgemaal Kampen valt uit door bliksem - RTV Oost"),
        ("Waterschap verhoogt de tarieven met 9 procent", "Waterschap verhoogt tarieven met 9 procent | NU.nl"),
        ("Flood gates close for the third time this week", "Flood gates close for third time this week"),
    ],
)
def test_near_equal_headings(one: str, other: str) -> None:
    assert are_alike(heading(one), heading(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister opent gemaal in Almere", "Minister opent brug in Almere"),
        ("Aandeel Riverbank daalt met 3 procent", "Aandeel Riverbank daalt met 5 procent"),
        ("Het weer", "Het weer"),
        ("Weer vandaag", "Weer morgen"),
        ("", ""),
    ],
)
def test_different_news(one: str, other: str) -> None:
    assert not are_alike(heading(one), heading(other))


def test_what_is_fresh_and_matches_comes_first() -> None:
    brand = (Found(WatchWord("Shell", WordKind.BRAND), True),)
    topic = (Found(WatchWord("water", WordKind.TOPIC), True),)
    assert match_of(brand, everything=False) > match_of(topic, everything=False) > match_of((), everything=False) == 0
    assert match_of((), everything=True) > 0
    assert warmth(NOW, NOW) == 1 == 2 * warmth(NOW - timedelta(hours=6), NOW)
    assert warmth(NOW + timedelta(minutes=5), NOW) == 1
    hour = NOW - timedelta(hours=1)
    assert rank_of(2, 1, hour, NOW) > rank_of(2, 1, hour - timedelta(hours=3), NOW)
    assert rank_of(2, 5, hour, NOW) > rank_of(2, 1, hour, NOW)
    assert rank_of(2, 90, hour, NOW) == rank_of(2, 99, hour, NOW)


def test_nothing_is_published_tomorrow() -> None:
    assert dated(FeedEntry("1", "T", published_at=NOW + timedelta(days=1)), NOW) is None
    assert dated(FeedEntry("1", "T", published_at=NOW + timedelta(minutes=3)), NOW) == NOW
    assert dated(FeedEntry("1", "T"), NOW) is None


def hook(feed: str, title: str, link: str = "", hours_ago: float = 0, source: str = "") -> Hook:
    entry = FeedEntry(title + link, title, link, "", NOW - timedelta(hours=hours_ago), source)
    made = hook_of(Feed(feed, "https://x.example.org", "nl", everything=True), entry, WatchList(()), NOW)
    assert made is not None
    return made


def test_one_story_in_five_papers_is_one_hook() -> None:
    title = "Pompgemaal Kampen valt uit door bliksem"
    found = gathered(
        [
            hook("Second", f"{title} - Second", "https://second.org/9", 1),
            hook("First", title, "https://first.org/1", 2),
            hook("Third", f"LIVE: {title}", "https://third.org/8"),
            hook("Gathering", "Something else in the heading", "http://www.first.org/1/?utm_source=g", source="First"),
            hook("Fourth", title),
            hook("Fifth", f"{title} | Fifth", "https://fifth.org/3"),
            hook("Fifth", f"{title} opnieuw", "https://fifth.org/2", 60),
        ]
    )
    assert [len(each.sources) for each in found] == [1, 5]
    assert (found[1].title, found[1].link, found[1].sources[:2]) == (title, "https://first.org/1", ("First", "Second"))


def test_what_is_not_watched_is_no_hook() -> None:
    feed, words = Feed("Paper", "https://x.example.org", "nl"), WatchList([WatchWord("water", WordKind.TOPIC)])
    assert hook_of(feed, FeedEntry("1", "Zon en wind"), words, NOW) is None
    made = hook_of(feed, FeedEntry("1", "Zon en wind", summary="Grondwater"), words, NOW)
    assert made is not None
    assert (made.match, made.at, made.is_dated) == (1.0, NOW, False)


@pytest.mark.parametrize(
    ("today", "sources", "before", "surges"),
    [
        *((15, 5, [5] * 28, True), (14, 5, [5] * 28, False), (15, 4, [5] * 28, False), (15, 5, [5] * 6, False)),
        *((5, 5, [0] * 28, True), (9, 6, [3, 3, 3, 3, 3, 3, 3], True)),
    ],
)
def test_more_than_there_usually_are(today: int, sources: int, before: list[int], surges: bool) -> None:
    assert is_surge(today, sources, before) is surges


def test_when_a_feed_is_asked_again() -> None:
    usual = timedelta(minutes=10)

    def wait(trouble: FeedTrouble | None, failures: int = 0, told: timedelta | None = None) -> timedelta | None:
        at = next_ask(trouble, failures, told, usual, NOW)
        return None if at is None else at - NOW

    assert wait(None) == usual
    assert wait(FeedTrouble.SERVER, 1) == timedelta(minutes=20)
    assert wait(FeedTrouble.SERVER, 2) == timedelta(minutes=40)
    assert wait(FeedTrouble.SERVER, 5000) == timedelta(days=1)
    assert wait(FeedTrouble.SERVER, 1, timedelta(hours=3)) == timedelta(hours=3)
    assert wait(FeedTrouble.SERVER, 1, timedelta(seconds=1)) == usual
    assert wait(FeedTrouble.TOO_OFTEN, 1, timedelta(days=900)) == timedelta(days=1)
    assert wait(FeedTrouble.TOO_OFTEN, 1) == timedelta(hours=1)
    assert wait(FeedTrouble.GONE, 1) is None
