"""The weekly digest: what travelled, who passed it on by name, what is coming."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.champions import Evidence
from bot.domain.clicks import Followed
from bot.domain.hook_week import HookWeek
from bot.domain.leaderboard import Measure, Tally, by_name, ranked
from bot.domain.picture import Picture
from bot.domain.questions import Dialogue
from bot.domain.setup import WeeklyTime
from bot.domain.slots import last_weekly
from bot.domain.stories import Story
from bot.domain.voice_report import VoiceReport

MOST_NAMES = 5
MOST_TOP = 5
MOST_COMING = 7
MOST_STORIES = 10
MOST_CAPTIONS = 3
MOST_UNWANTED = 5
MOST_FREE = 7
MOST_CHAMPIONS = 5
MOST_RISING = 5
RISES_FROM = 2
"""One story more than none is not a rise yet."""

PATIENCE = timedelta(days=2)
"""How late a digest may be; after that it is skipped."""

SETTLING = timedelta(days=1)
"""A story gets this long before it can be called unwanted."""


@dataclass(frozen=True)
class Week:
    """From `start` up to, and without, `end` (UTC): from one digest's time to the next."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class StoryCount:
    """A story with how many different people are known to have opened a share page, and said they shared it.

    `followed`: what their personal links brought; it is never added to the other two.
    """

    story: Story
    opened: int
    said: int
    followed: Followed = field(default_factory=Followed)


@dataclass(frozen=True)
class CaptionCount:
    """A ready text, its story's title, and how many people went to a network with it."""

    title: str
    text: str
    people: int


@dataclass(frozen=True)
class StaffDigest:
    """For a channel. Names are of those who agreed; `others` and `other_newcomers` are counted without a name.

    `people` and `times`: so many passed along, so often (a person and a story count once, whatever the networks).
    `readers`: what personal links brought; None where nobody can follow one. It is never added to the others.
    `team`: the one with most readers a head. `has_nobodys`: among all these readers are some who count for no person.
    """

    week: Week
    thanks: tuple[str, ...]
    others: int
    newcomers: tuple[str, ...]
    other_newcomers: int
    risers: tuple[str, ...]
    top: tuple[StoryCount, ...]
    people: int
    times: int
    coming: tuple[Story, ...]
    readers: int | None = None
    picture: Picture | None = None
    team: str | None = None
    has_nobodys: bool = False

    @property
    def measure(self) -> Measure:
        """What says how far a story travelled; in a week without a reader that is what colleagues say, as ever."""
        return Measure.READ if self.readers else Measure.SAID


@dataclass(frozen=True)
class Praised:
    """Somebody whom readers follow, as comms reads it. `name`: None for who is counted without one."""

    name: str | None
    score: float
    evidence: Evidence


@dataclass(frozen=True)
class Following:
    """Whom readers follow, as of yesterday evening: the first of the list, and who else is new on it since a month.

    `more_rising`: how many of those were left out. `concentration`: how many people bring how much of a hundred.
    `is_totals_only`: the company shows nobody's figures, so there are none here.
    """

    champions: tuple[Praised, ...] = ()
    rising: tuple[str | None, ...] = ()
    more_rising: int = 0
    concentration: tuple[int, int] | None = None
    is_totals_only: bool = False


@dataclass(frozen=True)
class CommsDigest:
    """For the comms channel: the same week, with what worked and what nobody wanted.

    `more` is how many stories were left out; `is_paused`: nothing goes out, so free slots are not listed;
    `has_slots`: there are moments of the week that could be free. `followed`: who followed personal links, to whatever
    story; None where nobody can. `has_nobodys`: among all these readers are some who count for no person.
    `dialogue`: what colleagues asked. `media`: what was found in the media. `voice`: whether stories that sound like
    people went further, if known.
    """

    week: Week
    stories: tuple[StoryCount, ...]
    more: int
    people: int
    times: int
    captions: tuple[CaptionCount, ...]
    unwanted: tuple[Story, ...]
    free_slots: tuple[datetime, ...]
    is_paused: bool
    has_slots: bool = True
    followed: Followed | None = None
    picture: Picture | None = None
    following: Following = field(default_factory=Following)
    dialogue: Dialogue = field(default_factory=Dialogue)
    voice: VoiceReport | None = None
    has_nobodys: bool = False
    media: HookWeek = field(default_factory=HookWeek)

    @property
    def readers(self) -> int | None:
        """What personal links brought."""
        return None if self.followed is None else self.followed.readers


@dataclass(frozen=True)
class Thanks:
    """Whom a week's digest names, and how many it only counts."""

    names: tuple[str, ...]
    others: int
    newcomers: tuple[str, ...]
    other_newcomers: int
    risers: tuple[str, ...]


def week_until(weekly: WeeklyTime, zone: str, end: datetime) -> Week:
    """The week up to `end`. On the wall clock, so a week in which the clocks change has no gap and no overlap."""
    return Week(last_weekly(weekly.weekday, weekly.at, zone, end - timedelta(microseconds=1)), end)


def week_up_to_now(weekly: WeeklyTime | None, zone: str, now: datetime) -> Week:
    """The week that the next digest will be about, as far as it has come; seven days where no digest is set."""
    if weekly is None:
        return Week(now - timedelta(days=7), now)
    return week_until(weekly, zone, now)


def is_too_late(due: datetime, now: datetime) -> bool:
    """Whether this digest is old news."""
    return now - due > PATIENCE


def thank(tallies: Sequence[Tally], known: Collection[int], before: Sequence[Mapping[int, int]]) -> Thanks:
    """Whom to thank.

    Args:
        tallies: this week's, of everybody who takes part.
        known: person ids of those among them who passed something along before this week.
        before: for each of the weeks before, stories by person id.

    Somebody rises who passes along two or more, and more than in any of the weeks before. As newcomers and as rising,
    those are named first who were not thanked by name yet, so that more people are.
    """
    names = ranked(tallies)
    thanked = names[:MOST_NAMES]
    unthanked_first = names[MOST_NAMES:] + thanked
    newcomers = _names(tally for tally in unthanked_first if tally.person_id not in known)
    risers = _names(tally for tally in unthanked_first if may_rise(tally, known) and _rises(tally, before))
    new = sum(tally.person_id not in known for tally in tallies)
    return Thanks(
        names=tuple(tally.name or "" for tally in thanked),
        others=len(tallies) - len(thanked),
        newcomers=newcomers,
        other_newcomers=new - len(newcomers),
        risers=risers,
    )


def travelled_furthest(counts: Sequence[StoryCount]) -> tuple[StoryCount, ...]:
    """The stories with most readers; in a week without any, those that most people passed along. No zero rows."""
    read = [count for count in counts if count.followed.readers]
    return by_reach(read or [count for count in counts if count.said])[:MOST_TOP]


def by_reach(counts: Iterable[StoryCount]) -> tuple[StoryCount, ...]:
    """Most readers first, then most said, then most opened, then by title: one after the other, never added up."""
    return tuple(sorted(counts, key=_reach))


def _reach(count: StoryCount) -> tuple[int, int, int, str, int]:
    return -count.followed.readers, -count.said, -count.opened, by_name(count.story.title), count.story.id


def all_followed(counts: Iterable[StoryCount]) -> Followed:
    """Who followed links to any of these stories."""
    found = [count.followed for count in counts]
    return Followed(*(sum(getattr(one, each.name) for one in found) for each in fields(Followed)))


def may_rise(tally: Tally, known: Collection[int]) -> bool:
    """Whether it is worth looking at the weeks before."""
    return tally.count >= RISES_FROM and tally.person_id in known


def _rises(tally: Tally, before: Sequence[Mapping[int, int]]) -> bool:
    return tally.count > max((week.get(tally.person_id, 0) for week in before), default=0)


def _names(tallies: Iterable[Tally]) -> tuple[str, ...]:
    """The first five, in the order of the alphabet: here nobody is ahead."""
    return tuple(sorted((tally.name or "" for tally in islice(tallies, MOST_NAMES)), key=by_name))
