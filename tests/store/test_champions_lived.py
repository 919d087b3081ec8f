"""The statement against the formula, of clicks that were counted here: by the day and by the month, on any day."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from bot.actions.answer_standing import answer_standing
from bot.actions.count_clicks import Came, ClickCounter
from bot.actions.desk import Desk, Me
from bot.actions.keep_rankings import keep_rankings
from bot.actions.link_desk import LinkDesk
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.set_aside import put_back_link, set_aside_link
from bot.actions.who_asks import Asker
from bot.domain.captions import Caption
from bot.domain.champions import Passed, ranked
from bot.domain.clicks import PERSON
from bot.domain.local_time import day_of, local
from bot.domain.people import Profile, Standing
from bot.domain.stories import StoryDraft
from bot.domain.visitors import Visitor
from bot.store import champions, links, people, rankings, stories
from bot.store import tables as t
from bot.store.engine import Store
from tests.conftest import MONDAY
from tests.store.scored_company import EDITOR
from tests.store.test_champions import expected

ZONE = "Europe/Amsterdam"
USERS = ("U0", "U1", "U2")
STORIES = 3
LINK = st.tuples(st.sampled_from(USERS), st.integers(0, STORIES - 1))
WAIT = st.tuples(st.just("wait"), st.sampled_from([1, 5, 24, 24, 60, 24 * 7, 24 * 7, 24 * 45, 24 * 200]))
CLICKS = st.tuples(st.just("read"), LINK, st.lists(st.integers(0, 5), min_size=1, max_size=8))
ACTS = st.lists(
    st.one_of(
        WAIT,
        WAIT,
        CLICKS,
        CLICKS,
        CLICKS,
        st.tuples(st.just("aside"), LINK, st.booleans()),
        st.tuples(st.just("stand"), st.sampled_from(USERS), st.sampled_from([*Standing, Standing.NAMED])),
        st.tuples(st.just("recount")),
    ),
    min_size=8,
    max_size=40,
)
EXAMPLES = int(os.environ.get("EXAMPLES", 2))
lived = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Link:
    """What we know of it by having looked: readers by day that were counted for its person."""

    link: Any
    day: int
    readers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    is_aside: bool = False


class Life:
    """People whose links are followed, and beside them what should come of it, by hand."""

    def __init__(self, store: Store, salt_by: str) -> None:
        nobody: Any = None
        self.store, self.salt_by, self.now = store, salt_by, MONDAY
        self.desk = Desk(store, nobody, nobody, Me("UBOT", "BBOT", "T1", "Reef"))
        self.counter = ClickCounter(LinkDesk(store, lambda agent: False, "https://go.example.com", salt_by=salt_by))
        self.links: dict[tuple[str, int], Link] = {}
        self.seen: set[tuple[Any, ...]] = set()
        self.since: dict[str, int] = {}
        self.standing = dict.fromkeys(USERS, Standing.NAMED)
        self.stories = store.write(self._prepare)

    def _prepare(self, connection: Any) -> list[int]:
        for table in (t.clicks, t.visitors, t.salts, t.ranking_days, t.people, t.stories, t.editor_steps):
            connection.execute(delete(table))
        for user in USERS:
            person = people.add(connection, Profile(user, "T1", user), self.now)
            people.set_standing(connection, person.id, Standing.NAMED)
            self.since[user] = day_of(self.now, ZONE)
        texts = (Caption(None, "en", "One"),)
        drafts = [StoryDraft(f"https://example.com/{n}", f"S{n}", "S", "en", texts) for n in range(STORIES)]
        return [stories.add(connection, draft, None, self.now) for draft in drafts]

    def act(self, name: str, *what: Any) -> None:
        self.now += timedelta(seconds=1)
        getattr(self, name)(*what)

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def read(self, which: tuple[str, int], visitors: list[int]) -> None:
        found, (user, _) = self.links.get(which) or self._mint(which), which
        rows = [Came(found.link, PERSON, False, Visitor(f"198.51.100.{who}", "A browser")) for who in visitors]
        hashed, salt = self.counter.hashed(rows, self.now)
        self.counter.count(hashed, salt, self.now)
        today = local(self.now, ZONE).date()
        for who in visitors:
            mine = (user, who, today.year, today.month) if self.salt_by == "monthly" else (which, who, today)
            if mine not in self.seen and self.standing[user] is not Standing.OUT:
                found.readers[today.toordinal()] += 1
            self.seen.add(mine)

    def _mint(self, which: tuple[str, int]) -> Link:
        user, story = which
        day = day_of(self.now, ZONE)

        def work(connection: Any) -> Any:
            person = people.by_user(connection, user)
            code = f"{user}{story}".ljust(11, "a")
            return links.mint(connection, code, self.stories[story], person.id, "x", self.now, day)

        self.links[which] = Link(self.store.write(work), day)
        return self.links[which]

    def aside(self, which: tuple[str, int], is_back: bool) -> None:
        if which not in self.links:
            return
        found = self.links[which]
        if is_back:
            put_back_link(self.desk, EDITOR, found.link.code, self.now)
        else:
            set_aside_link(self.desk, EDITOR, found.link.id, "A script", self.now)
        found.is_aside = not is_back

    def stand(self, user: str, standing: Standing) -> None:
        person = self.store.read(lambda c: people.by_user(c, user))
        asker = Asker(Profile(user, "T1", user), person, "en", is_editor=False, is_admin=False)
        answer_standing(self.desk, asker, standing, self.now)
        self.standing[user] = standing

    def recount(self) -> None:
        rebuild_clicks(self.store, self.now)

    def expected(self, as_of: int) -> dict[str, tuple[Any, int]]:
        truth = {}
        for user in USERS:
            theirs = [one for (who, _), one in self.links.items() if who == user and not one.is_aside]
            truth[user] = (self.since[user], [Passed(one.day, dict(one.readers)) for one in theirs])
        shown = {user for user, standing in self.standing.items() if standing.has_links}
        names = {user: user if self.standing[user] is Standing.NAMED else None for user in shown}
        return {user: (names[user], *figures) for user, figures in expected(truth, as_of).items() if user in shown}

    def found(self, as_of: int) -> dict[str, tuple[Any, int]]:
        users = {person.id: person.user for person in map(self.person, USERS)}
        rows = self.store.read(lambda c: champions.candidates(c, as_of))
        return {users[one.id]: (one.person, one.score, one.readers) for one in rows}

    def person(self, user: str) -> Any:
        return self.store.read(lambda c: people.by_user(c, user))

    def days(self, back: int) -> list[int]:
        """To ask about: around now, around the first day, at the edges of a year, and somewhere."""
        today, first = day_of(self.now, ZONE), day_of(MONDAY, ZONE)
        edges = [first + 363, first + 364, *(one.day + 364 for one in self.links.values())]
        return sorted({today - 1, today, today + 10, first - 1, first + 14, today - back, *edges})


@pytest.mark.parametrize("salt_by", ["daily", "monthly"])
@lived
@given(acts=ACTS, back=st.integers(0, 500))
def test_the_statement_is_the_formula_whatever_was_lived(store, salt_by, acts, back):
    life = Life(store, salt_by)
    for act in acts:
        life.act(*act)
    for as_of in life.days(back):
        assert life.found(as_of) == life.expected(as_of)
    keep_rankings(store, life.now)
    yesterday = day_of(life.now, ZONE) - 1
    kept = store.read(lambda c: rankings.kept(c, [yesterday], whole=yesterday).get(yesterday))
    if kept is not None:
        assert ranked(kept) == ranked(store.read(lambda c: champions.candidates(c, yesterday)))


@pytest.mark.parametrize("salt_by", ["daily", "monthly"])
@lived
@given(acts=ACTS, more=st.lists(st.one_of(WAIT, CLICKS, CLICKS), min_size=3, max_size=12))
def test_a_day_has_the_same_answer_later_when_more_came(store, salt_by, acts, more):
    life = Life(store, salt_by)
    for act in acts:
        life.act(*act)
    asked = [day_of(life.now, ZONE) - back for back in (0, 1, 7, 40)]
    before = {day: life.found(day) for day in asked}
    life.wait(24)
    for act in more:
        life.act(*act)
    assert {day: life.found(day) for day in asked} == before


def test_who_joined_earlier_by_a_file_could_share_since_then(store):
    """And whoever is new here has the days before them beside."""
    life = Life(store, "daily")
    for story in (0, 1):
        life.act("read", ("U0", story), [1, 2])
    later = day_of(life.now, ZONE) + 10
    assert life.found(later) == {}, "ten days are no two weeks"
    life.since["U0"] -= 60
    store.write(lambda c: c.execute(update(t.people).where(t.people.c.user == "U0").values(since=life.since["U0"])))
    assert life.found(later) == life.expected(later)
    assert life.found(later)["U0"][2] == 4
