"""Reading messages back: what a leaderboard and a digest say, taken from their blocks as a person reads them."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.clicks import APART
from bot.sources.words import Words

_LINK = re.compile(r"<[^|>]+\|([^>]*)>")
_COUNTED = re.compile(r"(.+?) \(([\d.,]+)\)(?:, | and | en |$)")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass
class BoardSaid:
    """Name and readers (or stories said) a row, in order; the totals; the asker's own number and place, where said."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    people: int = 0
    times: int = 0
    own: tuple[int, int | None] | None = None


@dataclass
class PictureSaid:
    """The bars of a digest's chart, oldest week first: readers (`is_read`), or else stories passed along.

    `stories`: by title, what the line below it says that they come to.
    """

    is_read: bool = False
    bars: list[int] = field(default_factory=list)
    stories: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class DigestSaid:
    """`thanks` and `newcomers` are names; `others` and `other_newcomers` the numbers behind them.

    `top`: titles with readers, if there were `readers`; else with how many people passed them along.
    """

    thanks: list[str] = field(default_factory=list)
    others: int = 0
    newcomers: list[str] = field(default_factory=list)
    other_newcomers: int = 0
    people: int = 0
    times: int = 0
    readers: int = 0
    top: list[tuple[str, int]] = field(default_factory=list)
    picture: PictureSaid = field(default_factory=PictureSaid)


@dataclass
class CommsDigestSaid:
    """By title: how many opened, said, and read. `apart`: who followed links and is no reader, by kind."""

    people: int = 0
    times: int = 0
    readers: int = 0
    apart: Counter[str] = field(default_factory=Counter)
    stories: list[tuple[str, int, int, int]] = field(default_factory=list)
    picture: PictureSaid = field(default_factory=PictureSaid)


@dataclass
class HomeSaid:
    """One's own: stories `said`, readers `brought`. `stories`, for editors: who followed its links, by title."""

    said: int = 0
    brought: int = 0
    stories: dict[str, Counter[str]] = field(default_factory=dict)


def lines_of(message: Mapping[str, Any]) -> list[str]:
    """The lines a person reads: links as their titles, without the marks of bold and the like."""
    texts = (text for block in message.get("blocks", []) for text in _texts(block))
    return [_plain(line) for text in texts for line in text.split("\n")]


class Reader:
    """Knows the sentences, in every language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def is_digest(self, message: Mapping[str, Any]) -> bool:
        """Whether this is a weekly digest for a channel."""
        return self._says(lines_of(message)[:1], "digest.title") is not None

    def is_comms_digest(self, message: Mapping[str, Any]) -> bool:
        """Whether this is the weekly digest for comms."""
        return self._says(lines_of(message)[:1], "digest.comms_title") is not None

    def board(self, message: Mapping[str, Any]) -> BoardSaid:
        """The first board of a leaderboard; last month may stand below it."""
        said = BoardSaid()
        for line in lines_of(message):
            if row := self._row(line):
                said.rows.append(row)
            elif total := self._total([line]):
                said.people, said.times = total
            elif own := self._own(line):
                said.own = own
            elif said.people:
                break
        return said

    def digest(self, message: Mapping[str, Any]) -> DigestSaid:
        """A channel's weekly digest."""
        lines, said = lines_of(message), DigestSaid(picture=self._picture(message))
        said.people, said.times = self._total(lines) or (0, 0)
        said.readers = self._readers(lines)
        said.thanks, said.others = self._names(lines, "digest.thanks", "digest.thanks_nameless")
        said.newcomers, said.other_newcomers = self._names(lines, "digest.first_time", "digest.first_time_nameless")
        for line in lines:
            rank, _, rest = line.partition(". ")
            found = self._first(rest, "digest.top_row", "digest.top_read") if rank.isdigit() else None
            if found:
                said.top.append((found["title"], number(found["n"], 1)))
        return said

    def home(self, home: Mapping[str, Any]) -> HomeSaid:
        """What stands on somebody's Home of readers."""
        said, title = HomeSaid(), ""
        for line in lines_of(home):
            if own := self._within("home.number", line):
                said.said = number(own["n"], 1)
            if brought := self._within("home.brought", line):
                said.brought = number(brought["n"], 1)
            elif line.startswith("*") and (row := self._match("home.editors.count", line)):
                title = row["title"].strip("*")
                said.stories[title] = self._kinds(row["figures"].partition(" · ")[0], {"readers": "home.editors.read"})
            elif title and (apart := self._match("home.editors.apart", line.strip("_"))):
                said.stories[title] += self._kinds(apart["list"], {kind: f"home.apart.{kind}" for kind in APART})
        return said

    def comms_digest(self, message: Mapping[str, Any]) -> CommsDigestSaid:
        """The digest for comms."""
        lines, said = lines_of(message), CommsDigestSaid(picture=self._picture(message))
        said.people, said.times = self._total(lines) or (0, 0)
        said.readers = self._readers(lines)
        for line in lines:
            before, _, last = line.rpartition(", ")
            read = self._counted(last, "board.readers")
            if row := self._match("digest.story_row", before if read else line):
                readers = number(read["n"], 1) if read else 0
                said.stories.append((row["title"], number(row["opened"]), number(row["said"]), readers))
            elif apart := self._match("digest.apart.line", line):
                said.apart = self._kinds(apart["kinds"], {kind: f"digest.apart.{kind}" for kind in APART})
        return said

    # --- the picture

    def _picture(self, message: Mapping[str, Any]) -> PictureSaid:
        """There is none before the second week."""
        said = PictureSaid()
        for block in message.get("blocks", []):
            if block["type"] == "data_visualization":
                [series] = block["chart"]["series"]
                said.bars = [point["value"] for point in series["data"]]
                said.is_read = self._match("digest.picture.title.read", block["title"]) is not None
        for line in lines_of(message):
            if found := self._match("digest.picture.stories", line):
                said.stories = [(title, number(total)) for title, total in _COUNTED.findall(found["stories"])]
        return said

    # --- sentences

    def _row(self, line: str) -> tuple[str, int] | None:
        ranked = re.fullmatch(r"\d+\. (.+), ([^,]+)", line)
        found = self._first(ranked[2], "board.stories", "board.readers") if ranked else None
        return (ranked[1], number(found["n"], 1)) if ranked and found else None

    def _total(self, lines: Sequence[str]) -> tuple[int, int] | None:
        for line in lines:
            if found := self._counted(line, "board.total"):
                times = self._counted(found["times"], "board.times") or {}
                return number(found["n"], 1), number(times.get("n"), 1)
            if found := self._counted(line, "board.read.total"):
                readers = self._counted(found["readers"], "board.readers") or {}
                return number(found["n"], 1), number(readers.get("n"), 1)
        return None

    def _readers(self, lines: Sequence[str]) -> int:
        """The line that says how many readers links brought; there is none without a reader."""
        found = next((found for line in lines if (found := self._counted(line, "digest.readers"))), None)
        return number(found["n"], 1) if found else 0

    def _kinds(self, text: str, keys: Mapping[str, str]) -> Counter[str]:
        """The counts in a list, such as `3 previews and 1 robot`."""
        pieces = re.split(r", | and | en ", text)
        found = ((kind, self._counted(piece, key)) for piece in pieces for kind, key in keys.items())
        return Counter({kind: number(said["n"], 1) for kind, said in found if said})

    def _own(self, line: str) -> tuple[int, int | None] | None:
        for key in ("board.own.named", "board.own.unnamed", "board.own.below"):
            found = self._match(key, line)
            count = self._first(found["count"], "board.stories", "board.readers") if found else None
            if found and count is not None:
                return number(count["n"], 1), number(found["place"]) if "place" in found else None
        return None

    def _names(self, lines: Sequence[str], key: str, nameless: str) -> tuple[list[str], int]:
        for line in lines:
            if found := self._match(key, line):
                names = re.split(r", | and | en ", found["names"])
                others = self._counted(names[-1], "digest.others")
                return (names[:-1], number(others["n"], 1)) if others else (names, 0)
            if counted := self._counted(line, nameless):
                return [], number(counted["n"], 1)
        return [], 0

    def _says(self, lines: Sequence[str], key: str) -> dict[str, str] | None:
        return next((found for line in lines if (found := self._match(key, line)) is not None), None)

    def _first(self, text: str, *keys: str) -> dict[str, Any] | None:
        """The places of whichever of these it is."""
        return next((found for key in keys if (found := self._counted(text, key)) is not None), None)

    def _within(self, key: str, line: str) -> dict[str, Any] | None:
        """The same of a sentence that stands behind others."""
        sentences = (line, *(f"{sentence}." for sentence in line.rstrip(".").split(". ")))
        return next((found for sentence in sentences if (found := self._counted(sentence, key)) is not None), None)

    def _counted(self, text: str, key: str) -> dict[str, Any] | None:
        """The places of `key.one` or `key.other`; "n" is None where one is said without a figure."""
        for form in ("one", "other"):
            if (found := self._match(f"{key}.{form}", text)) is not None:
                return {"n": None, **found}
        return None

    def _match(self, key: str, text: str) -> dict[str, str] | None:
        for texts in self._words.texts.values():
            if found := re.fullmatch(_pattern(texts[key]), text):
                return found.groupdict()
        return None


def number(text: str | None, otherwise: int = 0) -> int:
    """`1,234` or `1.234`; `otherwise` where no figure was written."""
    return int(re.sub(r"\D", "", text)) if text else otherwise


def _pattern(template: str) -> str:
    """The sentence, with its places to be found."""
    pieces = _PLACE.split(_plain(template))
    return "".join(f"(?P<{piece}>.+)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))


def _plain(line: str) -> str:
    shown = _LINK.sub(r"\1", line)
    bold = re.fullmatch(r"\*(.*)\*", shown)
    return html.unescape(bold[1] if bold else shown)


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(block.get("text"), Mapping):
        yield str(block["text"]["text"])
    if block.get("type") == "context":
        yield from (str(element["text"]) for element in block["elements"] if "text" in element)
