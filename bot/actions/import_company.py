"""Take over a company's history from files: people, shares and who followed them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bot.actions.rebuild_scores import rebuild_scores
from bot.domain.company_files import CLICKS, PEOPLE, SHARES, BadRow, Click, PersonRow, ShareRow
from bot.domain.first_visits import FirstVisits
from bot.domain.local_time import zone_of
from bot.domain.people import Standing
from bot.domain.retention import CLICKS as SINGLE_CLICKS
from bot.domain.setup import Setup, TeamsFrom
from bot.sources import company_folder
from bot.store import company, keys, team_rest, teams
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store

AT_ONCE = 5_000
"""Rows in one transaction: whoever writes meanwhile waits for it."""
T = TypeVar("T")
Tell = Callable[[BadRow], None]


@dataclass
class Imported:
    """What came of each file: how many rows were taken, passed over because somebody does not take part, or are bad.

    `refused`: files of which nothing was taken, and those that could not be looked at without them.
    """

    taken: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    readers: int = 0


def import_company(
    store: Store, folder: Path, salt_by: str, now: datetime, tell: Tell, *, skip_bad: bool = False
) -> Imported:
    """Bring in what is in `folder`. Twice is the same as once; of a share that is in it, clicks.csv is the truth.

    `salt_by`: "daily" or "monthly", as visitors are told apart here. `tell` hears of each bad row; unless `skip_bad`
    nothing of a file that has one is taken, nor of those that rest on it. Raises DatabaseTrouble.
    """
    return _Import(store, folder, salt_by, now, tell, skip_bad).run()


@dataclass
class _Import:
    store: Store
    folder: Path
    salt_by: str
    now: datetime
    tell: Tell
    skip_bad: bool
    done: Imported = field(default_factory=Imported)
    rows: dict[str, PersonRow] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    """Of everybody who may have a share, by this file or from before."""
    sharing: set[str] = field(default_factory=set)
    """Who has a share in this file."""
    passed_over: set[str] = field(default_factory=set)
    """Shares of people who do not take part, and those that were minted here."""

    def run(self) -> Imported:
        steps = ((PEOPLE, self._people), (SHARES, self._shares), (CLICKS, self._clicks))
        for file, step in steps:
            # Without the people nobody can tell whose shares these are, and so on.
            if self.done.refused:
                if (self.folder / file).is_file():
                    self.done.refused.append(file)
            elif not step():
                self.done.refused.append(file)
        self._keep_staff()
        rebuild_scores(self.store, self.now)
        return self.done

    def _keep_staff(self) -> None:
        """How many work here. Where everybody has a share, as in an export of ours, the others were left out."""
        if PEOPLE not in self.done.refused and self.rows.keys() - self.sharing:
            numbers = Counter(row.team or "" for row in self.rows.values())
            self._write(partial(self._keep_teams, numbers))

    def _keep_teams(self, numbers: Mapping[str, int], connection: Connection) -> None:
        teams.keep_staff(connection, numbers, self.now)
        team_rest.forget_small(connection)

    def _people(self) -> bool:
        rows = self._good(PEOPLE, company_folder.read_people(self.folder))
        if rows is None:
            return False
        self.rows = {row.person: row for row in rows}
        before, forgotten = self.store.read(self._who_is_here)
        self.standings = self._with_file(before, forgotten)
        # Who has no share gets no row. That somebody does not want to be counted is kept all the same.
        self._put_people(row for row in rows if row.person in before or row.standing is Standing.OUT)
        self.done.taken[PEOPLE] = len(rows)
        return True

    def _write(self, work: Callable[[Connection], None]) -> None:
        self.store.write(lambda connection: work(connection))

    def _who_is_here(self, connection: Connection) -> tuple[dict[str, Standing], set[str]]:
        return company.standings(connection), keys.forgotten_among(connection, self.rows)

    def _with_file(self, before: Mapping[str, Standing], forgotten: set[str]) -> dict[str, Standing]:
        """Where everybody stands. Out is who said so here, or there."""
        found = dict(before)
        for person, row in self.rows.items():
            if person not in before or row.standing is Standing.OUT:
                found[person] = row.standing
        return found | dict.fromkeys(forgotten, Standing.OUT)

    def _put_people(self, rows: Iterable[PersonRow]) -> None:
        for some in _chunks(rows):
            self._write(partial(self._put, some))

    def _put(self, rows: Sequence[PersonRow], connection: Connection) -> None:
        # Looked up once more: whoever has themselves deleted at this moment waits for us, or we for them.
        forgotten = keys.forgotten_among(connection, [row.person for row in rows])
        setup = setup_store.load_setup(connection)
        rows = [_as_set_up(row, setup) for row in rows if row.person not in forgotten]
        company.put_people(connection, rows, setup.zone, self.now, totals_only=setup.totals_only)

    def _shares(self) -> bool:
        rows = self._good(SHARES, map(self._of_somebody, company_folder.read_shares(self.folder)))
        if rows is None:
            return False
        here, ours = self.store.read(lambda connection: company.shares_here(connection, [row.share for row in rows]))
        self.sharing = {row.person for row in rows}
        out = {row.share for row in rows if self.standings[row.person] is Standing.OUT}
        self.passed_over = out | ours
        new = [row for row in rows if row.share not in here and row.share not in self.passed_over]
        new_here = {row.person for row in new}
        self._put_people(row for row in self.rows.values() if row.person in new_here)
        self._put_shares(new)
        self.done.taken[SHARES], self.done.left_out[SHARES] = len(rows) - len(self.passed_over), len(self.passed_over)
        return True

    def _of_somebody(self, row: ShareRow | BadRow) -> ShareRow | BadRow:
        if isinstance(row, BadRow) or row.person in self.standings:
            return row
        return BadRow(SHARES, row.line, f"there is nobody called {row.person!r} in {PEOPLE}")

    def _put_shares(self, rows: Sequence[ShareRow]) -> None:
        titles = dict(sorted((row.story, row.title) for row in rows))
        story_ids = self.store.write(lambda connection: company.stories_called(connection, titles, self.now))
        zone = zone_of(self.store.read(setup_store.load_setup).zone)
        for some in _chunks(rows):
            self._write(partial(company.add_shares, rows=some, story_ids=story_ids, zone=zone))

    def _clicks(self) -> bool:
        visits = FirstVisits(self.salt_by)
        here = self.store.read(company.known_shares)
        for row in company_folder.read_clicks(self.folder):
            if isinstance(row, BadRow):
                self._note(row)
            else:
                self._count(visits, here, row)
        if self._is_refused(CLICKS):
            return False
        people = dict(here.values())
        for some in _chunks(visits.readers().items()):
            found = {link: (people[link], by_day) for link, by_day in some}
            since = self.now - SINGLE_CLICKS
            self._write(partial(company.put_readers, found=found, until=visits.last_day, ledger_since=since))
            self.done.readers += sum(sum(by_day.values()) for _, by_day in some)
        return True

    def _count(self, visits: FirstVisits, here: Mapping[str, tuple[int, int]], click: Click) -> None:
        line, share, visitor, second = click
        if share in self.passed_over:
            self.done.left_out[CLICKS] += 1
        elif (link := here.get(share)) is not None:
            visits.add(link[0], link[1] or -link[0], visitor, second)
            self.done.taken[CLICKS] += 1
        else:
            self._note(BadRow(CLICKS, line, f"there is no share called {share!r} in {SHARES}"))

    def _good(self, file: str, rows: Iterable[T | BadRow]) -> list[T] | None:
        """All of them but the bad ones; None when nothing of this file is taken."""
        good: list[T] = []
        for row in rows:
            if isinstance(row, BadRow):
                self._note(row)
            else:
                good.append(row)
        return None if self._is_refused(file) else good

    def _note(self, bad: BadRow) -> None:
        self.done.bad[bad.file] += 1
        self.tell(bad)

    def _is_refused(self, file: str) -> bool:
        return bool(self.done.bad[file]) and not self.skip_bad


def _as_set_up(row: PersonRow, setup: Setup) -> PersonRow:
    """Where teams come from Slack, those of a file are none."""
    return row if setup.teams_from is TeamsFrom.FILE else replace(row, team=None)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    each = iter(rows)
    while some := list(islice(each, AT_ONCE)):
        yield some
