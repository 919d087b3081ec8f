"""The weekly digest: what travelled, who passed it on by name, what is coming."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.stories import Story


@dataclass(frozen=True)
class StoryCount:
    """A story with how many different people are known to have opened a share page, and said they shared it."""

    story: Story
    opened: int
    said: int


@dataclass(frozen=True)
class StaffDigest:
    """For a channel. `start` and `end` are UTC; `thanks` holds names of those who agreed, five at most."""

    start: datetime
    end: datetime
    thanks: tuple[str, ...]
    unnamed: int
    first_timers: tuple[str, ...]
    risers: tuple[str, ...]
    top: tuple[StoryCount, ...]
    people: int
    said: int
    coming: tuple[Story, ...]


@dataclass(frozen=True)
class CommsDigest:
    """For the comms channel: the same week, with what worked and what nobody wanted."""

    start: datetime
    end: datetime
    stories: tuple[StoryCount, ...]
    people: int
    said: int
    opened: int
    captions: tuple[tuple[str, str, int], ...]
    unwanted: tuple[Story, ...]
    free_slots: tuple[datetime, ...]
