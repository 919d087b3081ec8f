"""The editors' other files: weeks, teams and topics, in totals; people only where the company said so."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.actions.desk import Desk
from bot.actions.export_stories import EVERY, sheet
from bot.actions.find_champions import Champion, Champions, find_champions, shown_champions
from bot.actions.show_home import count_stories
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.champions import WEEK
from bot.domain.local_time import day_of, moment_of
from bot.domain.setup import Setup
from bot.domain.sheet_cells import defused
from bot.domain.what_worked import by_topic
from bot.store import boards, editor_steps, stories, what_worked
from bot.store import setup as setup_store
from bot.store.engine import Connection

WEEKS = 57
"""Thirteen months: no share is kept longer with its person, and so no total of a week is right longer."""
Rows = list[list[object]]


class Sheet(StrEnum):
    """The files. `PEOPLE` holds those on the list who are named, and is made only with the company's switch on."""

    WEEKS = "weeks"
    TEAMS = "teams"
    TOPICS = "topics"
    PEOPLE = "people"


COLUMNS: Mapping[Sheet, tuple[str, ...]] = {
    Sheet.WEEKS: ("week", "stories", "opened", "said", "readers"),
    Sheet.TEAMS: ("team", "heads", "took_part", "readers", "a_head"),
    Sheet.TOPICS: ("topic", "stories", "opened", "said", "readers", "not_for_me"),
    Sheet.PEOPLE: ("place", "name", "a_week", "word", "shares", "readers", "story"),
}


def export_figures(desk: Desk, asker: Asker, say: Callable[[str], str], now: datetime) -> Mapping[Sheet, bytes]:
    """Each file as CSV (see `export_stories.sheet`). `say`: a column, or the word for how much there is to go by.

    Cells about readers stay empty where no link can be followed. Raises NotForYou.
    """
    require_editor(asker)

    def work(connection: Connection) -> dict[Sheet, Rows]:
        setup = setup_store.load_setup(connection)
        # Whoever exports has heard that it takes its time, so what is not kept yet is counted here.
        champions = shown_champions(connection, now) or find_champions(connection, day_of(now, setup.zone) - 1)
        found = _Figures(connection, setup, bool(desk.public_url), now, champions)
        sheets = {Sheet.WEEKS: found.weeks(), Sheet.TEAMS: found.teams(), Sheet.TOPICS: found.topics()}
        return sheets | ({Sheet.PEOPLE: found.people(say)} if found.may_have_people else {})

    found = desk.store.read(work)
    if Sheet.PEOPLE in found:
        desk.store.write(lambda connection: _note(connection, desk, asker, now))
    return {name: sheet([[say(column) for column in COLUMNS[name]], *rows]) for name, rows in found.items()}


def _note(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> None:
    person = remember(connection, desk, asker.profile, now)
    editor_steps.note(connection, person.key if person else None, "export_people", now)


@dataclass(frozen=True)
class _Figures:
    connection: Connection
    setup: Setup
    counts_readers: bool
    now: datetime
    champions: Champions

    @property
    def may_have_people(self) -> bool:
        return self.setup.person_file and not self.setup.totals_only

    def weeks(self) -> Rows:
        """From the first in which anything happened, by the Monday it begins on; the last one is under way."""
        this = _monday(day_of(self.now, self.setup.zone))
        mondays = range(this - WEEK * (WEEKS - 1), this + 1, WEEK)
        readers: Counter[int] = Counter()
        for day, number in what_worked.readers_by_day(self.connection, mondays[0]).items():
            readers[_monday(day)] += number
        rows = [self._week(monday, readers[monday]) for monday in mondays]
        first = next((place for place, row in enumerate(rows) if any(row[1:])), len(rows) - 1)
        return rows[first:]

    def _week(self, monday: int, readers: int) -> list[object]:
        start, end = (self._moment(day) for day in (monday, monday + WEEK))
        totals = boards.story_totals_within(self.connection, start, end).values()
        out = len(boards.posted_within(self.connection, start, end))
        opened, said = (sum(total[which] for total in totals) for which in (0, 1))
        return [date.fromordinal(monday).isoformat(), out, opened, said, self._readers(readers)]

    def teams(self) -> Rows:
        """Those of five or more."""
        return [
            [
                defused(one.name),
                one.heads,
                "" if one.told_part is None else one.told_part,
                one.readers,
                round(a_head, 4),
            ]
            for one, a_head in self.champions.teams
            if one.readers
        ]

    def topics(self) -> Rows:
        """Of all stories that stand."""
        found = by_topic(count_stories(self.connection, stories.posted(self.connection, EVERY)))
        return [
            [defused(one.name), one.stories, one.opened, one.said, self._readers(one.readers), one.not_for_me]
            for one in found
        ]

    def people(self, say: Callable[[str], str]) -> Rows:
        """The list of champions as comms sees it, those without a name left out."""
        listed = self.champions.listed
        return [_person(place, one, say) for place, one in enumerate(listed, 1) if one.candidate.name]

    def _readers(self, number: int) -> object:
        return number if self.counts_readers or number else ""

    def _moment(self, day: int) -> datetime:
        return moment_of(date.fromordinal(day), datetime.min.time(), self.setup.zone)


def _person(place: int, one: Champion, say: Callable[[str], str]) -> list[object]:
    name, found = defused(one.candidate.name or ""), one.evidence
    word = say(one.word) if one.word else ""
    figures = [found.shares, found.readers, defused(found.story)]
    return [place, name, round(one.candidate.score, 2), word, *figures]


def _monday(day: int) -> int:
    """The first day of its week; the first of all days was a Monday."""
    return day - (day - 1) % WEEK
