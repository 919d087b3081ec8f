"""What tells one visitor from another, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import LENGTH, is_code, new_code
from bot.domain.local_time import day_of
from bot.domain.visitors import Salt, Visitor, hashes_of, household, plain_address, salt_time

SALT = Salt(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC), b"s" * 32)


def the_hash_of(*given):
    return hashes_of(*given)[0]


SOMEBODY = Visitor("198.51.100.1", "A browser")


@given(st.integers(0, 5_000_000), st.sampled_from(["daily", "monthly"]))
def test_every_moment_has_one_salt_and_they_follow_on_each_other(minutes, by):
    now = SALT.start + timedelta(minutes=minutes)
    start, end = salt_time(now, "Europe/Amsterdam", by)
    assert start <= now < end
    assert salt_time(end, "Europe/Amsterdam", by)[0] == end
    assert salt_time(end - timedelta(microseconds=1), "Europe/Amsterdam", by) == (start, end)
    assert end - start <= timedelta(days=31, hours=1)


def test_a_day_is_the_companys_own():
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert day_of(late, "Europe/Amsterdam") == day_of(late, "UTC") + 1
    assert salt_time(late, "Europe/Amsterdam", "daily")[0] == datetime(2026, 7, 1, 22, tzinfo=UTC)


def test_a_hash_is_the_same_for_the_same_and_for_nothing_else():
    same = the_hash_of(SALT, SOMEBODY, "link")
    assert same == the_hash_of(SALT, Visitor("198.51.100.1", "A browser"), "link")
    assert -(2**63) <= same < 2**63
    others = {
        the_hash_of(SALT, SOMEBODY, "another"),
        the_hash_of(SALT, Visitor("198.51.100.2", "A browser"), "link"),
        the_hash_of(SALT, Visitor("198.51.100.1", "Another"), "link"),
        the_hash_of(Salt(SALT.start, SALT.end, b"t" * 32), SOMEBODY, "link"),
    }
    assert len(others | {same}) == 5


def test_nobody_is_shown_by_accident():
    assert "198" not in repr(SOMEBODY)
    assert "browser" not in repr(SOMEBODY)
    assert "sss" not in repr(SALT)


@pytest.mark.parametrize(
    ("address", "of"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("fe80::1%eth0", "fe80::"),
        ("no:address", "no:address"),
        ("", ""),
    ],
)
def test_a_household(address, of):
    assert household(address) == of


def test_an_address_within_another():
    assert plain_address("::ffff:198.51.100.1") == "198.51.100.1"
    assert plain_address("2001:db8::1") == "2001:db8::1"


def test_codes():
    assert new_code(lambda letters: letters[-1]) == "z" * LENGTH
    assert is_code("0aZ" + "b" * 8)
    for text in ("", "a" * 10, "a" * 12, "a" * 10 + "\n", "a" * 10 + "é", "a" * 10 + "-"):
        assert not is_code(text)


def test_several_at_once_are_the_same_as_one_by_one():
    assert hashes_of(SALT, SOMEBODY, "a", "b") == [the_hash_of(SALT, SOMEBODY, "a"), the_hash_of(SALT, SOMEBODY, "b")]
