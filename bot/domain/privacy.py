"""What is kept of one person, in words they can check: so many of each kind, and how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.champions import Evidence
from bot.domain.home import Part
from bot.domain.leaderboard import PeriodName
from bot.domain.people import Standing
from bot.domain.retention import CLICKS, CRISES, CRISIS_READS, EDITOR_STEPS, IDEAS, INBOX, OWN_WORDS, SHARES
from bot.domain.set_aside import SetAside

PERIODS = (PeriodName.WEEK, PeriodName.MONTH, PeriodName.LAST_MONTH, PeriodName.QUARTER, PeriodName.DAYS)
"""Those that boards are made of."""


class Kind(StrEnum):
    """Kinds of things that are kept, in the order they are told."""

    PERSON = "person"
    SHARES = "shares"
    REACTIONS = "reactions"
    DEALT = "dealt"
    LINKS = "links"
    CLICKS = "clicks"
    TEXTS = "texts"
    INVITED = "invited"
    MESSAGES = "messages"
    EVENTS = "events"
    QUESTIONS = "questions"
    STEPS = "steps"
    CRISIS_STEPS = "crisis_steps"
    CRISIS_READS = "crisis_reads"
    QUEUED = "queued"
    IDEAS = "ideas"
    ANSWERED = "answered"
    EDITOR = "editor"


@dataclass(frozen=True)
class Keeping:
    """`table`: where it is counted. `after`: how long; None: until somebody says so."""

    table: str
    after: timedelta | None


KEPT: Mapping[Kind, Keeping] = {
    Kind.PERSON: Keeping("people", None),
    Kind.SHARES: Keeping("shares", SHARES),
    Kind.REACTIONS: Keeping("reactions", SHARES),
    Kind.DEALT: Keeping("dealt", SHARES),
    Kind.LINKS: Keeping("links", SHARES),
    Kind.CLICKS: Keeping("clicks", CLICKS),
    Kind.TEXTS: Keeping("link_texts", OWN_WORDS),
    Kind.INVITED: Keeping("invitations", None),
    Kind.MESSAGES: Keeping("deliveries", SHARES),
    Kind.EVENTS: Keeping("inbox", INBOX),
    Kind.QUESTIONS: Keeping("questions", SHARES),
    Kind.STEPS: Keeping("editor_steps", EDITOR_STEPS),
    Kind.CRISIS_STEPS: Keeping("crisis_steps", CRISES),
    Kind.CRISIS_READS: Keeping("crisis_reads", CRISIS_READS),
    Kind.QUEUED: Keeping("stories", EDITOR_STEPS),
    Kind.IDEAS: Keeping("idea_senders", IDEAS),
    Kind.ANSWERED: Keeping("ideas", IDEAS),
    Kind.EDITOR: Keeping("settings", None),
}


NOT_IN_THE_FILE = (
    "clicks: the moment of each, and those of colleagues one by one, by which you could tell who it was; here is the "
    "day of the others, and the sums by day of all",
    "what you are told in a crisis, while it waits its turn: whom it is for stands in it sealed, until it is sent",
    "questions you asked without your name: whose they are stands in them sealed, until they are closed",
    "the keyed hash by which your own browser is known until its key is destroyed: it cannot be found by your name",
)


@dataclass(frozen=True)
class Figures:
    """What boards count of one person in a period: stories they said they shared, and readers. Never added up."""

    period: PeriodName
    stories: int
    readers: int


@dataclass(frozen=True)
class OnTheList:
    """What comms' list of champions says of somebody by the end of a day (as Python numbers days): all of it.

    `place`: 0 for who is not on the list itself, but rises, or was on it lately (`has_badge`). `flags`: hints.
    """

    as_of: int
    place: int
    is_rising: bool
    has_badge: bool
    a_week: float
    word: str | None
    evidence: Evidence
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Privacy:
    """What somebody sees of what is kept of them. `kept`: how many of each kind, noughts left out.

    `figures`: by period, noughts left out. `readers`: so many their links brought in thirteen months.
    `counts_readers`: there is a public address, so links can be followed. `listed`: None for who is on no list.
    `team`: in whose sums they count. `from_files`: so many shares came along in a file. `is_totals_only`,
    `has_person_file`: what the company chose. `set_aside`: what an editor did not let count.
    `is_being_counted`: there is no list yet.
    """

    language: str
    part: Part
    standing: Standing
    kept: Mapping[Kind, int]
    figures: tuple[Figures, ...]
    readers: int
    counts_readers: bool
    listed: OnTheList | None = None
    team: str | None = None
    from_files: int = 0
    is_totals_only: bool = False
    has_person_file: bool = False
    set_aside: tuple[SetAside, ...] = ()
    is_being_counted: bool = False


def in_words(length: timedelta) -> tuple[str, int]:
    """How long, in the largest unit that fits: ("hours", 24), ("days", 30), ("months", 13)."""
    if length <= timedelta(days=1):
        return "hours", round(length / timedelta(hours=1))
    if length < timedelta(days=60):
        return "days", length.days
    return "months", round(length.days / (365.25 / 12))
