"""Scores: what each person is counted for, kept by period, so that a board need not count shares or readers.

A score of what was said follows from what changed of one person's shares of one story: in each period such a story
counts once, however many networks. A score of readers is the sum of what days brought.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.leaderboard import Period, PeriodName, days_of, period_of
from bot.domain.local_time import moment_of

CALENDAR = (PeriodName.WEEK, PeriodName.MONTH, PeriodName.QUARTER)
"""The periods that a moment is in whenever one looks; the 30 days up to today are another every day."""


@dataclass(frozen=True)
class Scoring:
    """What scores are kept of: the calendar of this zone, and these 30 days.

    `is_whole` False: they are being counted anew, and not to be shown until that is done.
    """

    zone: str
    days: Period | None = None
    is_whole: bool = True


def is_kept(scoring: Scoring | None, period: Period, zone: str) -> bool:
    """Whether the scores of this period, of a calendar in `zone`, are there to be shown."""
    if scoring is None or not scoring.is_whole or scoring.zone != zone:
        return False
    return period.name is not PeriodName.DAYS or period == scoring.days


def changes(scoring: Scoring, before: Iterable[datetime], after: Iterable[datetime]) -> dict[Period, int]:
    """What is added to a person's scores (1 or -1).

    `before` and `after`: when they said that they shared one story (UTC), on each network.
    """
    was, now = periods_of(scoring, before), periods_of(scoring, after)
    return dict.fromkeys(now - was, 1) | dict.fromkeys(was - now, -1)


def periods_of(scoring: Scoring, moments: Iterable[datetime]) -> set[Period]:
    """Every period that scores are kept of and that one of these moments (UTC) is in."""
    found: set[Period] = set()
    for moment in moments:
        found.update(period_of(name, moment, scoring.zone) for name in CALENDAR)
        if scoring.days is not None and scoring.days.start <= moment < scoring.days.end:
            found.add(scoring.days)
    return found


def noon_of(day: int, zone: str) -> datetime:
    """A moment (UTC) of this day, as Python numbers days, that is in the same periods as all of it."""
    return moment_of(date.fromordinal(day), time(12), zone)


def unsettled_since(scoring: Scoring) -> int:
    """The first day whose readers may not be in the scores yet; those of before were when these 30 days were taken up.

    A day more than those that came since: whoever counts a click at midnight may be a moment late.
    """
    return 1 if scoring.days is None else days_of(scoring.days, scoring.zone)[1] - 1


def periods_between(zone: str, first: datetime, last: datetime) -> Iterator[Period]:
    """The periods of the calendar from the one that `first` is in to the one that `last` is in."""
    for name in CALENDAR:
        period = period_of(name, first, zone)
        while period.start <= last:
            yield period
            period = period_of(name, period.end, zone)
