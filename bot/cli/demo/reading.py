"""Reading messages back: what a leaderboard and a digest say, taken from their blocks as a person reads them."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sources.words import Words

_LINK = re.compile(r"<[^|>]+\|([^>]*)>")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass
class BoardSaid:
    """Name and stories a row, in order; the totals; the asker's own number and place, where it is said."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    people: int = 0
    times: int = 0
    own: tuple[int, int | None] | None = None


@dataclass
class DigestSaid:
    """`thanks` and `newcomers` are names; `others` and `other_newcomers` the numbers behind them."""

    thanks: list[str] = field(default_factory=list)
    others: int = 0
    newcomers: list[str] = field(default_factory=list)
    other_newcomers: int = 0
    people: int = 0
    times: int = 0
    top: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class CommsDigestSaid:
    """By title: how many opened, and how many said."""

    people: int = 0
    times: int = 0
    stories: list[tuple[str, int, int]] = field(default_factory=list)


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
        lines, said = lines_of(message), DigestSaid()
        said.people, said.times = self._total(lines) or (0, 0)
        said.thanks, said.others = self._names(lines, "digest.thanks", "digest.thanks_nameless")
        said.newcomers, said.other_newcomers = self._names(lines, "digest.first_time", "digest.first_time_nameless")
        for line in lines:
            rank, _, rest = line.partition(". ")
            found = self._counted(rest, "digest.top_row") if rank.isdigit() else None
            if found:
                said.top.append((found["title"], number(found["n"], 1)))
        return said

    def comms_digest(self, message: Mapping[str, Any]) -> CommsDigestSaid:
        """The digest for comms."""
        lines, said = lines_of(message), CommsDigestSaid()
        said.people, said.times = self._total(lines) or (0, 0)
        for line in lines:
            if found := self._match("digest.story_row", line):
                said.stories.append((found["title"], number(found["opened"]), number(found["said"])))
        return said

    # --- sentences

    def _row(self, line: str) -> tuple[str, int] | None:
        ranked = re.fullmatch(r"\d+\. (.+), ([^,]+)", line)
        found = self._counted(ranked[2], "board.stories") if ranked else None
        return (ranked[1], number(found["n"], 1)) if ranked and found else None

    def _total(self, lines: Sequence[str]) -> tuple[int, int] | None:
        for line in lines:
            if found := self._counted(line, "board.total"):
                times = self._counted(found["times"], "board.times") or {}
                return number(found["n"], 1), number(times.get("n"), 1)
        return None

    def _own(self, line: str) -> tuple[int, int | None] | None:
        for key in ("board.own.named", "board.own.unnamed", "board.own.below"):
            found = self._match(key, line)
            stories = self._counted(found["count"], "board.stories") if found else None
            if found and stories is not None:
                return number(stories["n"], 1), number(found["place"]) if "place" in found else None
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
