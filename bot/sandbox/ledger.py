"""The people's own account: who passed which story along, and when. Written by them, from what they did themselves.

It holds no counting rules of the app it is compared with, only the promises people were given: a person and a story
count once, whatever the ways; taken back is gone; a name only for who agreed; who left or was deleted stands nowhere.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

NAMED, UNNAMED, OUT, DELETED, CLOSED = "named", "unnamed", "out", "deleted", "closed"
"""`CLOSED`: they left the company. What they did still counts, without their name."""
GONE = (OUT, DELETED)
TOLD = "told"
"""The way of who says so with a button; another way is a reaction, by the message it stands under."""


@dataclass(frozen=True)
class Entry:
    """`what`: "said" or "unsaid" (`detail` is the way), "opened" (the network), "stands" (the standing)."""

    at: datetime
    who: str
    what: str
    story: str
    detail: str


@dataclass
class Account:
    """How things stood at a moment. People by Slack id, stories by link."""

    names: Callable[[str], str]
    standing: dict[str, str] = field(default_factory=dict)
    ways: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    opened: dict[tuple[str, str, str], datetime] = field(default_factory=dict)

    def tallies(self, start: datetime, end: datetime) -> Counter[str]:
        """How many stories each person passed along within [start, end); those who are gone are not in it."""
        return Counter(who for who, _ in self._said(start, end) if self.standing.get(who) not in GONE)

    def named(self, start: datetime, end: datetime) -> list[tuple[str, int]]:
        """Name and number of those who agreed to be named, most first."""
        found = [(self.names(w), n) for w, n in self.tallies(start, end).items() if self.standing.get(w) == NAMED]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def said(self, start: datetime, end: datetime) -> Counter[str]:
        """How many people passed each story along within [start, end). Whoever left is still one of them."""
        return Counter(story for _, story in self._said(start, end))

    def opens(self, start: datetime, end: datetime) -> Counter[str]:
        """How many people opened a share page for each story within [start, end)."""
        return Counter(story for _, story in sorted({key[:2] for key, at in self.opened.items() if start <= at < end}))

    def newcomers(self, start: datetime, end: datetime) -> set[str]:
        """Those who passed something along within [start, end) and nothing that still stands before."""
        before = {who for (who, _), at in self.since.items() if at < start}
        return set(self.tallies(start, end)) - before

    def _said(self, start: datetime, end: datetime) -> Iterator[tuple[str, str]]:
        return (key for key, at in self.since.items() if start <= at < end)


class Ledger:
    """`names`: what people call each other, by Slack id. Bots and people of elsewhere are not `allowed` to count."""

    def __init__(self, names: Callable[[str], str], counts: Callable[[str], bool]) -> None:
        self._names, self._counts = names, counts
        self.entries: list[Entry] = []
        self.queued: dict[str, tuple[str, ...]] = {}
        self._gone: set[str] = set()

    def said(self, who: str, story: str, way: str, at: datetime) -> None:
        """They passed it along: `TOLD`, or a reaction at some message."""
        self._note(Entry(at, who, "said", story, way))

    def unsaid(self, who: str, story: str, way: str, at: datetime) -> None:
        """They took that back."""
        self._note(Entry(at, who, "unsaid", story, way))

    def opened(self, who: str, story: str, network: str, at: datetime) -> None:
        """They went to a network's share page."""
        self._note(Entry(at, who, "opened", story, network))

    def stands(self, who: str, standing: str, at: datetime) -> None:
        """They said how they want to be counted, left, or had themselves deleted."""
        self._note(Entry(at, who, "stands", "", standing))
        if standing in GONE:
            self._gone.add(who)

    def at(self, moment: datetime) -> Account:
        """How things stood just before this moment."""
        account = Account(self._names)
        for entry in self.entries:
            if entry.at < moment:
                _apply(account, entry)
        return account

    def _note(self, entry: Entry) -> None:
        """Of who is gone nothing is kept from then on, reactions are not followed; *I didn't share it* still holds."""
        takes_back = entry.what == "unsaid" and entry.detail == TOLD
        if self._counts(entry.who) and (entry.who not in self._gone or takes_back):
            self.entries.append(entry)


def _apply(account: Account, entry: Entry) -> None:
    key = (entry.who, entry.story)
    if entry.what == "stands":
        account.standing[entry.who] = entry.detail
    elif entry.what == "opened":
        account.opened.setdefault((*key, entry.detail), entry.at)
    elif entry.what == "said":
        account.ways.setdefault(key, set()).add(entry.detail)
        account.since.setdefault(key, entry.at)
    else:
        account.ways.get(key, set()).discard(entry.detail)
        if not account.ways.get(key):
            account.since.pop(key, None)
