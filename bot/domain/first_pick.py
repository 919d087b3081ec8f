"""First pick: what goes out soon, for those whom readers follow. They hear of it; nothing goes out before its time."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.stories import Story

AHEAD = timedelta(days=2)
"""How far they look into the queue."""
MOST = 5
WAITS = timedelta(days=31)
"""A story that was put off for longer than this is one nobody waits for any more."""


@dataclass(frozen=True)
class Pick:
    """A story that is to come. `is_asked`: they are told the moment it is out."""

    story: Story
    is_asked: bool
