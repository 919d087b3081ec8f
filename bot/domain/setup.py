"""What an admin sets in Slack. Every part has a sensible default, so that each step can be skipped."""

from dataclasses import dataclass, field
from datetime import time

from bot.domain.slots import Slot


@dataclass(frozen=True)
class WeeklyTime:
    """A moment of the week: 0 is Monday."""

    weekday: int
    at: time


@dataclass(frozen=True)
class Setup:
    """The company's choices. `disclosure` is by language; an empty line means that none is offered.

    `without_stories`: channels of which an admin said that no stories go there, so that none is taken for a new one.
    """

    zone: str = "Europe/Amsterdam"
    slots: tuple[Slot, ...] = (Slot(1, 9, 0), Slot(2, 9, 0), Slot(3, 9, 0))
    comms_channel: str | None = None
    comms_language: str = "en"
    digest: WeeklyTime | None = WeeklyTime(4, time(15, 0))
    share_emojis: tuple[str, ...] = ("mega",)
    company: str = ""
    disclosure: dict[str, str] = field(default_factory=dict)
    editors: tuple[str, ...] = ()
    editor_group: str | None = None
    editors_by_channel: bool = True
    without_stories: tuple[str, ...] = ()
    paused: bool = False
    version: int = 0


@dataclass(frozen=True)
class Channel:
    """A channel that stories go to. `is_gone`: archived, deleted, or the bot was taken out."""

    id: str
    name: str
    language: str
    is_gone: bool = False
