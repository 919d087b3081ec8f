"""feeds.toml: what a company watches.

cards_a_day = 6            # the rest comes in a round-up
minutes_between = 10       # how often each feed is asked

[watch]
brand = ["Riverbank Pumps"]
people = ["Saskia de Wit"]
topics = ["drainage", "*pomp*"]

[[feeds]]
name = "Regional paper"
url = "https://paper.example.org/rss"
language = "nl"
everything = false         # true: every entry is worth a look, whatever words are in it
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.domain.addresses import Network, literal_private_address
from bot.domain.clean_text import clean
from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.hook_links import canonical
from bot.domain.hooks import CARDS_A_DAY, MINUTES_BETWEEN, Feed, Watching, WatchWord, WordKind
from bot.sources.content_folder import read_text

FILE = "feeds.toml"
LANGUAGES = ("en", "nl")
MOST_FEEDS = 100
MOST_WORDS = 200
LONGEST_NAME = 60
LONGEST_WORD = 60
LONGEST_URL = 500

_LIMITS = {"cards_a_day": (CARDS_A_DAY, 0, 50), "minutes_between": (MINUTES_BETWEEN, 5, 1440)}
_KEYS = ("name", "url", "language", "everything")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$|\(at end of document\)$")
_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(#.*)?")


def check_feeds(folder: Path) -> tuple[int, list[ContentProblem]]:
    """How many feeds the folder's file names, and everything that is wrong with it."""
    try:
        watching, problems = read_feeds(folder)
    except ContentUnusable as error:
        return 0, list(error.problems)
    return len(watching.feeds), problems


def read_feeds(folder: Path, allow: Sequence[Network] = ()) -> tuple[Watching, list[ContentProblem]]:
    """What is watched, and what is wrong with the rest: a bad feed never stops the others. Nothing without a file.

    `allow`: networks of our own that may be read. Raises ContentUnusable when the file cannot be read at all.
    """
    path = folder / FILE
    if not path.exists():
        return Watching(), []
    text = read_text(path, FILE)
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentUnusable(_unreadable(error, text)) from error
    look = _Look(told, text, allow)
    return look.watching(), look.problems


def _unreadable(error: Exception, text: str) -> ContentProblem:
    said = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    at = _AT_LINE.search(said)
    line = None if at is None else int(at.group(1) or text.count("\n") + 1)
    what = f"it cannot be read here ({_AT_LINE.sub('', said).strip()})"
    return ContentProblem(FILE, line, what, "Texts stand in quotes, lists in [ ]; see the example in docs/feeds.md.")


class _Look:
    """One look through the file: collects what can be used and what is wrong."""

    def __init__(self, told: Mapping[str, Any], text: str, allow: Sequence[Network]) -> None:
        self._told = told
        self._allow = allow
        self._places = _Places(text)
        self._seen: dict[str, str] = {}
        self.problems: list[ContentProblem] = []

    def watching(self) -> Watching:
        self._unknown("", self._told, (*_LIMITS, "watch", "feeds"), 0)
        limits = {name: self._limit(name, *rule) for name, rule in _LIMITS.items()}
        return Watching(tuple(self._feeds()), tuple(self._words()), **limits)

    def _wrong(self, what: str, mend: str, part: str = "", key: str = "", nth: int = 0) -> None:
        self.problems.append(ContentProblem(FILE, self._places.line(part, nth, key), what, mend))

    def _unknown(self, part: str, table: Mapping[str, Any], known: tuple[str, ...], nth: int) -> None:
        for key in table:
            if key not in known:
                self._wrong(f'"{key}" is no key here', f"Known are {', '.join(known)}.", part, key, nth)

    def _limit(self, name: str, usual: int, least: int, most: int) -> int:
        value = self._told.get(name, usual)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._wrong(f'"{name}" is not usable', f"Write a number from {least} to {most}; now it is {usual}.", key=name)
        return usual

    def _words(self) -> Iterator[WatchWord]:
        watch = self._told.get("watch", {})
        if not isinstance(watch, dict):
            self._wrong('"watch" is no table', 'Write [watch] on a line of its own, then "topics = […]".', key="watch")
            return
        self._unknown("watch", watch, tuple(WordKind), 0)
        words = [word for kind in WordKind for word in self._words_of(kind, watch.get(kind, []))]
        if len(words) > MOST_WORDS:
            self._wrong(f"there are {len(words)} words", f"Keep to {MOST_WORDS}; the rest is not watched.", "watch")
        yield from words[:MOST_WORDS]

    def _words_of(self, kind: WordKind, told: Any) -> Iterator[WatchWord]:
        if not isinstance(told, list):
            self._wrong(f'"{kind}" is no list', f'Write {kind} = ["one", "another"].', "watch", kind)
            return
        for each in told:
            why = why_no_word(each, kind)
            if why:
                self._wrong(f"{_shown(each)} cannot be watched: {why[0]}", why[1], "watch", kind)
            else:
                yield WatchWord(" ".join(clean(each).split()), kind)

    def _feeds(self) -> Iterator[Feed]:
        told = self._told.get("feeds", [])
        if not isinstance(told, list):
            self._wrong('"feeds" is no list of feeds', "Begin each feed with a line [[feeds]].", key="feeds")
            return
        for nth, each in enumerate(told[:MOST_FEEDS]):
            if not isinstance(each, dict):
                self._wrong(f"{_shown(each)} is no feed", "Begin each feed with a line [[feeds]].", key="feeds")
            elif (feed := self._feed(each, nth)) is not None:
                yield feed
        if len(told) > MOST_FEEDS:
            self._wrong(f"there are {len(told)} feeds", f"Keep to {MOST_FEEDS}.", "feeds", nth=MOST_FEEDS)

    def _feed(self, told: Mapping[str, Any], nth: int) -> Feed | None:
        self._unknown("feeds", told, _KEYS, nth)
        before = len(self.problems)
        name = self._name(told.get("name"), nth)
        url = self._url(told.get("url"), nth)
        language, everything = told.get("language", "en"), told.get("everything", False)
        if language not in LANGUAGES:
            mend = f"Write one of {', '.join(LANGUAGES)}."
            self._wrong(f"{_shown(language)} is no language of ours", mend, "feeds", "language", nth)
        if not isinstance(everything, bool):
            self._wrong('"everything" is neither true nor false', "Write true or false.", "feeds", "everything", nth)
        return Feed(name, url, language, everything) if len(self.problems) == before else None

    def _name(self, told: Any, nth: int) -> str:
        name = " ".join(clean(told).split()) if isinstance(told, str) else ""
        if not name:
            self._wrong("this feed has no name", 'Write name = "…", as you would say it.', "feeds", "name", nth)
        elif len(name) > LONGEST_NAME:
            self._wrong("this name is long", f"Keep it to {LONGEST_NAME} characters.", "feeds", "name", nth)
        return name

    def _url(self, told: Any, nth: int) -> str:
        why = why_no_address(told, self._allow)
        if why:
            self._wrong(*why, "feeds", "url", nth)
            return ""
        url = str(told).strip()
        twin = self._seen.setdefault(canonical(url), url)
        if twin is not url:
            self._wrong("this feed stands here twice", "Keep one of them.", "feeds", "url", nth)
        return url


def why_no_word(told: Any, kind: WordKind) -> tuple[str, str] | None:
    """What is wrong with a watch word, and how to mend it; None when it is fine."""
    word = " ".join(clean(told).split()) if isinstance(told, str) else ""
    if len(re.findall(r"\w", word)) < 2:
        return "it has fewer than two letters", "Write a whole word in quotes."
    if len(word) > LONGEST_WORD:
        return "it is long", f"Keep it to {LONGEST_WORD} characters."
    if "*" in word.strip("*") or ("*" in word and (kind is not WordKind.TOPIC or " " in word)):
        return "the asterisk", "It stands at the start or the end of a topic of one word."
    return None


def why_no_address(told: Any, allow: Sequence[Network] = ()) -> tuple[str, str] | None:
    """What is wrong with a feed's address, and how to mend it; None when it is fine."""
    url = told.strip() if isinstance(told, str) else ""
    if not canonical(url) or re.search(r"[\s<>|\"]", url):
        return "this feed has no address", 'Write url = "https://…", the address of the feed itself.'
    if len(url) > LONGEST_URL:
        return "this address is long", f"Keep it to {LONGEST_URL} characters."
    if "@" in url.partition("://")[2].partition("/")[0]:
        return "there is a password in this address", "Use an address that everybody may read."
    if literal_private_address(url, allow):
        return "this address is inside our own network", "Feeds are read from the internet only."
    return None


class _Places:
    """On which line a key stands, as far as that can be told: tables, and lines "key = …" in them."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        part, nth, counted = "", 0, dict[str, int]()
        for number, line in enumerate(text.split("\n"), 1):
            if header := _HEADER.fullmatch(line):
                part = header.group(1)
                nth = counted.get(part, 0)
                counted[part] = nth + 1
                self._lines[part, nth, ""] = number
            elif key := re.match(r"\s*[\"']?([\w -]+?)[\"']?\s*=", line):
                self._lines.setdefault((part, nth, key.group(1)), number)

    def line(self, part: str, nth: int, key: str) -> int | None:
        """The key's own line, else where its table begins."""
        return self._lines.get((part, nth, key), self._lines.get((part, nth, "")))


def _shown(value: Any) -> str:
    return f'"{clean(value)[:40]}"' if isinstance(value, str) else repr(value)[:40]
