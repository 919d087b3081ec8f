"""When a person is left in peace."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import local, moment_of, readings

DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """From `start` until just before `end` on the person's wall clock; may go past midnight; equal ends mean never."""

    start: time
    end: time

    def covers(self, clock: time) -> bool:
        """Whether the wall time `clock` (without zone) is quiet."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def quiet_until(quiet: QuietHours, zone: ZoneInfo | str, now: datetime) -> datetime | None:
    """The moment (UTC, always after `now`) at which the person may be spoken to, or None when that is now.

    An end that spring skips is the first wall time that exists after it; in the hour that autumn repeats, quiet is what
    the wall clock calls quiet, both times.
    """
    here = local(now, zone)
    if not quiet.covers(here.time()):
        return None
    ends = (end for days in range(3) for end in _ends_on(here.date() + DAY * days, quiet.end, zone))
    return next(end for end in ends if end > now)


def tomorrow_morning(zone: ZoneInfo | str, now: datetime, at: time = time(9)) -> datetime:
    """The moment (UTC) of the wall time `at` on the day after the one it now is in `zone`."""
    return moment_of(local(now, zone).date() + DAY, at, zone)


def _ends_on(day: date, end: time, zone: ZoneInfo | str) -> list[datetime]:
    return readings(day, end, zone) or [moment_of(day, end, zone)]
