"""How a time on somebody's wall clock becomes a moment (UTC), on the days the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def zone_of(zone: ZoneInfo | str) -> ZoneInfo:
    """The zone itself, given as such or by its name. Raises ZoneInfoNotFoundError for a name nobody knows."""
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


def local(moment: datetime, zone: ZoneInfo | str) -> datetime:
    """The aware `moment` as the wall clock in `zone` shows it."""
    return moment.astimezone(zone_of(zone))


def day_of(moment: datetime, zone: ZoneInfo | str) -> int:
    """The day on the wall clock in `zone`, as Python numbers days."""
    return local(moment, zone).toordinal()


def readings(day: date, clock: time, zone: ZoneInfo | str) -> list[datetime]:
    """Every moment (UTC, in order) at which the wall clock in `zone` shows this.

    One on nearly all days, none within the hour that spring skips, two within the hour that autumn repeats.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone_of(zone))
    moments = {wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in moments if local(moment, zone).replace(tzinfo=None) == wall.replace(tzinfo=None))


def moment_of(day: date, clock: time, zone: ZoneInfo | str) -> datetime:
    """The one moment (UTC) that stands for this wall time.

    A wall time that spring skips becomes the first one that exists after it (02:30 goes at 03:00); of a wall time that
    autumn repeats the first is taken. So something daily happens exactly once on every day.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None))
    # A minute at a time: an hour at most nearly everywhere, a whole day where a country crossed the date line.
    while not (moments := readings(wall.date(), wall.time(), zone)):
        wall = wall.replace(second=0, microsecond=0) + MINUTE
    return moments[0]
