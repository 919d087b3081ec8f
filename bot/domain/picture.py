"""The digest's one picture: how much there was by week, and the stories that made it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.leaderboard import Measure
from bot.domain.local_time import local, moment_of

MOST_WEEKS = 10
LEAST_WEEKS = 2
"""One week alone is no picture: the digest says it in words."""
MOST_STORIES = 5


@dataclass(frozen=True)
class Bars:
    """What one story brought in each of the weeks."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """Figures by week, oldest first. `ends`: when each week was over (UTC), which is where the next begins.

    `stories`: those that brought most, most first; `rest`: what all the others brought together, in each week.
    """

    measure: Measure
    ends: tuple[datetime, ...]
    stories: tuple[Bars, ...]
    rest: tuple[int, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Of each week."""
        return tuple(map(sum, zip(self.rest, *(bars.counts for bars in self.stories), strict=True)))


def week_ends(start: datetime, end: datetime, zone: str) -> tuple[datetime, ...]:
    """The moments between the weeks of a picture, the last of which is from `start` to `end`. On the wall clock."""
    first = local(start, zone)
    before = [
        moment_of(first.date() - timedelta(weeks=weeks), first.time(), zone) for weeks in range(MOST_WEEKS - 1, 0, -1)
    ]
    return (*before, start, end)


def draw_up(
    measure: Measure, moments: Sequence[datetime], counts: Mapping[int, Sequence[int]], titles: Mapping[int, str]
) -> Picture | None:
    """The picture of these weeks. None where there is nothing to see: no figures, or those of one week alone.

    `moments`: those between the weeks, from where the first one began. `counts`: by story id, a figure a week; a story
    without a title in `titles` is not in the picture.
    """
    ends = moments[1:]
    known = {story: tuple(of_weeks) for story, of_weeks in counts.items() if story in titles and any(of_weeks)}
    first = min((_first(of_weeks) for of_weeks in known.values()), default=len(ends))
    if len(ends) - first < LEAST_WEEKS:
        return None
    shown = {story: of_weeks[first:] for story, of_weeks in known.items()}
    best = sorted(shown, key=lambda story: (-sum(shown[story]), titles[story].casefold(), story))
    # One story more takes no more room than "other stories" does.
    most = MOST_STORIES if len(best) > MOST_STORIES + 1 else len(best)
    others = [shown[story] for story in best[most:]]
    return Picture(
        measure=measure,
        ends=tuple(ends[first:]),
        stories=tuple(Bars(titles[story], shown[story]) for story in best[:most]),
        rest=tuple(map(sum, zip(*others, strict=True))) if others else (0,) * (len(ends) - first),
    )


def _first(of_weeks: Sequence[int]) -> int:
    """The first week with a figure."""
    return next(week for week, count in enumerate(of_weeks) if count)


@dataclass(frozen=True)
class Said:
    """A story, or all the others, as it is called in a picture, with its figures and what they come to in words."""

    name: str
    counts: tuple[int, ...]
    total: str


@dataclass(frozen=True)
class SaidPicture:
    """The picture in words of one language: all that is needed to draw it, and to say the same without it.

    `weeks` and `totals` go together: a day, and the figure of the week up to it. `rest`: the last of `series` is all
    the other stories. `alt` says all of it.
    """

    title: str
    axis: str
    weeks: tuple[str, ...]
    totals: tuple[str, ...]
    series: tuple[Said, ...]
    has_rest: bool
    alt: str

    @property
    def key(self) -> str:
        """Of all that is said: another word or figure is another picture."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


class UploadState(StrEnum):
    """`WHOLE`: Slack has it, and looks at it before it may be shown. `SHOWN`: a message shows it.

    `GIVEN_UP`: it cannot be shown, so digests go without it.
    """

    UPLOADING = "uploading"
    WHOLE = "whole"
    SHOWN = "shown"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Upload:
    """A picture on its way to Slack, or there. `file`: Slack's id for it. `at`: since when it is so (UTC)."""

    key: str
    state: UploadState
    file: str | None
    tries: int
    at: datetime


MOST_TRIES = 3
TAKES_LONG = timedelta(minutes=2)
"""By then whoever uploads it has died over it."""
LOOKED_AT = timedelta(seconds=60)
"""How long Slack may look at a file before a digest goes without it."""
LOOKS_EVERY = 5.0
"""Seconds between two tries."""
CHARTS_REFUSED = timedelta(days=30)
"""How long it is remembered that Slack draws no charts here."""
