"""Were stories that sound like a person passed along more? A company's own evidence, with how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from statistics import NormalDist, mean, variance

WINDOW = timedelta(weeks=52)
SETTLING = timedelta(weeks=1)
"""A story gets this long to be passed along before it counts."""
FEWEST = 20
MOST_TIMES = 100.0
_SURE = 0.95


@dataclass(frozen=True)
class VoiceReport:
    """Of so many stories, the half that sounds most like a person against the other half.

    `times`: how many times as many people passed one along; with 95 % certainty that is between `low` and `high`.
    """

    stories: int
    times: float
    low: float
    high: float


def report(found: Sequence[tuple[float, int]]) -> VoiceReport | None:
    """From each story's score (0 to 100) and how many people passed it along.

    None with fewer than twenty stories, when all sound the same, or when one half was never passed along. A story that
    went round the world makes the interval wide.
    """
    ranked = sorted(found)
    half = len(ranked) // 2
    lower, upper = ranked[:half], ranked[-half:] if half else []
    if len(ranked) < FEWEST or lower[-1][0] == upper[0][0]:
        return None
    few, many = [float(people) for _, people in lower], [float(people) for _, people in upper]
    if not any(few) or not any(many):
        return None
    low, high = _between(few, many)
    return VoiceReport(2 * half, mean(many) / mean(few), low, high)


def is_sure(found: VoiceReport) -> bool:
    """Whether it tells one from the other at all."""
    return found.low > 1 or found.high < 1


def _between(few: Sequence[float], many: Sequence[float]) -> tuple[float, float]:
    """Fieller's interval: all ratios that a test of `mean(many) - ratio * mean(few)` does not rule out."""
    square = _quantile(len(few) + len(many) - 2) ** 2
    below, above = mean(few), mean(many)
    a = below**2 - square * variance(few) / len(few)
    c = above**2 - square * variance(many) / len(many)
    if a <= 0:
        return 0.0, MOST_TIMES
    root = sqrt(max((below * above) ** 2 - a * c, 0.0))
    return max((below * above - root) / a, 0.0), min((below * above + root) / a, MOST_TIMES)


def _quantile(freedom: int) -> float:
    """Student's, by the first term of its expansion about the normal one: within 0.02 from eighteen on."""
    z = NormalDist().inv_cdf((1 + _SURE) / 2)
    return z + (z**3 + z) / (4 * freedom)
