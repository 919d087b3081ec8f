"""Which overdue stories go out now, and which wait."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.catching_up import is_late, split_overdue
from bot.domain.stories import Story, StoryState

NOW = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)


def story(number: int, hours_late: float, *channels: str, best_before: datetime | None = None) -> Story:
    return Story(
        id=number,
        link="https://example.com",
        title=str(number),
        sentence="",
        language="en",
        captions=(),
        background="",
        topics=(),
        image=None,
        alt=None,
        commercial=False,
        best_before=best_before,
        channels=channels,
        due_at=NOW - timedelta(hours=hours_late),
        slug=None,
        state=StoryState.QUEUED,
        version=1,
        queued_by=None,
        posted_at=None,
        not_for_me=0,
    )


@pytest.mark.parametrize(
    ("due", "going"),
    [
        ([], []),
        ([story(1, 0, "a")], [1]),
        ([story(1, 1, "a"), story(2, 0, "a")], [1, 2]),  # a short silence: as if nothing happened
        ([story(1, 3, "a"), story(2, 0, "a")], [1]),
        ([story(1, 72, "a"), story(2, 48, "a"), story(3, 24, "a")], [1]),
        ([story(1, 72, "a"), story(2, 48, "b")], [1, 2]),
        ([story(1, 72, "a", "b"), story(2, 48, "b", "c"), story(3, 24, "c")], [1, 3]),
        ([story(1, 72, "a", best_before=NOW), story(2, 48, "a"), story(3, 24, "a")], [1, 2]),
        ([story(1, 72, "a"), story(2, 48, "a", best_before=NOW)], [1, 2]),  # expired ones take nobody's place
        ([story(1, 72), story(2, 48)], [1, 2]),  # no channels: nothing to burst
    ],
)
def test_a_channel_that_waited_long_gets_one_story(due, going):
    now, later = split_overdue(due, NOW)
    assert [s.id for s in now] == going
    assert sorted(s.id for s in [*now, *later]) == [s.id for s in due]


def test_without_patience_all_but_the_first_wait():
    now, later = split_overdue([story(1, 0, "a"), story(2, 0, "a")], NOW, patience=timedelta(seconds=-1))
    assert ([s.id for s in now], [s.id for s in later]) == ([1], [2])


def test_late_is_more_than_two_hours():
    assert not is_late(story(1, 2, "a"), NOW)
    assert is_late(story(1, 2.01, "a"), NOW)
