"""What staff asks comms, with their name or without, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

LONGEST = 3000
"""Of a question and of an answer: as much as one block of Slack's shows."""
LONGEST_HEARD = 1500
MOST_LISTED = 10
MOST_DILEMMAS = 10


class QuestionState(StrEnum):
    """`CLOSED`: without an answer, with a reason. `WITHDRAWN`: whoever asked had everything of theirs deleted."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class QuestionKind(StrEnum):
    """`DILEMMA`: it is an answer, to what a story asks; all of them are settled by one outcome."""

    QUESTION = "question"
    DILEMMA = "dilemma"


class Why(StrEnum):
    """Why a question is closed without an answer; editors may add words of their own."""

    NOT_YET = "not_yet"
    NOT_OURS = "not_ours"
    BEFORE = "before"
    IN_PERSON = "in_person"


@dataclass(frozen=True)
class Asked:
    """What somebody sends in. `lot`: the form it came from, drawn by lot. `may_stand`: it may stand under the story.

    `crisis_id`: it is about a crisis; then it may stand in the list that everybody sees.
    """

    lot: str
    story_id: int | None
    text: str
    is_named: bool
    may_stand: bool
    kind: QuestionKind = QuestionKind.QUESTION
    crisis_id: int | None = None


@dataclass(frozen=True)
class Settled:
    """How an editor settles it: with an answer, or with a reason and words if they like.

    `stands`: question and answer are for everyone, if the asker agreed. `window`: the one it was written in. `listed`:
    how the question reads in the list of a crisis, without a trace of who asked.
    """

    state: QuestionState
    words: str
    window: str
    reason: Why | None = None
    stands: bool = False
    listed: str = ""


@dataclass(frozen=True)
class Question:
    """A question as it is remembered. Times are UTC.

    `text` None: it is not kept any more. `person_id`: of who asked with their name. `sealed`: the Slack id of who asked
    without, which opens with `lot`. `settled_by`: the key of an editor. `channel`, `ts`: where its card stands;
    `thread`: the card that it stands under, of answers to a dilemma but the first, and in a crisis (`crisis_id`).
    """

    id: int
    lot: str
    story_id: int | None
    text: str | None
    person_id: int | None
    sealed: str | None
    may_stand: bool
    state: QuestionState
    version: int
    asked_at: datetime
    answer: str | None
    reason: Why | None
    stands: bool
    settled_by: str | None
    settled_in: str | None
    settled_at: datetime | None
    channel: str | None
    ts: str | None
    kind: QuestionKind = QuestionKind.QUESTION
    thread: str | None = None
    crisis_id: int | None = None

    @property
    def is_dilemma(self) -> bool:
        """Whether it says what somebody would do."""
        return self.kind is QuestionKind.DILEMMA

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is QuestionState.OPEN


@dataclass(frozen=True)
class Dialogue:
    """For comms' digest: how many wait and since when the first of them (UTC); how many were answered this week.

    `half_within`: the median time from question to answer; None without an answer. `dilemmas`: so many that colleagues
    answered wait for what comes of them.
    """

    waiting: int = 0
    oldest: datetime | None = None
    answered: int = 0
    half_within: timedelta | None = None
    dilemmas: int = 0


def half_within(times: Sequence[timedelta]) -> timedelta | None:
    """The median; None of nothing."""
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def in_round_figures(length: timedelta) -> tuple[str, int]:
    """How long, in the unit people would use: ("minutes", 40), ("hours", 5), ("days", 3); never none at all."""
    if length < timedelta(minutes=90):
        return "minutes", max(1, round(length / timedelta(minutes=1)))
    if length < timedelta(hours=36):
        return "hours", round(length / timedelta(hours=1))
    return "days", round(length / timedelta(days=1))
