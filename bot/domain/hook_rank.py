"""Which hook comes first."""

from collections.abc import Iterable
from datetime import datetime, timedelta

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
