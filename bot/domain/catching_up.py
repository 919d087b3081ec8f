"""Stories whose time passed while nothing could be posted: which go out now, and which wait for another slot."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.stories import Story

PATIENCE = timedelta(hours=2)
"""How late a story may be and still go out with others, as if nothing happened."""


def split_overdue(
    due: Iterable[Story],
    now: datetime,
    patience: timedelta = PATIENCE,
    had_late: Mapping[str, datetime] | None = None,
) -> tuple[list[Story], list[Story]]:
    """Stories to post now and stories to put off; `due` is in the order of their times.

    A channel that waited longer than `patience` gets its first story now, and no others at the same moment. What is
    past its best-before is among the first, and takes nobody's place. `had_late`: channels that got one that late
    already, and when; what was due before that had to wait with it.
    """
    had = had_late or {}
    going: list[Story] = []
    later: list[Story] = []
    served: set[str] = set()
    for story in due:
        waited_too = any(story.due_at is not None and story.due_at < had.get(c, story.due_at) for c in story.channels)
        if (waited_too or served.intersection(story.channels)) and not story.is_over(now):
            later.append(story)
            continue
        going.append(story)
        if is_late(story, now, patience) and not story.is_over(now):
            served.update(story.channels)
    return going, later


def is_late(story: Story, now: datetime, patience: timedelta = PATIENCE) -> bool:
    """Whether the story's time is over for longer than that."""
    return story.due_at is not None and now - story.due_at > patience
