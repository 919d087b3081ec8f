"""Which hook comes first."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import fmean

from bot.domain.hooks import Found, WordKind

COOLS = timedelta(hours=6)
"""Half as warm after so long: an answer the next day is an answer to yesterday."""
WEIGHTS = {WordKind.BRAND: 5.0, WordKind.PEOPLE: 4.0, WordKind.TOPIC: 2.0}
IN_TEXT = 0.5
"""Of what a word weighs in the title, when it only stands in the text."""
WHOLE_FEED = 3.0
"""What an entry weighs without any word, of a feed that is watched as a whole."""
SPREAD = 0.5
"""What each further source adds."""
MOST_SPREAD = 6

TOO_OLD = timedelta(days=3)
"""A feed that comes back after a week has old news in it."""

SURGE_TIMES = 3
SURGE_SOURCES = 5
SURGE_KNOWN_DAYS = 7
"""What is usual is known after so many days."""


def match_of(found: Iterable[Found], *, everything: bool) -> float:
    """How well an entry matches; 0.0 when it is none of our business."""
    words = sum(WEIGHTS[each.word.kind] * (1.0 if each.in_title else IN_TEXT) for each in found)
    return max(words, WHOLE_FEED) if everything else words


def warmth(published_at: datetime, now: datetime) -> float:
    """1.0 when it is new, half of it every six hours."""
    age = max(now - published_at, timedelta())
    return float(0.5 ** (age / COOLS))


def rank_of(match: float, sources: int, published_at: datetime, now: datetime) -> float:
    """What to show first: freshness times match, and more when more papers bring it."""
    return match * (1 + SPREAD * min(max(sources - 1, 0), MOST_SPREAD)) * warmth(published_at, now)


def is_surge(today: int, sources: int, days_before: Sequence[int]) -> bool:
    """Whether mentions of the last 24 hours are three times the usual or more, from five sources or more.

    `days_before`: mentions by day before that, as far as they are known.
    """
    if sources < SURGE_SOURCES or len(days_before) < SURGE_KNOWN_DAYS:
        return False
    return today >= SURGE_TIMES * fmean(days_before)
