"""A company whose scores are kept, and counted by hand beside them, for the tests of scores."""

import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import delete, func, select

from bot.actions.answer_standing import answer_standing
from bot.actions.delete_me import delete_me
from bot.actions.desk import Desk, Me
from bot.actions.forget_old import SHARES, forget_old
from bot.actions.join_again import join_again
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_reaction import mark_reaction
from bot.actions.mark_said import mark_said
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.rebuild_scores import keep_scores
from bot.actions.set_aside import put_back_link, put_back_share, set_aside_link, set_aside_share
from bot.actions.show_leaderboard import show_leaderboard
from bot.actions.unsay_shared import unsay_shared
from bot.actions.who_asks import Asker
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON
from bot.domain.happenings import Reacted
from bot.domain.leaderboard import Measure, PeriodName, days_of, make_board, period_of, sum_up
from bot.domain.links import new_code
from bot.domain.local_time import day_of
from bot.domain.people import Profile, Standing
from bot.domain.scores import noon_of, periods_of
from bot.domain.shares import Words
from bot.domain.stories import Placement, StoryDraft, StoryState
from bot.store import boards, clicks, links, people, placements, readers, scores, stories
from bot.store import setup as setup_store
from bot.store import tables as t
from bot.store.clicks import Click
from bot.store.engine import Store
from tests.conftest import MONDAY

NAMES = ("Zoë", "zwaan", "Ärla", "Anna\n1. Evil")
USERS = tuple(f"U{number}" for number in range(len(NAMES)))
STORIES = (1, 2, 3)
CHANNELS = ("C1", "C2")
NETWORKS = ("linkedin", "x", "mastodon")
ZONES = ("Europe/Amsterdam", "Pacific/Auckland", "America/New_York")
ASKED = (PeriodName.WEEK, PeriodName.MONTH, PeriodName.LAST_MONTH, PeriodName.QUARTER, PeriodName.DAYS)

EDITOR = Asker(Profile("UEDITOR", "T2", "Comms"), None, "en", is_editor=True, is_admin=False)
"""Of whom nothing is kept: from another house."""

Kept = dict[tuple[str, datetime, int], tuple[int, str | None]]
"""By period, its start and person: the score, and what they are listed as."""


@dataclass
class Company:
    """People who do things, on a store of their own; `horizon`: nothing older is kept by person."""

    store: Store
    now: datetime = MONDAY
    horizon: datetime = MONDAY - timedelta(days=9999)
    ids: dict[int, int] = field(default_factory=dict)
    came: int = 0

    def __post_init__(self) -> None:
        nobody: Any = None
        self.desk = Desk(self.store, nobody, nobody, Me("UBOT", "BBOT", "T1", "Reef"))
        self.profiles = {user: Profile(user, "T1", name) for user, name in zip(USERS, NAMES, strict=True)}
        if not self.ids:
            self.store.write(self._prepare)
            keep_scores(self.store, self.now)

    def _prepare(self, connection: Any) -> None:
        gone = t.clicks, t.people, t.stories, t.forgotten, t.settings, t.scoring, t.scores, t.score_sums, t.team_rest
        for table in gone:
            connection.execute(delete(table))
        for number in STORIES:
            draft = StoryDraft(f"https://example.com/{number}", "T", "S", "en", (Caption(None, "en", "One"),))
            story = self.ids[number] = stories.add(connection, draft, None, self.now)
            stories.end(connection, story, [StoryState.QUEUED], StoryState.POSTED, self.now)
            for channel in CHANNELS:
                placements.add(connection, Placement(story, channel, f"{number}.0", self.now))

    def asker(self, user: str) -> Asker:
        person = self.store.read(lambda c: people.by_user(c, user))
        return Asker(self.profiles[user], person, "en", is_editor=False, is_admin=False)

    def act(self, name: str, *what: Any) -> None:
        self.now += timedelta(seconds=1)
        getattr(self, name)(*what)

    def open(self, user: str, story: int, network: str) -> None:
        mark_opened(self.desk, self.asker(user), self.ids[story], network, Words(), self.now)

    def say(self, user: str, story: int, networks: list[str]) -> None:
        mark_said(self.desk, self.asker(user), self.ids[story], networks, self.now)

    def read(self, user: str, story: int, readers: int) -> None:
        """So many different people outside follow a link of theirs."""
        self.store.write(lambda connection: self.count_clicks(connection, user, story, readers))

    def count_clicks(self, connection: Any, user: str, story: int, readers: int) -> None:
        person = people.by_user(connection, user)
        if person is None:
            return
        day = day_of(self.now, setup_store.load_setup(connection).zone)
        link = links.mint(connection, new_code(secrets.choice), self.ids[story], person.id, "x", self.now)
        came = [Click(link.id, PERSON, False, secrets.randbits(62) + 1, 1) for _ in range(readers)]
        self.came += len(clicks.count(connection, came, self.now, day, self.now))

    def aside(self, user: str, story: int, is_back: bool) -> None:
        """An editor sets their link aside, or puts it back."""
        for link in self._theirs(t.links, user, story):
            if is_back:
                put_back_link(self.desk, EDITOR, link.code, self.now)
            else:
                set_aside_link(self.desk, EDITOR, link.id, "A script reads it", self.now)

    def unsaid(self, user: str, story: int, is_back: bool) -> None:
        """An editor sets the first of their shares aside, or puts it back."""
        for share in self._theirs(t.shares, user, story)[:1]:
            if is_back:
                put_back_share(self.desk, EDITOR, share.id, self.now)
            else:
                set_aside_share(self.desk, EDITOR, share.id, "It was about another story", self.now)

    def _theirs(self, table: Any, user: str, story: int) -> Any:
        query = select(table).join(t.people).where(t.people.c.user == user, table.c.story_id == self.ids[story])
        return self.store.read(lambda c: c.execute(query.order_by(table.c.id)).all())

    def sums_of_clicks(self) -> tuple[int, ...]:
        """Readers: of links, of those for their person, and of people."""
        columns = t.link_days.c.readers, t.link_days.c.for_person, t.reader_days.c.readers
        return tuple(int(self.store.read(lambda c, of=of: c.execute(select(func.sum(of))).scalar())) for of in columns)

    def recount_clicks(self) -> None:
        rebuild_clicks(self.store, self.now)

    def unsay(self, user: str, story: int) -> None:
        unsay_shared(self.desk, self.asker(user), self.ids[story], self.now)

    def react(self, user: str, story: int, channel: str, present: bool, late: int) -> None:
        at = self.now - timedelta(minutes=late)

        def work(connection: Any) -> None:
            person = people.by_user(connection, user)
            if person is not None:
                mark_reaction(connection, Reacted(user, channel, f"{story}.0", "mega", present, at), person)

        self.store.write(work)

    def stand(self, user: str, standing: Standing) -> None:
        answer_standing(self.desk, self.asker(user), standing, self.now)

    def return_(self, user: str) -> None:
        join_again(self.desk, self.asker(user), self.now)

    def vanish(self, user: str) -> None:
        delete_me(self.desk, user, self.now)

    def rename(self, user: str, name: str, is_active: bool) -> None:
        self.store.write(lambda c: people.refresh(c, Profile(user, "T1", name, is_active=is_active)))

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def move(self, zone: str) -> None:
        setup = replace(self.desk.setup(), zone=zone)
        self.store.write(lambda c: setup_store.save_setup(c, setup, self.now))

    def midnight(self) -> None:
        keep_scores(self.store, self.now)

    def forget(self) -> None:
        forget_old(self.desk, self.now)
        self.horizon = max(self.horizon, self.now - SHARES)

    def kept(self, measure: Measure = Measure.SAID) -> Kept:
        query = select(t.scores.c.period, t.scores.c.start, t.scores.c.person_id, t.scores.c.value)
        query = query.add_columns(t.scores.c.listed_as).where(t.scores.c.start >= self.horizon)
        query = query.where(t.scores.c.measure == measure)
        return {(p, s, i): (n, name) for p, s, i, n, name in self.store.read(lambda c: c.execute(query).all())}

    def read_by_hand(self, column: Any) -> Kept:
        """Scores of readers, from their days."""
        found = self.store.read(scores.find_scoring)
        sums: Counter[tuple[str, datetime, int]] = Counter()
        listed = {}
        of = t.reader_days.c
        query = select(of.person_id, t.people.c.listed_as, of.day, column).join(t.people)
        query = query.where(t.people.c.standing != Standing.OUT)
        for person, listed[person], day, came in self.store.read(lambda c: c.execute(query).all()):
            for period in periods_of(found, [noon_of(day, found.zone)]):
                if period.start >= self.horizon:
                    sums[period.name, period.start, person] += came
        return {key: (count, listed[key[2]]) for key, count in sums.items() if count}

    def counted(self) -> Kept:
        """The same, from the shares, by hand."""
        found = self.store.read(scores.find_scoring)
        passed: dict[tuple[str, datetime, int], set[int]] = defaultdict(set)
        listed = {}
        for person, listed[person], story, said_at in self.store.read(lambda c: c.execute(_SAID).all()):
            for period in periods_of(found, [said_at]):
                if period.start >= self.horizon:
                    passed[period.name, period.start, person].add(story)
        return {key: (len(which), listed[key[2]]) for key, which in passed.items()}

    def summed(self, measure: Measure) -> dict[tuple[str, datetime], tuple[int, int]]:
        """How many people, and how much in all, by period."""
        of = t.score_sums.c
        query = select(of.period, of.start, func.sum(of.people), func.sum(of.total)).where(of.start >= self.horizon)
        query = query.where(of.measure == measure).group_by(of.period, of.start)
        found = self.store.read(lambda c: c.execute(query).all())
        return {(period, start): (number, total) for period, start, number, total in found if (number, total) != (0, 0)}

    def check_links(self) -> None:
        """Sums of links and of people agree, nobody who came is lost, and what is set aside counts for nothing."""
        days, person = t.link_days.c, t.links.c.person_id
        query = select(person, days.day, func.sum(days.for_person)).join(t.links).where(days.for_person > 0)
        by_link = self.store.read(
            lambda c: c.execute(query.where(person.is_not(None)).group_by(person, days.day)).all()
        )
        of = t.reader_days.c
        by_person = self.store.read(
            lambda c: c.execute(select(of.person_id, of.day, of.readers).where(of.readers != 0)).all()
        )
        since = self.horizon.toordinal() + 1
        assert {tuple(row) for row in by_link if row[1] > since} == {tuple(row) for row in by_person if row[1] > since}
        every = self.store.read(lambda c: c.execute(select(func.sum(days.readers), func.sum(days.set_aside))).one())
        assert sum(count or 0 for count in every) == self.came
        aside = select(func.count()).where(t.links.c.set_aside_at.is_not(None), days.readers + days.for_person > 0)
        told = select(func.count()).where(days.set_aside > 0, t.links.c.set_aside_at.is_(None))
        said = select(func.count()).where(t.shares.c.set_aside_at.is_not(None), t.shares.c.said_at.is_not(None))
        for wrong in (aside.join_from(t.links, t.link_days), told.join_from(t.links, t.link_days), said):
            assert self.store.read(lambda c, q=wrong: c.execute(q).scalar()) == 0

    def check(self) -> None:
        self.check_links()
        self._check(Measure.SAID, self.counted())
        self._check(Measure.READ, self.read_by_hand(t.reader_days.c.scored))

    def _check(self, measure: Measure, counted: Kept) -> None:
        assert self.kept(measure) == counted
        sums: dict[tuple[str, datetime], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for (period, start, _), (count, _) in counted.items():
            before = sums[period, start]
            sums[period, start] = (before[0] + 1, before[1] + count)
        assert self.summed(measure) == sums

    def check_readers(self) -> None:
        """None is left out, now that the job came round."""
        keep_scores(self.store, self.now)
        self._check(Measure.READ, self.read_by_hand(t.reader_days.c.readers))

    def check_boards(self) -> None:
        zone = self.desk.setup().zone
        for name, user in zip(ASKED, cycle(USERS)):
            period = period_of(name, self.now, zone)
            if period.start < self.horizon:
                continue
            asker = self.asker(user)
            me = asker.person.id if asker.person and asker.person.is_in else None
            tallies = self.store.read(lambda c, p=period: boards.tallies(c, p.start, p.end))
            shown = show_leaderboard(self.desk, asker, name, self.now).board
            assert shown == make_board(period, sum_up(tallies, me))
            days = days_of(period, zone)
            tallies = self.store.read(lambda c, days=days: readers.tallies(c, days))
            shown = show_leaderboard(replace(self.desk, public_url="https://go.test"), asker, name, self.now).board
            assert shown == make_board(period, sum_up(tallies, me))


_SAID = (
    select(t.people.c.id, t.people.c.listed_as, t.shares.c.story_id, t.shares.c.said_at)
    .join(t.people, t.people.c.id == t.shares.c.person_id)
    .where(t.shares.c.said_at.is_not(None), t.people.c.standing != Standing.OUT)
)
