from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.slots import (
    NoSlots,
    Slot,
    SlotsNotUnderstood,
    format_slots,
    last_weekly,
    next_free,
    next_weekly,
    occurrences,
    parse_slots,
)

AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"
SUNDAY = 6


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Tue 9:00, Thu 9:00", (Slot(1, 9), Slot(3, 9))),
        ("do 9.00; di 09:30", (Slot(1, 9, 30), Slot(3, 9))),
        ("Dinsdag 9 uur en donderdag 14u30", (Slot(1, 9), Slot(3, 14, 30))),
        ("Fri 9am\nWednesday 12:15 pm and sun 12am", (Slot(2, 12, 15), Slot(4, 9), Slot(6, 0))),
        ("ma. 9", (Slot(0, 9),)),
        ("Tuesday at 9:00, di 9:00,", (Slot(1, 9),)),
        ("  ", ()),
    ],
)
def test_slots_are_read_in_english_and_dutch(text: str, slots: tuple[Slot, ...]) -> None:
    assert parse_slots(text) == slots


@pytest.mark.parametrize("piece", ["Tue", "9:00", "someday 9:00", "Tue 25:00", "Tue 9:60", "Tue 13pm", "Tue 9:00 x"])
def test_a_piece_that_is_no_slot_is_named(piece: str) -> None:
    with pytest.raises(SlotsNotUnderstood) as caught:
        parse_slots(f"Mon 8:00, {piece}")
    assert caught.value.piece == piece


any_slot = st.builds(Slot, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59))


@given(st.sets(any_slot, max_size=8), st.sampled_from(["en", "nl"]))
def test_written_slots_read_back_the_same(slots: set[Slot], language: str) -> None:
    assert set(parse_slots(format_slots(slots, language))) == slots


def test_slots_are_written_short() -> None:
    slots = [Slot(3, 14, 5), Slot(1, 9)]
    assert format_slots(slots) == "Tue 9:00, Thu 14:05"
    assert format_slots(slots, "nl") == "di 9:00, do 14:05"


@pytest.mark.parametrize("bad", [(7, 9, 0), (-1, 9, 0), (0, 24, 0), (0, 9, 60)])
def test_no_week_has_such_a_slot(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such time"):
        Slot(*bad)


@pytest.mark.parametrize(
    ("zone", "slot", "after", "expected"),
    [
        # The wall clock stays at nine, so UTC moves: spring.
        (AMSTERDAM, Slot(SUNDAY, 9), utc(2026, 3, 21), [utc(2026, 3, 22, 8), utc(2026, 3, 29, 7)]),
        (NEW_YORK, Slot(SUNDAY, 9), utc(2026, 2, 28), [utc(2026, 3, 1, 14), utc(2026, 3, 8, 13)]),
        # And autumn.
        (AMSTERDAM, Slot(SUNDAY, 9), utc(2026, 10, 17), [utc(2026, 10, 18, 7), utc(2026, 10, 25, 8)]),
        (NEW_YORK, Slot(SUNDAY, 9), utc(2026, 10, 24), [utc(2026, 10, 25, 13), utc(2026, 11, 1, 14)]),
        # 02:30 does not exist: 03:00 instead, and 02:30 again a week later.
        (AMSTERDAM, Slot(SUNDAY, 2, 30), utc(2026, 3, 28), [utc(2026, 3, 29, 1), utc(2026, 4, 5, 0, 30)]),
        (NEW_YORK, Slot(SUNDAY, 2, 30), utc(2026, 3, 7), [utc(2026, 3, 8, 7), utc(2026, 3, 15, 6, 30)]),
        # The hour that exists twice: the first, and not again an hour later.
        (AMSTERDAM, Slot(SUNDAY, 2, 30), utc(2026, 10, 24), [utc(2026, 10, 25, 0, 30), utc(2026, 11, 1, 1, 30)]),
        (NEW_YORK, Slot(SUNDAY, 1, 30), utc(2026, 10, 31), [utc(2026, 11, 1, 5, 30), utc(2026, 11, 8, 6, 30)]),
        # Asked between the two 02:30s.
        (AMSTERDAM, Slot(SUNDAY, 2, 30), utc(2026, 10, 25, 1, 0), [utc(2026, 11, 1, 1, 30), utc(2026, 11, 8, 1, 30)]),
    ],
)
def test_slots_keep_to_the_wall_clock(zone: str, slot: Slot, after: datetime, expected: list[datetime]) -> None:
    assert list(islice(occurrences([slot], zone, after), 2)) == expected


def test_slots_that_fall_together_in_spring_are_one_moment() -> None:
    slots = [Slot(SUNDAY, 2, 15), Slot(SUNDAY, 2, 30), Slot(SUNDAY, 3, 0)]
    moments = list(islice(occurrences(slots, AMSTERDAM, utc(2026, 3, 28)), 2))
    assert moments == [utc(2026, 3, 29, 1), utc(2026, 4, 5, 0, 15)]


def test_a_slot_on_a_day_a_country_skipped_goes_at_the_first_minute_after() -> None:
    friday = next(occurrences([Slot(4, 9)], "Pacific/Apia", utc(2011, 12, 29)))
    assert friday.astimezone(ZoneInfo("Pacific/Apia")).isoformat() == "2011-12-31T00:00:00+14:00"


def test_the_moment_itself_is_not_after_itself() -> None:
    assert next(occurrences([Slot(1, 9)], AMSTERDAM, utc(2026, 3, 3, 8))) == utc(2026, 3, 10, 8)
    assert next(occurrences([Slot(1, 9)], AMSTERDAM, utc(2026, 3, 3, 7, 59, 59))) == utc(2026, 3, 3, 8)


def test_a_week_without_slots_has_no_moments() -> None:
    assert list(occurrences([], AMSTERDAM, utc(2026, 3, 3))) == []
    with pytest.raises(NoSlots):
        next_free([], AMSTERDAM, utc(2026, 3, 3), [])


def test_next_free_passes_over_what_is_taken() -> None:
    slots = parse_slots("Tue 9:00, Thu 9:00")
    taken = {utc(2026, 3, 3, 8), utc(2026, 3, 10, 8)}
    assert next_free(slots, AMSTERDAM, utc(2026, 3, 2), taken) == utc(2026, 3, 5, 8)
    assert next_free(slots, AMSTERDAM, utc(2026, 3, 2), taken | {utc(2026, 3, 5, 8)}) == utc(2026, 3, 12, 8)


def test_the_weekly_moment_before_and_after() -> None:
    nine = utc(2026, 3, 27, 8)
    assert last_weekly(4, time(9), AMSTERDAM, nine) == nine
    assert last_weekly(4, time(9), AMSTERDAM, nine - timedelta(seconds=1)) == nine - timedelta(days=7)
    assert next_weekly(4, time(9), AMSTERDAM, nine) == utc(2026, 4, 3, 7)
    assert last_weekly(SUNDAY, time(2, 30), AMSTERDAM, utc(2026, 10, 25, 1, 30)) == utc(2026, 10, 25, 0, 30)
    assert last_weekly(SUNDAY, time(2, 30), AMSTERDAM, utc(2026, 3, 29, 1)) == utc(2026, 3, 29, 1)


ZONES = st.sampled_from([AMSTERDAM, NEW_YORK, "UTC", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana"])
MOMENTS = st.integers(0, 6 * 366 * 86400).map(lambda seconds: utc(2024, 1, 1) + timedelta(seconds=seconds))


@given(st.sets(any_slot, min_size=1, max_size=5), ZONES, MOMENTS)
def test_moments_only_go_forward_and_stand_at_their_wall_time(slots: set[Slot], zone: str, after: datetime) -> None:
    moments = list(islice(occurrences(slots, zone, after), 12))
    assert moments[0] > after
    assert all(earlier < later for earlier, later in pairwise(moments))
    for moment in moments:
        wall = moment.astimezone(ZoneInfo(zone))
        slot = Slot(wall.weekday(), wall.hour, wall.minute)
        assert slot in slots or _stands_in_for_a_skipped_one(wall, slots)
        assert wall.fold == 0


def _stands_in_for_a_skipped_one(wall: datetime, slots: set[Slot]) -> bool:
    """The minute before did not exist on this day, and a slot of the day stands in the hole."""
    before = wall.astimezone(UTC) - timedelta(minutes=1)
    start = before.astimezone(ZoneInfo(str(wall.tzinfo))).replace(tzinfo=None) + timedelta(minutes=1)
    hole = [start + timedelta(minutes=n) for n in range(int((wall.replace(tzinfo=None) - start).total_seconds() // 60))]
    return any(Slot(skipped.weekday(), skipped.hour, skipped.minute) in slots for skipped in hole)


@given(any_slot, ZONES, st.integers(2024, 2029))
def test_a_slot_comes_exactly_once_on_each_of_its_days(slot: Slot, zone: str, year: int) -> None:
    first = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
    moments = islice(occurrences([slot], zone, first.astimezone(UTC) - timedelta(seconds=1)), 52)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    start = date(year, 1, 1)
    start += timedelta(days=(slot.weekday - start.weekday()) % 7)
    assert days == [start + timedelta(weeks=week) for week in range(52)]


@given(any_slot, ZONES, MOMENTS)
def test_last_and_next_weekly_are_neighbours(slot: Slot, zone: str, at: datetime) -> None:
    last = last_weekly(slot.weekday, slot.clock, zone, at)
    assert last <= at < next_weekly(slot.weekday, slot.clock, zone, last)
    assert next_weekly(slot.weekday, slot.clock, zone, last - timedelta(seconds=1)) == last
