"""Hooks: what stands in the media and is worth answering now. What is watched, what is found, what it was found by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CARDS_A_DAY = 6
MINUTES_BETWEEN = 10
JUST_AHEAD = timedelta(minutes=10)
"""Clocks of papers run ahead by that much; what is dated later still, nobody knows when it came."""


class WordKind(StrEnum):
    """What a watch word stands for. A mention of the brand or of its people weighs more than a topic."""

    BRAND = "brand"
    PEOPLE = "people"
    TOPIC = "topics"


@dataclass(frozen=True)
class WatchWord:
    """A word or a few words to look for. In a topic an asterisk stands for the rest of a word: `*pomp*`."""

    text: str
    kind: WordKind


@dataclass(frozen=True)
class Feed:
    """A feed to watch. `everything`: each entry is a hook, for our own newsroom and for feeds that are a search."""

    name: str
    url: str
    language: str
    everything: bool = False


@dataclass(frozen=True)
class Watching:
    """What a company watches: `cards_a_day` at most, each feed every so many minutes at most."""

    feeds: tuple[Feed, ...] = ()
    words: tuple[WatchWord, ...] = ()
    cards_a_day: int = CARDS_A_DAY
    minutes_between: int = MINUTES_BETWEEN


@dataclass(frozen=True)
class FeedEntry:
    """One entry, as its feed tells it, in plain text.

    `key` tells it from the other entries of its feed; `link` is empty where there is none. `published_at` (UTC) None:
    undated. `source`: the paper it comes from, where a feed gathers several. Who wrote it is nowhere.
    """

    key: str
    title: str
    link: str = ""
    summary: str = ""
    published_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True)
class Found:
    """A watch word that stands in an entry."""

    word: WatchWord
    in_title: bool


def dated(entry: FeedEntry, now: datetime) -> datetime | None:
    """When it was published, as far as that can be believed: nothing comes from tomorrow."""
    at = entry.published_at
    if at is None or at > now + JUST_AHEAD:
        return None
    return min(at, now)
