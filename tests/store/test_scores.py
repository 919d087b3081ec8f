"""Scores are what counting the shares gives: after whatever people do, in any order, at the same moment too."""

import random
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from threading import Barrier
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text, update

from bot.actions.answer_standing import answer_standing
from bot.actions.delete_me import delete_me
from bot.actions.desk import Desk, Me
from bot.actions.forget_old import SHARES, forget_old
from bot.actions.join_again import join_again
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_reaction import mark_reaction
from bot.actions.mark_said import mark_said
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.rebuild_scores import keep_scores, rebuild_scores
from bot.actions.show_leaderboard import show_leaderboard
from bot.actions.unsay_shared import unsay_shared
from bot.actions.who_asks import Asker
from bot.cli import main
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON
from bot.domain.happenings import Reacted
from bot.domain.leaderboard import Measure, PeriodName, days_of, make_board, period_of, sum_up
from bot.domain.links import new_code
from bot.domain.people import Profile, Standing
from bot.domain.problems import DatabaseTrouble
from bot.domain.scores import noon_of, periods_of
from bot.domain.shares import Share, Words
from bot.domain.stories import Placement, StoryDraft, StoryState
from bot.domain.visitors import day_of
from bot.store import boards, clicks, links, people, placements, readers, score_readers, scores, shares, stories
from bot.store import setup as setup_store
from bot.store import tables as t
from bot.store.clicks import Click
from bot.store.engine import Store
from bot.store.migrate import migrate
from tests.conftest import MONDAY, until

NAMES = ("Zoë", "zwaan", "Ärla", "Anna\n1. Evil")
USERS = tuple(f"U{number}" for number in range(len(NAMES)))
STORIES = (1, 2, 3)
CHANNELS = ("C1", "C2")
NETWORKS = ("linkedin", "x", "mastodon")
ZONES = ("Europe/Amsterdam", "Pacific/Auckland", "America/New_York")
ASKED = (PeriodName.WEEK, PeriodName.MONTH, PeriodName.LAST_MONTH, PeriodName.QUARTER, PeriodName.DAYS)

USER, STORY = st.sampled_from(USERS), st.sampled_from(STORIES)
ACTS = st.one_of(
    st.tuples(st.just("open"), USER, STORY, st.sampled_from(NETWORKS)),
    st.tuples(st.just("say"), USER, STORY, st.lists(st.sampled_from(NETWORKS), max_size=2, unique=True)),
    st.tuples(st.just("say"), USER, STORY, st.lists(st.sampled_from(NETWORKS), max_size=2, unique=True)),
    st.tuples(st.just("react"), USER, STORY, st.sampled_from(CHANNELS), st.booleans(), st.sampled_from([0, 3, 5000])),
    st.tuples(st.just("react"), USER, STORY, st.sampled_from(CHANNELS), st.booleans(), st.sampled_from([0, 3, 5000])),
    st.tuples(st.just("unsay"), USER, STORY),
    st.tuples(st.just("stand"), USER, st.sampled_from(Standing)),
    st.tuples(st.just("return_"), USER),
    st.tuples(st.just("vanish"), USER),
    st.tuples(st.just("rename"), USER, st.sampled_from((*NAMES, " ")), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 7, 24, 24 * 8, 24 * 33, 24 * 400])),
    st.tuples(st.just("move"), st.sampled_from(ZONES)),
    st.tuples(st.just("read"), USER, STORY, st.sampled_from([1, 1, 2, 5])),
    st.tuples(st.just("read"), USER, STORY, st.sampled_from([1, 1, 2, 5])),
    st.tuples(st.just("recount_clicks")),
    st.tuples(st.just("midnight")),
    st.tuples(st.just("forget")),
)


Kept = dict[tuple[str, datetime, int], tuple[int, str | None]]
"""By period, its start and person: the score, and what they are listed as."""


@dataclass
class Company:
    """People who do things, on a store of their own; `horizon`: nothing older is kept by person."""

    store: Store
    now: datetime = MONDAY
    horizon: datetime = MONDAY - timedelta(days=9999)
    ids: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nobody: Any = None
        self.desk = Desk(self.store, nobody, nobody, Me("UBOT", "BBOT", "T1", "Reef"))
        self.profiles = {user: Profile(user, "T1", name) for user, name in zip(USERS, NAMES, strict=True)}
        if not self.ids:
            self.store.write(self._prepare)
            keep_scores(self.store, self.now)

    def _prepare(self, connection: Any) -> None:
        for table in (t.clicks, t.people, t.stories, t.forgotten, t.settings, t.scoring, t.scores, t.score_sums):
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
        clicks.count(connection, came, self.now, day, self.now)

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

    def check(self) -> None:
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


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=8, max_size=30))
def test_scores_are_what_counting_gives_after_every_act(store, acts):
    company = Company(store)
    for act in acts:
        company.act(*act)
        company.check()
    company.check_readers()
    company.check_boards()
    rebuild_scores(store, company.now)
    company.check()
    company.check_readers()
    company.check_boards()


AT_ONCE = 3


def test_several_at_once_lose_nothing_and_count_nothing_twice(store, migrated_url):
    """One person on two networks at the same moment, others beside them, while everything is counted anew.

    On PostgreSQL they are copies of the bot; on SQLite there is one, with several threads.
    """
    company = Company(store)
    stores = [store if store.is_sqlite else Store(migrated_url) for _ in range(AT_ONCE)]
    copies = [Company(other, company.now, ids=company.ids) for other in stores]
    for user in USERS:
        company.say(user, 1, ["x"])
    gate = Barrier(AT_ONCE + 1)

    def live(number: int) -> None:
        dice, copy = random.Random(number), copies[number]
        gate.wait()
        for turn in range(10):
            story = dice.choice(STORIES)
            insist(copy.say, USERS[0], story, [NETWORKS[(turn + number) % len(NETWORKS)]])
            insist(copy.react, dice.choice(USERS), story, dice.choice(CHANNELS), dice.random() < 0.6, 0)
            insist(copy.unsay, dice.choice(USERS[:2]), dice.choice(STORIES))
            insist(copy.read, dice.choice(USERS), dice.choice(STORIES), 2)
            insist(keep_scores, copy.store, company.now)
            insist(copy.stand, USERS[2], dice.choice([Standing.OUT, Standing.NAMED]))
            insist(dice.choice([copy.vanish, copy.return_]), USERS[3])

    def count_anew() -> None:
        gate.wait()
        for days in range(3):
            insist(company.recount_clicks)
            insist(rebuild_scores, store, company.now)
            insist(keep_scores, store, company.now + timedelta(days=days))

    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        for done in [*(pool.submit(live, number) for number in range(AT_ONCE)), pool.submit(count_anew)]:
            done.result(timeout=100)
    company.check()
    keep_scores(store, company.now)
    company.check_readers()
    before = company.sums_of_clicks()
    company.recount_clicks()
    after = company.sums_of_clicks()
    assert (before[0], before[2]) == (after[0], after[2])
    for other in {*stores} - {store}:
        other.close()


def test_who_is_deleted_while_their_readers_are_taken_in_leaves_none_of_them(store, migrated_url):
    if store.is_sqlite:
        pytest.skip("one writer at a time")
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 3)
    mine = company.asker("U0").person.id
    with ThreadPoolExecutor(1) as pool:
        with store.engine.begin() as connection:
            score_readers.take_in(connection, [mine], 1)
            deleting = pool.submit(insist, company.vanish, "U0")
            until(lambda: is_anybody_waiting(store))
        deleting.result(timeout=60)
    assert company.asker("U0").person is None
    company.check()


def test_clicks_that_come_while_they_are_counted_anew_are_counted(store, migrated_url):
    """Their day had sums that were lost, which is what counting anew is for."""
    if store.is_sqlite:
        pytest.skip("one writer at a time")
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 2)
    for table in (t.link_days, t.reader_days):
        store.write(lambda c, table=table: c.execute(delete(table)))
    with ThreadPoolExecutor(1) as pool:
        with store.engine.begin() as connection:
            company.count_clicks(connection, "U0", 1, 3)
            counting = pool.submit(company.recount_clicks)
            until(lambda: is_anybody_waiting(store))
        counting.result(timeout=60)
    assert company.sums_of_clicks() == (5, 5, 5)


def is_anybody_waiting(store: Store) -> bool:
    """For something that another transaction holds."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    return bool(store.read(lambda c: c.execute(query).scalar()))


def insist(act: Callable[..., Any], *what: Any) -> None:
    """As Slack and the jobs do, when the database has no time for us."""
    while True:
        try:
            return act(*what)
        except DatabaseTrouble:
            time.sleep(0.05)


def test_who_left_has_no_score_and_who_comes_back_has_the_same(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    company.say("U0", 2, ["x"])
    before = company.kept()
    assert {count for count, _ in before.values()} == {2}
    company.stand("U0", Standing.OUT)
    assert company.kept() == {}
    company.return_("U0")
    assert company.kept() == before


def test_readers_that_came_while_the_bot_was_away_are_taken_in_when_it_is_back(store):
    """Links may be served by a process of their own."""
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.say("U1", 1, ["x"])
    for user in ("U0", "U1"):
        company.read(user, 1, 3)
    company.wait(24 * 8)
    company.read("U0", 2, 2)
    company.check_readers()
    company.check_boards()
    shown = show_leaderboard(replace(company.desk, public_url="https://go.test"), company.asker("U0"), ASKED[0], MONDAY)
    assert (shown.board.people, shown.board.total, shown.board.own.count) == (2, 6, 3)


def test_clicks_that_are_counted_anew_leave_no_reader_twice(store):
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.wait(24)
    company.read("U0", 1, 3)
    company.check_readers()
    store.write(lambda c: c.execute(update(t.reader_days).values(readers=5)))
    company.check_readers()
    company.recount_clicks()
    company.check()
    company.check_readers()
    store.write(lambda c: c.execute(delete(t.clicks)))
    company.recount_clicks()
    company.check_readers()
    assert company.kept(Measure.READ) == {}
    assert store.read(lambda c: c.execute(select(t.reader_days)).all()) == []


def test_a_new_zone_is_counted_from_shares_until_scores_follow(store):
    company = Company(store, now=datetime(2026, 3, 31, 21, 30, tzinfo=UTC))
    company.say("U0", 1, ["x"])
    company.move("Pacific/Auckland")
    company.check_boards()
    wrong = dict.fromkeys(company.kept(), "Europe/Amsterdam")
    company.midnight()
    company.check_boards()
    assert company.kept() == company.counted()
    assert not wrong.keys() & {key for key in company.kept() if key[0] == PeriodName.MONTH}


def test_what_is_amiss_is_mended_at_midnight(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    store.write(lambda c: c.execute(update(t.scores).values(value=99)))
    company.wait(24)
    company.midnight()
    company.check()
    company.check_boards()


def test_the_database_orders_names_as_python_does(store):
    """Many people with equally many stories; in capitals, with accents, in other alphabets, some unnamed."""
    names = ("zwaan", "Zoë", "Émile", "emil", "Øre", "łukasz", "de Boer", "De  Boer", "張", "Ω", "-x", "a b", "ab", "ß")

    def work(connection):
        setup_store.load_setup(connection)
        draft = StoryDraft("https://example.com", "T", "S", "en", ())
        story = stories.add(connection, draft, None, MONDAY)
        for number, name in enumerate(names * 2):
            person = people.add(connection, Profile(f"U{number}", "T1", name), MONDAY)
            if number % 5:
                people.set_standing(connection, person.id, Standing.NAMED)
            shares.replace(connection, story, person.id, [Share("x", said_at=MONDAY)])
        period = period_of(PeriodName.MONTH, MONDAY, ZONES[0])
        return scores.sums(connection, Measure.SAID, period, None), boards.tallies(connection, period.start, period.end)

    found, tallies = store.write(work)
    assert found == sum_up(tallies)


def test_a_company_that_was_here_before_scores_is_counted_as_it_is_upgraded(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 3)
    before = company.kept()

    def unlearn(connection):
        connection.execute(update(t.people).values(listed_as=None))
        for table in (t.scores, t.score_sums, t.scoring):
            connection.execute(delete(table))

    store.write(unlearn)
    company.check_boards()
    migrate(store)
    assert {key for key in before if key[0] != PeriodName.DAYS} == set(company.kept())
    company.check_readers()
    company.check()
    company.check_boards()


def test_the_command(store, migrated_url, monkeypatch):
    company = Company(store)
    company.say("U0", 1, ["x"])
    store.write(lambda c: c.execute(delete(t.scores)))
    monkeypatch.setenv("PASSALONG_DATABASE_URL", migrated_url)
    done = CliRunner().invoke(main, ["rebuild"], catch_exceptions=False)
    assert done.output == "Counted anew: the scores of 4 weeks, months, quarters and the last 30 days.\n"
    company.check()
