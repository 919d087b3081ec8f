"""The pace of many messages: against limits that it is not told, with clocks that jump, and never in a flood."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.pace import BACK, FIRST, LEAST, MOST, SECOND, Pace
from bot.sandbox import PostLimits, Workspace, make_company
from bot.sandbox.web_api.call import TooFast
from bot.sandbox.web_api.limits import Limits
from tests.conftest import SteppingClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

Limit = Callable[[float], int]
"""Asked at a second: 0, or for how many seconds to wait."""


def sliding(most: int, window: int = 60) -> Limit:
    """So many in any window."""
    taken: deque[float] = deque()

    def ask(at: float) -> int:
        while taken and at - taken[0] >= window:
            taken.popleft()
        if len(taken) >= most:
            return max(1, math.ceil(window - (at - taken[0])))
        taken.append(at)
        return 0

    return ask


def fixed(most: int, window: int = 60, begins: int = 0) -> Limit:
    """So many in each window; the first is `begins` seconds old."""
    taken: dict[int, int] = {}

    def ask(at: float) -> int:
        number = int((at + begins) // window)
        if taken.get(number, 0) >= most:
            return max(1, math.ceil((number + 1) * window - at - begins))
        taken[number] = taken.get(number, 0) + 1
        return 0

    return ask


def bucket(a_minute: int, size: int) -> Limit:
    """A bucket of this size that fills up by so many a minute."""
    state = [0.0, float(size)]

    def ask(at: float) -> int:
        state[:] = at, min(float(size), state[1] + (at - state[0]) * a_minute / 60)
        if state[1] < 1:
            return math.ceil((1 - state[1]) * 60 / a_minute)
        state[1] -= 1
        return 0

    return ask


@dataclass
class Run:
    """What came of it: seconds since the start, of each message that went and of each that was refused."""

    went: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)

    @property
    def share_refused(self) -> float:
        return len(self.refused) / (len(self.went) + len(self.refused))


def run(messages: int, limit: Limit = lambda _: 0, answer_takes: float = 0.0) -> Run:
    done, now = Run(), NOON
    while len(done.went) < messages:
        now = done.pace.next_at(now)
        at = (now - NOON) / SECOND
        wait = limit(at)
        done.pace = done.pace.too_many(now, wait) if wait else done.pace.sent(now)
        (done.refused if wait else done.went).append(at)
        now += timedelta(seconds=answer_takes)
    return done


@pytest.mark.parametrize(
    ("limit", "ideal"),
    [
        (lambda: sliding(300), 2000),
        (lambda: fixed(300), 2000),
        (lambda: fixed(300, begins=37), 2000),
        (lambda: bucket(300, 60), 2000),
        (lambda: bucket(300, 5), 2000),
        (lambda: sliding(600), 1000),
        (lambda: sliding(150), 4000),
        (lambda: sliding(8, window=1), 1250),
    ],
    ids=[
        "sliding",
        "fixed",
        "fixed, in its middle",
        "bucket",
        "small bucket",
        "twice as many",
        "half",
        "by the second",
    ],
)
def test_ten_thousand_take_little_longer_than_the_limit_allows(limit: Callable[[], Limit], ideal: float) -> None:
    done = run(10_000, limit())
    assert done.went[-1] <= 1.15 * ideal
    assert done.share_refused < 0.02


def test_against_the_sandbox_where_it_is_noted_before_the_answer_is_known() -> None:
    clock, pace = SteppingClock(NOON), Pace()
    workspace = Workspace(make_company(4, 1), clock)
    workspace.post_limits = PostLimits(a_minute=300)
    limits, went = Limits(workspace), 0
    while went < 5_000:
        now = clock.to(pace.next_at(clock()))
        pace = pace.sent(now)
        try:
            limits.count_post(f"D{went}")
        except TooFast as fast:
            pace = pace.too_many(now, fast.retry_after)
        else:
            went += 1
    assert clock() - NOON <= 1.15 * timedelta(seconds=1_000)
    assert limits.too_many["chat.postMessage"] < 0.02 * 5_000


def test_the_way_there_and_back_is_the_same_over_a_slow_line() -> None:
    done = run(3_000, sliding(300), answer_takes=0.15)
    assert done.went[-1] <= 1.15 * 600
    assert done.share_refused < 0.02


def test_it_finds_the_limit_again_when_that_has_changed() -> None:
    limits = [sliding(300), sliding(900)]
    done = run(9_000, lambda at: limits[at > 600](at))
    assert 2_850 < sum(at < 600 for at in done.went) <= 3_000
    assert done.went[-1] < 1_200, "as it was, it would take until 1,800"


def test_without_a_limit_it_climbs_to_its_own_and_no_further() -> None:
    done = run(4_000)
    assert done.refused == []
    assert done.pace.rate == MOST
    assert most_within_a_second(done.went) <= MOST + 1
    assert [sum(at < seconds for at in done.went) for seconds in (0.9, 10, 20)] == [1, 26, 93]


def test_the_first_ten_seconds_bring_it_to_several_hundred_a_minute() -> None:
    done = run(30)
    assert 5 < done.pace.rate < 6.5


def most_within_a_second(times: list[float]) -> int:
    window: deque[float] = deque()
    most = 0
    for at in times:
        window.append(at)
        while round(at - window[0], 6) >= 1:
            window.popleft()
        most = max(most, len(window))
    return most


steps = st.lists(
    st.tuples(st.floats(0, 3), st.sampled_from(["send", "send", "send", "send", "no"]), st.integers(0, 40)),
    min_size=1,
    max_size=150,
)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_never_more_within_a_second_than_the_rate_and_one(taken: list[tuple[float, str, int]]) -> None:
    pace, now = Pace(), NOON
    went: list[tuple[datetime, float]] = []
    for wait, what, seconds in taken:
        now += timedelta(seconds=wait)
        if what == "no":
            pace = pace.too_many(now, seconds)
            assert not pace.may_send(now) or seconds == 0
        # As many as may go at this moment, as a job does that comes round from time to time.
        while pace.may_send(now):
            went.append((now, pace.rate))
            pace = pace.sent(now)
            within = [rate for at, rate in went if now - at < SECOND]
            assert len(within) <= max(within) + 1
        assert LEAST <= pace.rate <= MOST
        assert pace.next_at(now) > now
        assert pace.may_send(pace.next_at(now))
        assert not pace.may_send(pace.next_at(now) - timedelta(microseconds=2))


@given(steps, st.floats(1.1, 1e6))
@settings(max_examples=40, deadline=None)
def test_a_clock_that_goes_back_blocks_nothing(taken: list[tuple[float, str, int]], back: float) -> None:
    pace, now = Pace(), NOON
    for wait, what, seconds in taken:
        now = max(pace.next_at(now), now + timedelta(seconds=wait))
        pace = pace.too_many(now, seconds) if what == "no" else pace.sent(now)
    # As far as the longest wait and more, so that it does not come into one that still goes on.
    before = now - timedelta(seconds=back + 40)
    now = pace.next_at(before)
    assert now - before < 2 * SECOND
    for _ in range(5):
        pace = pace.sent(now)
        now = pace.next_at(now)
    assert now - before <= 2 * SECOND + 5 * SECOND / LEAST, "nothing but its own pace holds it"


def test_a_clock_that_goes_back_while_slack_wants_us_to_wait() -> None:
    pace = Pace().sent(NOON).too_many(NOON, 60)
    before = NOON - HOUR
    assert pace.may_send(before)
    pace = pace.sent(before)
    assert pace.next_at(before) - before <= SECOND / pace.rate
    assert pace.may_send(NOON + timedelta(seconds=1)), "and the old no has no say when that time comes again"


def test_a_clock_that_goes_a_little_back_lets_no_more_go() -> None:
    pace = Pace().sent(NOON)
    assert not pace.may_send(NOON - timedelta(milliseconds=1))
    assert pace.too_many(NOON, 60).next_at(NOON - timedelta(milliseconds=1)) == NOON + timedelta(seconds=60)


def test_a_clock_that_goes_ahead_lets_a_second_go_at_once_and_no_more() -> None:
    pace, now, went = run(400).pace, NOON + HOUR, 0
    while pace.may_send(now):
        pace, went = pace.sent(now), went + 1
    assert went == int(pace.rate)


def test_after_a_no_it_waits_and_comes_back_a_little_slower() -> None:
    pace = run(200).pace
    held = pace.too_many(NOON + HOUR, 30)
    until = NOON + HOUR + timedelta(seconds=30)
    assert held.next_at(NOON + HOUR) == until
    assert not held.may_send(until - timedelta(microseconds=1))
    assert held.rate == pytest.approx(pace.rate * BACK)
    after = held.sent(until)
    assert not after.may_send(until), "what comes after a wait is no burst"


def test_the_same_no_said_twice_counts_once() -> None:
    once = run(200).pace.too_many(NOON + HOUR, 30)
    twice = once.too_many(NOON + HOUR + timedelta(seconds=1), 20)
    assert twice.rate == once.rate
    assert twice.next_at(NOON + HOUR) == once.next_at(NOON + HOUR)
    longer = once.too_many(NOON + HOUR + timedelta(seconds=1), 90)
    assert longer.rate == once.rate
    assert longer.next_at(NOON + HOUR) == NOON + HOUR + timedelta(seconds=91)


def test_what_went_before_the_no_was_heard_does_not_end_the_wait() -> None:
    held = Pace().too_many(NOON, 30)
    assert held.sent(NOON + timedelta(milliseconds=200)).next_at(NOON + SECOND) == NOON + timedelta(seconds=30)


def test_no_after_no_it_still_tries() -> None:
    pace, now = Pace(), NOON
    for _ in range(50):
        now = pace.next_at(now)
        pace = pace.too_many(now, 1)
    assert pace.rate == LEAST
    assert pace.next_at(now) == now + SECOND


def test_it_climbs_by_what_was_sent_and_not_by_waiting() -> None:
    pace = Pace()
    for hour in range(5):
        pace = pace.sent(NOON + hour * HOUR)
    assert pace.rate <= FIRST * 2
