"""What editors see and say while there is a crisis: what their windows show, and what they hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.crisis import Known
from bot.domain.crisis_scenario import Scenario
from bot.domain.problems import NotForYou, Problem
from bot.domain.stories import Story


@dataclass(frozen=True)
class ReadyScenario:
    """A scenario that can be started. `kept_at`: its file is broken now, and this is how it was then (UTC)."""

    scenario: Scenario
    kept_at: datetime | None = None


@dataclass(frozen=True)
class CrisisDesk:
    """What `/passalong crisis` shows: what goes on, and what could be started.

    `current`: the crisis that is open, or waits for a second editor; `rehearsal` the same of a rehearsal. `held`: so
    many stories wait to be looked at since the last crisis ended.
    """

    ready: tuple[ReadyScenario, ...]
    current: Known | None
    rehearsal: Known | None
    held: int


@dataclass(frozen=True)
class StartSheet:
    """What a second tap would do. `queued`: so many stories would wait, `live`: so many be greyed out.

    `topics`: all there are. `unnamed`: keys of audiences for which the file names neither groups nor channels.
    `unknown`: names of groups and channels in the file that Slack does not have. `groups`: id and name of user groups.
    `needs_second`: a second editor has to confirm before anything stops.
    """

    ready: ReadyScenario
    is_rehearsal: bool
    queued: int
    live: int
    topics: tuple[str, ...]
    unnamed: tuple[str, ...]
    unknown: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    needs_second: bool


@dataclass(frozen=True)
class NamedAudience:
    """Whom the editor means by an audience: ids of user groups and channels."""

    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class StartWish:
    """What is started. `topics` None: those of the file."""

    slug: str
    is_rehearsal: bool
    named: Mapping[str, NamedAudience] = field(default_factory=dict)
    topics: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Started:
    """`was_there`: somebody started one before. `is_asked`: it waits for a second editor."""

    known: Known
    was_there: bool = False
    is_asked: bool = False


@dataclass(frozen=True)
class FillWish:
    """What was filled in, by language; `places`: what stands in each place. `next_update`: minutes."""

    places: Mapping[str, Mapping[str, str]]
    statements: Mapping[str, str]
    contacts: Mapping[str, tuple[str, ...]]
    next_update: int


@dataclass(frozen=True)
class UpdateWish:
    """An update by language: what is new, and what is known, not known and done now. `next_update` None: none."""

    texts: Mapping[str, str]
    known: Mapping[str, tuple[str, ...]]
    unknown: Mapping[str, tuple[str, ...]]
    doing: Mapping[str, tuple[str, ...]]
    next_update: int | None


@dataclass(frozen=True)
class HeldStory:
    """A story that waits to be looked at. `was_live`: it stands greyed out in its channels."""

    story: Story
    was_live: bool


@dataclass(frozen=True)
class Review:
    """All stories that wait to be looked at, oldest first. `is_over`: the crisis is, so they can be put back."""

    held: tuple[HeldStory, ...]
    is_over: bool


class NoCrisis(Problem):
    """There is none, or this one is over."""

    word = "crisis.problem.none"


class CrisisOn(Problem):
    """Promotion stands still because of a crisis, so this waits."""

    word = "crisis.problem.on"


class OnHold(Problem):
    """The story is on hold because of a crisis, so nobody passes it along just now."""

    word = "crisis.problem.on_hold"


class NotFilledIn(Problem):
    """There are still places to fill in; `places` are named in the sentence."""

    word = "crisis.problem.not_filled"


class ToldAlready(Problem):
    """It was told; what is new is an update."""

    word = "crisis.problem.told"


class ChangedMeanwhile(Problem):
    """A colleague changed the texts since this person looked at them."""

    word = "crisis.problem.changed"


class NotToldYet(Problem):
    """Nobody was told yet, so this comes later."""

    word = "crisis.problem.not_told"


class SomebodyElse(Problem):
    """A second editor has to do this: not the one who asked."""

    word = "crisis.problem.somebody_else"


class NoScenario(Problem):
    """The scenario is not there any more."""

    word = "crisis.problem.no_scenario"


class NobodyToTell(Problem):
    """An audience has neither groups nor channels yet."""

    word = "crisis.problem.nobody"


class RemindedBefore(Problem):
    """They are reminded once, and were."""

    word = "crisis.problem.reminded"


class NotForCrisis(NotForYou):
    """Somebody without the role asked for the crisis."""

    word = "crisis.problem.not_for_you"
