from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet_hours import QuietHours, quiet_until, tomorrow_morning

AMSTERDAM = "Europe/Amsterdam"
NIGHT = QuietHours(time(22), time(8))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, utc(2026, 3, 3, 20, 59), None),
        (NIGHT, utc(2026, 3, 3, 21, 0), utc(2026, 3, 4, 7)),
        (NIGHT, utc(2026, 3, 3, 23, 30), utc(2026, 3, 4, 7)),
        (NIGHT, utc(2026, 3, 4, 6, 59, 59), utc(2026, 3, 4, 7)),
        (NIGHT, utc(2026, 3, 4, 7), None),
        (QuietHours(time(12), time(13, 30)), utc(2026, 3, 4, 11, 15), utc(2026, 3, 4, 12, 30)),
        (QuietHours(time(12), time(13, 30)), utc(2026, 3, 4, 12, 30), None),
        (QuietHours(time(12), time(12)), utc(2026, 3, 4, 11), None),
        # The nights on which the clocks change, an hour shorter and an hour longer.
        (NIGHT, utc(2026, 3, 28, 22), utc(2026, 3, 29, 6)),
        (NIGHT, utc(2026, 10, 24, 22), utc(2026, 10, 25, 7)),
        # An end that does not exist.
        (QuietHours(time(22), time(2, 30)), utc(2026, 3, 29, 0, 59), utc(2026, 3, 29, 1)),
        # An end that exists twice: quiet again in the second round.
        (QuietHours(time(22), time(2, 30)), utc(2026, 10, 25, 0, 15), utc(2026, 10, 25, 0, 30)),
        (QuietHours(time(22), time(2, 30)), utc(2026, 10, 25, 0, 45), None),
        (QuietHours(time(22), time(2, 30)), utc(2026, 10, 25, 1, 15), utc(2026, 10, 25, 1, 30)),
    ],
)
def test_quiet_ends_when_the_wall_clock_says_so(quiet: QuietHours, now: datetime, until: datetime | None) -> None:
    assert quiet_until(quiet, AMSTERDAM, now) == until


TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
MOMENTS = st.integers(0, 6 * 366 * 86400).map(lambda seconds: utc(2024, 1, 1) + timedelta(seconds=seconds))
ZONES = st.sampled_from([AMSTERDAM, "America/New_York", "UTC", "Australia/Lord_Howe"])


@given(TIMES, TIMES, ZONES, MOMENTS)
def test_whoever_waits_until_then_is_not_quiet_then(start: time, end: time, zone: str, now: datetime) -> None:
    quiet = QuietHours(start, end)
    until = quiet_until(quiet, zone, now)
    assert (until is None) == (not quiet.covers(now.astimezone(ZoneInfo(zone)).time()))
    if until is not None:
        assert now < until <= now + timedelta(hours=26)
        assert quiet_until(quiet, zone, until) is None


@pytest.mark.parametrize(
    ("now", "at", "expected"),
    [
        (utc(2026, 3, 3, 15), time(9), utc(2026, 3, 4, 8)),
        (utc(2026, 3, 3, 23, 30), time(9), utc(2026, 3, 5, 8)),  # past midnight in Amsterdam
        (utc(2026, 3, 28, 12), time(9), utc(2026, 3, 29, 7)),
        (utc(2026, 3, 28, 12), time(2, 30), utc(2026, 3, 29, 1)),
        (utc(2026, 10, 24, 12), time(9), utc(2026, 10, 25, 8)),
    ],
)
def test_tomorrow_morning_is_on_the_persons_own_wall_clock(now: datetime, at: time, expected: datetime) -> None:
    assert tomorrow_morning(AMSTERDAM, now, at) == expected
