"""A crisis: what is true of it while it lasts, who was told, and how it ends. Times are UTC."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from bot.domain.crisis_scenario import EVERYONE, Scenario, ScenarioText, places

# Where a sentence begins: at the start of a line, or after the end of another, perhaps in quotation marks.
_BEGINS = re.compile(r"""(?:^|\n|[.!?…]["'”’)]*\s+)[\s"'“‘(]*$""")

LONGEST_UPDATE = 1_200
LONGEST_LESSONS = 3_000
MOST_IN_LIST = 20
"""Answered questions that stand in the message; the page has them all."""
LIVE_FOR = timedelta(days=30)
"""Messages of stories that went out before are not greyed out one by one; sharing them waits all the same."""


class CrisisState(StrEnum):
    """`ASKED`: it waits for a second editor, and nothing has stopped yet. `CALLED_OFF`: nobody confirmed it."""

    ASKED = "asked"
    OPEN = "open"
    ENDED = "ended"
    CALLED_OFF = "called_off"


class Did(StrEnum):
    """What stands in the log."""

    ASKED = "asked"
    CALLED_OFF = "called_off"
    STARTED = "started"
    FILLED = "filled"
    ASKED_TO_TELL = "asked_to_tell"
    TOLD = "told"
    TOLD_CHANNELS = "told_channels"
    TOLD_PEOPLE = "told_people"
    NOT_TOLD = "not_told"
    PUBLISHED = "published"
    UPDATED = "updated"
    ANSWERED = "answered"
    TICKED = "ticked"
    UNTICKED = "unticked"
    POSTED_OUTSIDE = "posted_outside"
    SLIPPED = "slipped"
    REMINDED = "reminded"
    ENDED = "ended"
    LESSONS = "lessons"
    PUT_BACK = "put_back"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Crisis:
    """A crisis as it is remembered.

    `scenario`: the slug of its file. `page`: the last part of its page's address; of a rehearsal one that nobody
    guesses. `topics`: whose stories are greyed out, None: all, (): none. `next_update`: minutes. `asked_by`,
    `started_by`, `tell_asked_by`, `told_by`: keys of editors. `filled_at`: when no places were left.
    `channel`, `ts`: where its card stands, in the comms channel. `version` goes up with every change; `changed_at`:
    when what the page says changed last.
    """

    id: int
    scenario: str
    page: str
    is_rehearsal: bool
    state: CrisisState
    topics: tuple[str, ...] | None
    next_update: int
    is_published: bool
    asked_by: str | None
    asked_at: datetime
    started_by: str | None
    started_at: datetime | None
    filled_at: datetime | None
    tell_asked_by: str | None
    told_by: str | None
    told_at: datetime | None
    next_update_at: datetime | None
    ended_at: datetime | None
    lessons: str | None
    channel: str | None
    ts: str | None
    version: int
    published_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is CrisisState.OPEN

    @property
    def stops_promotion(self) -> bool:
        """Whether promotion stands still because of it; a rehearsal stops nothing."""
        return self.is_open and not self.is_rehearsal


@dataclass(frozen=True)
class CrisisText:
    """What is said, in one language. `text` has no places left once it is filled in.

    `contact`: lines for the public page: whom press and customers can turn to.
    """

    text: ScenarioText
    contact: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """Its language."""
        return self.text.language

    @property
    def places(self) -> tuple[str, ...]:
        """What is still to be filled in, in the order in which it is read."""
        return places("\n".join([*_sent(self.text), *self.contact]))

    def with_words(self, statement: str | None, contact: tuple[str, ...] | None) -> "CrisisText":
        """With another statement and contact; None: as they were."""
        text = self.text if statement is None else replace(self.text, statement=statement)
        return CrisisText(text, self.contact if contact is None else contact)

    def with_lines(
        self,
        known: tuple[str, ...] | None = None,
        unknown: tuple[str, ...] | None = None,
        doing: tuple[str, ...] | None = None,
    ) -> "CrisisText":
        """With what is known, not known and done now; None: as it was."""
        old = self.text
        text = replace(
            old,
            known=old.known if known is None else known,
            unknown=old.unknown if unknown is None else unknown,
            doing=old.doing if doing is None else doing,
        )
        return replace(self, text=text)


@dataclass(frozen=True)
class CrisisAudience:
    """Whom it is told, as settled at the start: ids of user groups and channels.

    `owed`: messages owed to people, `told` those that arrived, `unreachable` those that Slack refused for good; for
    channels the number of people in them is in `told`. `first_at`, `last_at`: between the first message and the last.
    `reminded_at`: an editor asked to remind those who had not read it; `reminded`: so many, None: not made yet.
    """

    key: str
    names: Mapping[str, str]
    leads: Mapping[str, str]
    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    is_direct: bool = False
    gathered_at: datetime | None = None
    owed: int = 0
    told: int = 0
    unreachable: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    reminded_at: datetime | None = None
    reminded: int | None = None

    @property
    def is_everyone(self) -> bool:
        """All channels in which stories go out."""
        return self.key == EVERYONE


@dataclass(frozen=True)
class CrisisUpdate:
    """What is known since: a text a language, by whom (a key)."""

    at: datetime
    texts: Mapping[str, str]
    by: str | None = None


@dataclass(frozen=True)
class CrisisAnswer:
    """A question that was answered for everyone; nobody's name is with it."""

    at: datetime
    language: str
    question: str
    answer: str


@dataclass(frozen=True)
class CrisisStep:
    """A line of the log. `by`: the key of who did it; None: Passalong itself, or a former colleague."""

    at: datetime
    did: Did
    by: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CrisisPost:
    """Where it stands in a channel, and in which language."""

    channel: str
    ts: str
    audience: str
    language: str
    is_pinned: bool = False


@dataclass(frozen=True)
class Known:
    """All that is known of a crisis: for its card, its windows, its page and its log.

    `texts` in the order of the scenario, `audiences` most affected first, `updates` and `answers` oldest first.
    """

    crisis: Crisis
    texts: tuple[CrisisText, ...]
    audiences: tuple[CrisisAudience, ...]
    updates: tuple[CrisisUpdate, ...] = ()
    answers: tuple[CrisisAnswer, ...] = ()
    posts: tuple[CrisisPost, ...] = ()
    ticked: frozenset[int] = frozenset()
    """Numbers of steps of the checklist that are done, from 0."""
    outside: frozenset[str] = frozenset()
    """Keys of the outside channels and communities on which it was posted."""
    links: Mapping[str, str | None] = field(default_factory=dict)
    """Where one posts, by that key."""

    def text(self, language: str) -> CrisisText:
        """In this language, or in the first there is."""
        return next((text for text in self.texts if text.language == language), self.texts[0])


@dataclass(frozen=True)
class Reach:
    """How one audience was reached: numbers, never who. `median`: from being told to *I've read this*.

    `read_by`: how many had read it so many minutes after it was told, for each of `READ_MINUTES` that is over.
    """

    audience: CrisisAudience
    told: int
    read: int
    median: timedelta | None
    read_by: tuple[tuple[int, int], ...] = ()


READ_MINUTES = (5, 15, 30, 60, 120, 240)


@dataclass(frozen=True)
class Progress:
    """Of messages to people: how many there are, how many arrived, and how long it takes from here; None: not known."""

    owed: int
    done: int
    left: timedelta | None


@dataclass(frozen=True)
class PageUpdate:
    """A dated update of the page, in one language."""

    at: datetime
    text: str


@dataclass(frozen=True)
class PageText:
    """The page in one language. `answers`: question and answer, with the language they are in."""

    language: str
    title: str
    statement: str
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    doing: tuple[str, ...]
    contact: tuple[str, ...]
    updates: tuple[PageUpdate, ...]
    answers: tuple[CrisisAnswer, ...]


@dataclass(frozen=True)
class PageFacts:
    """All that the public page of a crisis says. Updates and answers have the newest first; times are UTC.

    `page`: the last part of its address. `company`: whose page it is. `zone`: in which its times are written.
    `changed_at`: when anything on it changed last. `is_current`: it is the one that `/now` shows.
    """

    page: str
    texts: tuple[PageText, ...]
    company: str
    zone: str
    published_at: datetime
    changed_at: datetime
    next_update_at: datetime | None
    ended_at: datetime | None
    is_rehearsal: bool
    is_current: bool

    def text(self, language: str) -> PageText:
        """In this language, or in the first there is."""
        return next((text for text in self.texts if text.language == language), self.texts[0])


def lot_of_reads(crisis_id: int) -> str:
    """By which the marks of those who read this one are made, so that they are no marks in another."""
    return f"crisis:{crisis_id}"


def filled(text: CrisisText, given: Mapping[str, str]) -> CrisisText:
    """With what the editor wrote in the places; a place that got nothing stays as it is.

    What is written as in the middle of a sentence gets its capital where one begins with it.
    """

    def fill(line: str) -> str:
        for place in places(line):
            words = given.get(place, "").strip()
            if words:
                line = _put_in(line, place, words)
        return line

    def all_of(lines: Sequence[str]) -> tuple[str, ...]:
        return tuple(fill(line) for line in lines)

    old = text.text
    new = replace(
        old,
        statement=fill(old.statement),
        page_title=fill(old.page_title),
        known=all_of(old.known),
        unknown=all_of(old.unknown),
        doing=all_of(old.doing),
        say=all_of(old.say),
        dont_say=all_of(old.dont_say),
        send_to=all_of(old.send_to),
        audiences=tuple(replace(one, lead=fill(one.lead)) for one in old.audiences),
        outside=tuple(replace(one, text=fill(one.text)) for one in old.outside),
    )
    return CrisisText(new, all_of(text.contact))


ADDRESS = ("address of the page", "adres van de pagina")
"""The one place that is known beforehand, once there is a public page."""
INSIDE = ("colleague", "collega")
"""Whom a line is for that begins like this; it is not for a page that everybody reads."""


def _put_in(line: str, place: str, words: str) -> str:
    """An address stays as it is, wherever it stands."""
    capital = words if words.partition(" ")[0].count("/") else words[:1].upper() + words[1:]
    first, *others = line.split(f"[{place}]")
    for rest in others:
        first += (capital if _BEGINS.search(first) else words) + rest
    return first


def text_of_scenario(text: ScenarioText, address: str = "") -> CrisisText:
    """As the scenario has it. Contact for the page: whom others are sent to; the editor looks it through.

    `address`: that of the page, where it is known.
    """
    contact = tuple(line for line in text.send_to if not line.lower().startswith(INSIDE))
    return filled(CrisisText(text, contact), dict.fromkeys(ADDRESS, address))


def audiences_of(scenario: Scenario) -> tuple[CrisisAudience, ...]:
    """As the scenario has them, with names of groups and channels still as in the file."""

    def one(key: str, groups: tuple[str, ...], channels: tuple[str, ...], *, is_direct: bool) -> CrisisAudience:
        said = {t.language: a for t in scenario.texts for a in t.audiences if a.key == key}
        names = {language: text.name for language, text in said.items()}
        leads = {language: text.lead for language, text in said.items()}
        return CrisisAudience(key, names, leads, groups, channels, is_direct)

    return tuple(one(a.key, a.groups, a.channels, is_direct=a.is_direct) for a in scenario.audiences)


def reach_of(audience: CrisisAudience, told_at: datetime, reads: Sequence[datetime], now: datetime) -> Reach:
    """How this audience was reached. `reads`: when each of those who did said that they had read it."""
    times = [max(read - told_at, timedelta()) for read in reads]
    half = timedelta(seconds=median(time.total_seconds() for time in times)) if times else None
    over = [minutes for minutes in READ_MINUTES if now - told_at >= timedelta(minutes=minutes)]
    by = tuple((minutes, sum(time <= timedelta(minutes=minutes) for time in times)) for minutes in over)
    return Reach(audience, max(audience.told, len(times)), len(times), half, by)


def progress_of(audiences: Sequence[CrisisAudience]) -> Progress:
    """From the rate that was measured: so many arrived between the first and the last."""
    direct = [one for one in audiences if one.is_direct]
    owed, done = sum(one.owed for one in direct), sum(one.told + one.unreachable for one in direct)
    firsts = [one.first_at for one in direct if one.first_at]
    lasts = [one.last_at for one in direct if one.last_at]
    if done < 2 or not firsts or not lasts or max(lasts) <= min(firsts):
        return Progress(owed, done, None)
    each = (max(lasts) - min(firsts)) / (done - 1)
    return Progress(owed, done, each * max(0, owed - done))


def _sent(text: ScenarioText) -> list[str]:
    lines = [text.statement, text.page_title, *text.known, *text.unknown, *text.doing, *text.say, *text.dont_say]
    leads = [one.lead for one in text.audiences]
    return [*lines, *text.send_to, *leads, *(one.text for one in text.outside)]
