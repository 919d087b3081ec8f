"""The public's own account of which links they followed. Written by them, from what they did themselves.

It holds only what people are told of the counting: a reader counts once a link a day on the company's calendar, whoever
comes from the office is a colleague, and so is whose link it is, on a day on which they shared in that browser.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.outside.world import Post

READER, REPEAT, PREVIEW, ROBOT, COLLEAGUE = "readers", "repeats", "previews", "robots", "colleagues"
KINDS = (READER, REPEAT, PREVIEW, ROBOT, COLLEAGUE)


@dataclass(frozen=True)
class Came:
    """Somebody or something followed the link of a post."""

    at: datetime
    kind: str
    who: str
    story: str


class PublicLedger:
    """`zone`: the company's."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._read: set[tuple[str, str, str, date]] = set()
        self._shared: set[tuple[str, date]] = set()
        self.came: list[Came] = []

    def shared(self, who: str, at: datetime) -> None:
        """They came by the public address to a share page, in their own browser."""
        self._shared.add((who, self._day(at)))

    def read(self, post: Post, address: str, agent: str, at: datetime) -> None:
        """Somebody with this browser, at home."""
        key = (post.link, address, agent, self._day(at))
        self.note(post, REPEAT if key in self._read else READER, at)
        self._read.add(key)

    def read_by_owner(self, post: Post, address: str, agent: str, at: datetime) -> None:
        """Whose post it is looks at it themself."""
        if (post.who, self._day(at)) in self._shared:
            self.note(post, COLLEAGUE, at)
        else:
            self.read(post, address, agent, at)

    def note(self, post: Post, kind: str, at: datetime) -> None:
        """Somebody or something of a kind that is known."""
        self.came.append(Came(at, kind, post.who, post.story))

    def by_story(self) -> Mapping[str, Counter[str]]:
        """How often each kind came, by the story's link."""
        return _by((came.story, came.kind) for came in self.came)

    def by_person(self) -> Mapping[str, Counter[str]]:
        """How often each kind came, by whose post it was."""
        return _by((came.who, came.kind) for came in self.came)

    def within(self, kind: str, start: datetime, end: datetime) -> Counter[str]:
        """How often this kind came within [start, end), by the story's link."""
        return Counter(came.story for came in self.came if came.kind == kind and start <= came.at < end)

    def readers(self, start: datetime, end: datetime) -> Counter[str]:
        """Readers within [start, end), by whose post it was."""
        return Counter(came.who for came in self.came if came.kind == READER and start <= came.at < end)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _by(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for key, kind in pairs:
        found[key][kind] += 1
    return found
