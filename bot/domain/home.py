"""App Home: what one person sees there."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digest import StoryCount
from bot.domain.people import Preferences, Standing
from bot.domain.setup import Channel, Setup
from bot.domain.shares import Share
from bot.domain.stories import Story


@dataclass(frozen=True)
class MyStory:
    """A story this person opened or shared, with what is known of it."""

    story: Story
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class EditorsHome:
    """What editors see below their own part."""

    setup: Setup
    channels: tuple[Channel, ...]
    queue: tuple[Story, ...]
    counts: tuple[StoryCount, ...]
    is_admin: bool


@dataclass(frozen=True)
class Home:
    """Everything on one person's Home. `standing` is None for somebody who was deleted or never did anything."""

    user: str
    language: str
    zone: str
    now: datetime
    standing: Standing
    is_known: bool
    preferences: Preferences
    fresh: tuple[Story, ...]
    mine: tuple[MyStory, ...]
    said: int
    editors: EditorsHome | None
    support: str | None = None
