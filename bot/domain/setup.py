"""What an admin sets in Slack. Every part has a sensible default, so that each step can be skipped."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from hashlib import sha256

from bot.domain.problems import EditedMeanwhile, NotForYou
from bot.domain.slots import Slot


@dataclass(frozen=True)
class WeeklyTime:
    """A moment of the week: 0 is Monday."""

    weekday: int
    at: time


class TeamsFrom(StrEnum):
    """Where it is known from who is in which team."""

    FILE = ""
    """As people.csv said, if it was ever imported."""
    GROUPS = "groups"
    """User groups of Slack, in the admin's order."""
    FIELD = "field"
    """A field of people's Slack profiles."""


@dataclass(frozen=True)
class Setup:
    """The company's choices. `disclosure` is by language; an empty line means that none is offered.

    `without_stories`: channels of which an admin said that no stories go there, so that none is taken for a new one.
    `team_groups` are ids of user groups, `team_field` is the id of a profile field.
    `totals_only`: nobody's figures or name are shown to others. `champions_channel`: where champions are asked to join.
    `person_file`: editors may have a file with a row a person. `crisis_needs_two`: a second editor confirms its start.
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
    teams_from: TeamsFrom = TeamsFrom.FILE
    team_groups: tuple[str, ...] = ()
    team_field: str | None = None
    totals_only: bool = False
    champions_channel: str | None = None
    person_file: bool = False
    crisis_needs_two: bool = False
    paused: bool = False
    version: int = 0


@dataclass(frozen=True)
class Channel:
    """A channel that stories go to. `is_gone`: archived, deleted, or the bot was taken out."""

    id: str
    name: str
    language: str
    is_gone: bool = False


class Step(StrEnum):
    """The steps of the set-up, in order."""

    CHANNELS = "channels"
    TIMES = "times"
    COMMS = "comms"
    SHARING = "sharing"
    DIGEST = "digest"

    @property
    def number(self) -> int:
        """1 to 5."""
        return list(Step).index(self) + 1

    @property
    def next(self) -> "Step | None":
        """The step after this one; None after the last."""
        return next(iter(list(Step)[self.number :]), None)

    @property
    def before(self) -> "Step | None":
        """The step before this one; None before the first."""
        return list(Step)[self.number - 2] if self.number > 1 else None


PARTS: dict[Step, tuple[str, ...]] = {
    Step.TIMES: ("slots", "zone"),
    Step.COMMS: (
        "comms_channel",
        "comms_language",
        "editors",
        "editor_group",
        "editors_by_channel",
        "champions_channel",
        "person_file",
        "crisis_needs_two",
    ),
    Step.SHARING: ("company", "disclosure", "share_emojis"),
    Step.DIGEST: ("digest", "teams_from", "team_groups", "team_field", "totals_only"),
}
"""What each step sets; the channels are rows of their own."""


class SetupEditedMeanwhile(EditedMeanwhile):
    """Another admin changed this step since it was opened here."""

    word = "setup.edited_meanwhile"


class AdminsOnly(NotForYou):
    """Somebody else asked for what admins do."""

    word = "setup.admins_only"


def mark_of(setup: Setup, step: Step) -> str:
    """A short mark of what a step says, to see whether somebody changed it meanwhile. Other steps do not matter."""
    return _mark([(name, getattr(setup, name)) for name in PARTS[step]])


def mark_of_channels(channels: Iterable[Channel], shown: Iterable[str]) -> str:
    """The same for the channels that were shown."""
    languages = {channel.id: channel.language for channel in channels if not channel.is_gone}
    return _mark([(channel, languages.get(channel)) for channel in sorted(shown)])


def _mark(values: Iterable[tuple[str, object]]) -> str:
    plain = [(name, sorted(value.items()) if isinstance(value, dict) else value) for name, value in values]
    return sha256(repr(plain).encode()).hexdigest()[:16]
