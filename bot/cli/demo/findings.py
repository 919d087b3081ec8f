"""After the play: somebody asks for the boards, the digests are read again, and all of it is compared."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.cli.demo.check import (
    SEVERAL,
    Line,
    Read,
    Span,
    check_board,
    check_comms_digest,
    check_digest,
    check_followed,
    check_own,
    check_places,
)
from bot.cli.demo.clock import START
from bot.cli.demo.followed import followed_by_person, followed_by_story
from bot.cli.demo.reading import HomeSaid, Reader, lines_of
from bot.cli.demo.script import ZONE
from bot.cli.demo.stage import Stage
from bot.sandbox.company import COMMS, GENERAL, GOOD_STORIES, MOOIE_VERHALEN
from bot.sandbox.ledger import CLOSED, GONE, Account
from bot.sandbox.staff_screen import story_link

Message = Mapping[str, Any]
LANGUAGES = {"en": "English", "nl": "Dutch"}
FRIDAY, THREE = 4, time(15)
"""When the admin of the demo lets the digest go out."""


@dataclass(frozen=True)
class Section:
    """Some lines of the check. `is_main`: shown in full; the others only when something is wrong."""

    title: str
    lines: list[Line]
    is_main: bool = False

    @property
    def is_right(self) -> bool:
        return all(line.is_right for line in self.lines)


@dataclass(frozen=True)
class Findings:
    """What was read, as lines, and what was compared."""

    digest: list[str]
    board: list[str]
    sections: list[Section]

    @property
    def is_right(self) -> bool:
        return all(section.is_right for section in self.sections)


class Finder:
    """Asks, reads and compares, at the end of the play."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._acts = stage, stage.sandbox.acts
        self._reader = Reader(stage.house.front.words)
        self._public = stage.staff.public.ledger
        self._titles = {story.link: story.title for story in stage.stories}

    def find(self) -> Findings:
        """Everything."""
        digests = self._digests(GOOD_STORIES)
        month, boards = self._boards()
        readers = self._followed()
        sections = [*boards, *self._digest_sections(), *self._comms_sections(), *readers, self._places()]
        return Findings(lines_of(digests[-1]) if digests else [], month, sections)

    # --- boards

    def _boards(self) -> tuple[list[str], list[Section]]:
        """The month and the week, asked for by one person of each language."""
        now = self._stage.clock()
        account = self._stage.staff.ledger.at(now + timedelta(seconds=1))
        read = Read(self._public, account)
        shown: list[str] = []
        sections = []
        for typed, span in (("", _month(now)), ("week", _week(now))):
            for language, name in LANGUAGES.items():
                asker = self._asker(account, read, span, language)
                message = self._ask(asker, typed)
                shown = shown or lines_of(message)
                lines = check_board(self._reader.board(message), read, span, asker)
                title = f"/passalong leaderboard {typed}".strip() + f", in {name}"
                sections.append(Section(title, lines, is_main=language == "en"))
        return shown, sections

    def _asker(self, account: Account, read: Read, span: Span, language: str) -> str:
        """Who reads that language and is read most: they read a line of their own as well."""
        tallies = read.tallies(span.start, span.end)
        staff = (self._stage.workspace.people[person.id] for person in self._stage.workspace.company.staff)
        people = [p for p in staff if p.language == language and p.guest != "single" and not p.deleted]
        still_in = [p for p in people if account.standing.get(p.id) not in GONE]
        return max(still_in or people, key=lambda person: (tallies[person.id], person.id)).id

    def _ask(self, asker: str, typed: str) -> Message:
        self._acts.command(asker, GENERAL, f"/passalong leaderboard {typed}".strip())
        self._stage.play.settle()
        return self._acts.ephemerals(asker)[-1]

    # --- digests

    def _digest_sections(self) -> Iterator[Section]:
        for channel, language in ((GOOD_STORIES, "en"), (MOOIE_VERHALEN, "nl")):
            digests = self._digests(channel)
            for message in digests:
                account, span = self._then(message)
                lines = check_digest(self._reader.digest(message), account, self._public, span, self._titles)
                is_main = language == "en" and message is digests[-1]
                yield Section(f"The digest of {_day(message)}, in {LANGUAGES[language]}", lines, is_main)

    def _comms_sections(self) -> Iterator[Section]:
        digests = [m for m in self._messages(COMMS) if self._reader.is_comms_digest(m)]
        for message in digests:
            account, span = self._then(message)
            lines = check_comms_digest(self._reader.comms_digest(message), account, self._public, span, self._titles)
            yield Section(f"The digest of {_day(message)}, for comms", lines, is_main=message is digests[-1])

    def _digests(self, channel: str) -> list[Message]:
        return [message for message in self._messages(channel) if self._reader.is_digest(message)]

    def _then(self, message: Message) -> tuple[Account, Span]:
        """How things stood when this digest went out, and the week it is about."""
        at = _time_of(message)
        return self._stage.staff.ledger.at(at), _digest_week(at)

    # --- readers

    def _followed(self) -> list[Section]:
        """Who followed links: by story, and by whose they are, of those who are there and are counted."""
        store, gone = self._stage.house.store, self._gone()
        by_story = {self._titles[story]: counts for story, counts in self._public.by_story().items()}
        by_person = {who: counts for who, counts in self._public.by_person().items() if who not in gone}
        on_home = self._home(self._stage.workspace.company.editors[0]).stories
        of_people = check_followed(self._named(followed_by_person(store, by_person)), self._named(by_person))
        shown = {title: by_story.get(title, Counter()) for title in on_home}
        return [
            Section(f"Links followed, by story: {SEVERAL}", check_followed(followed_by_story(store), by_story), True),
            Section(f"Links followed, by whose they are: {SEVERAL}", of_people),
            Section(f"Links followed, on the editors' Home: {SEVERAL}", check_followed(on_home, shown)),
            self._own_homes(),
        ]

    def _own_homes(self) -> Section:
        """What everybody who did something reads of themself."""
        account, now = self._stage.staff.ledger.at(self._stage.clock()), self._stage.clock()
        passed_along, followed = account.tallies(START, now), self._public.by_person()
        closed = {who for who, standing in account.standing.items() if standing == CLOSED}
        there = sorted({*passed_along, *followed} - self._gone() - closed)
        homes = {who: self._home(who) for who in there}
        lines = [Line(self._name(who), *both) for who, *both in check_own(homes, passed_along, followed)]
        return Section("What everybody reads of themself on Home", lines)

    def _gone(self) -> set[str]:
        standing = self._stage.staff.ledger.at(self._stage.clock()).standing
        return {who for who, stands in standing.items() if stands in GONE}

    def _name(self, who: str) -> str:
        return f"{self._stage.workspace.people[who].real_name} ({who})"

    def _named(self, counts: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
        return {self._name(who): found for who, found in counts.items()}

    def _home(self, who: str) -> HomeSaid:
        """What somebody reads on their Home."""
        self._acts.open_home(who)
        self._stage.play.work()
        return self._reader.home(self._acts.home(who) or {})

    # --- places

    def _places(self) -> Section:
        standing = Counter[tuple[str, str]]()
        for channel in self._stage.workspace.channels:
            for message in self._messages(channel):
                link = story_link(message) if _is_story(message) else None
                if link in self._titles:
                    standing[link, f"#{self._stage.workspace.channels[channel].name}"] += 1
        queued = {
            link: [f"#{self._stage.workspace.channels[channel].name}" for channel in channels]
            for link, channels in self._stage.staff.ledger.queued.items()
        }
        lines = check_places(queued, standing, self._waiting(), self._titles)
        return Section("Each story once in each of its channels", lines)

    def _waiting(self) -> set[str]:
        """What the list says is still to come."""
        editor = self._stage.workspace.company.editors[0]
        self._acts.command(editor, COMMS, "/passalong list")
        self._stage.play.settle()
        shown = "\n".join(lines_of(self._acts.ephemerals(editor)[-1]))
        return {link for link, title in self._titles.items() if title in shown}

    def _messages(self, channel: str) -> list[Message]:
        """The bot's, oldest first; no direct messages."""
        with self._stage.workspace.lock:
            place = self._stage.workspace.channels[channel]
            messages = list(place.messages.values()) if place.kind != "im" else []
        return [message for message in messages if message.get("user") == self._stage.workspace.bot_user]


def _is_story(message: Message) -> bool:
    return any(block.get("type") == "actions" for block in message.get("blocks", []))


def _month(now: datetime) -> Span:
    first = now.astimezone(ZONE).date().replace(day=1)
    return Span(datetime.combine(first, time(), ZONE), now + timedelta(seconds=1))


def _week(now: datetime) -> Span:
    today = now.astimezone(ZONE).date()
    monday = today - timedelta(days=today.weekday())
    return Span(datetime.combine(monday, time(), ZONE), now + timedelta(seconds=1))


def _digest_week(at: datetime) -> Span:
    """From one Friday at three to the next, on the company's clock."""
    local = at.astimezone(ZONE)
    friday = local.date() - timedelta(days=(local.weekday() - FRIDAY) % 7)
    start, end = (datetime.combine(day, THREE, ZONE) for day in (friday - timedelta(weeks=1), friday))
    return Span(start, end)


def _time_of(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), ZONE)


def _day(message: Message) -> str:
    return f"{_time_of(message):%-d %B}"
