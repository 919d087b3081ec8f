"""Leaving, coming again and being deleted change nothing in what a team brought; and the person is nowhere."""

from random import Random

import pytest
from sqlalchemy import select, update

from bot.actions.rebuild_scores import rebuild_scores
from bot.actions.show_teams import teams_for_comms
from bot.domain.champions import SMALLEST_TEAM
from bot.domain.leaderboard import Measure, period_of
from bot.domain.local_time import day_of
from bot.domain.people import Standing
from bot.domain.scores import is_kept
from bot.store import scores, team_rest, team_sums, teams
from bot.store import tables as t
from tests.store.scored_company import ASKED, NETWORKS, STORIES, USERS, Company

HEADS = {"Reef": 6, "Bakery": 5, "Small": 4}
TEAMS = dict(zip(USERS, ("Reef", "Reef", "Bakery", "Small"), strict=True))
LARGE = ("Reef", "Bakery")


class Teamed(Company):
    """The same, in teams: what counts is what the large ones have."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.lost: set[str] = set()
        self.store.write(lambda c: teams.keep_staff(c, HEADS, self.now))

    def settle_in(self) -> None:
        """Who is new is in their team."""
        for user, team in TEAMS.items():
            new = t.people.c.user == user, t.people.c.team.is_(None)
            self.store.write(lambda c, new=new, team=team: c.execute(update(t.people).where(*new).values(team=team)))

    def brought(self, which: tuple[str, ...] = LARGE) -> dict[tuple[str, str, str], tuple[int, int]]:
        """What each of these teams brought, on every board; as scores have it, which is as it is counted."""
        self.midnight()
        zone = self.desk.setup().zone
        found = {}
        for name in ASKED:
            period = period_of(name, self.now, zone)
            kept = is_kept(self.store.read(scores.find_scoring), period, zone)
            for measure in Measure:
                for team in self.of_period(measure, period, zone, kept):
                    found[measure, name, team.name] = (team.readers, team.took_part)
                assert self.of_period(measure, period, zone, True) == self.of_period(measure, period, zone, False)
        comms = self.store.read(lambda c: teams_for_comms(c, day_of(self.now, zone)))
        found |= {("comms", "", team.name): (team.readers, team.took_part) for team, _ in comms}
        return {key: value for key, value in found.items() if key[-1] in which}

    def of_period(self, *asked):
        measure, period, zone, kept = asked
        return self.store.read(lambda c: team_sums.of_period(c, measure, period, zone, is_kept=kept))

    def rest(self) -> dict[str, int]:
        """How many rows are kept of each team."""
        names = [row.team for row in self.store.read(lambda c: c.execute(select(t.team_rest)).all())]
        return {name: names.count(name) for name in names}

    def do_something(self, random: Random) -> None:
        what = random.choice(["say", "say", "read", "read", "unsay", "aside", "unsaid", "wait", "heads"])
        user = random.choice(USERS[:2] if what in ("aside", "unsaid") else USERS)
        story = random.choice(STORIES[:2])
        more = {
            "say": [user, story, random.sample(NETWORKS, 2)],
            "read": [user, story, random.randint(1, 4)],
            "unsay": [user, story],
            "aside": [user, story, random.random() < 0.4],
            "unsaid": [user, story, random.random() < 0.4],
            "wait": [random.randint(1, 200)],
            "heads": [{**HEADS, "Reef": random.choice([4, 6])}],
        }
        self.act(what, *more[what])
        self.settle_in()

    def heads(self, numbers: dict[str, int]) -> None:
        """A file says how many are in each team; of those who are out, a small one forgets what they left."""
        self.store.write(lambda c: teams.keep_staff(c, numbers, self.now))
        self.store.write(team_rest.forget_small)
        self.note_lost()

    def large(self) -> tuple[str, ...]:
        heads = self.store.read(teams.heads)
        return tuple(name for name in LARGE if heads[name] >= SMALLEST_TEAM)

    def note_lost(self) -> None:
        """Whoever is out of a small team left nothing in it, whatever comes."""
        query = select(t.people.c.user).where(t.people.c.standing == Standing.OUT)
        out = self.store.read(lambda c: set(c.execute(query).scalars()))
        self.lost &= out
        self.lost |= {user for user in out if TEAMS[user] not in self.large()}

    def sums(self) -> list[tuple[str | int, ...]]:
        return sorted(tuple(row) for row in self.store.read(lambda c: c.execute(select(t.team_rest)).all()))

    def change_who_is_here(self, random: Random, *others: str) -> tuple[str, str]:
        user = random.choice(USERS[:2])
        what = random.choice(["out", "out", "in", "in", "rebuild", "forget", *others])
        if what == "out":
            self.act("stand", user, Standing.OUT)
            self.note_lost()
        elif what == "in":
            self.act("return_", user)
        elif what == "vanish":
            self.act("vanish", user)
        elif what == "rebuild":
            rebuild_scores(self.store, self.now)
        else:
            self.act("forget")
        return what, user


@pytest.fixture
def teamed(store):
    return Teamed(store)


def busy(teamed):
    """Two weeks in which everybody does something, on several networks and days."""
    for user in USERS:
        teamed.act("say", user, 1, ["linkedin"])
        teamed.act("read", user, 1, 2)
    teamed.settle_in()
    teamed.act("wait", 9 * 24)
    for user in USERS:
        teamed.act("say", user, 1, ["x"])
        teamed.act("say", user, 2, ["x"])
        teamed.act("read", user, 2, 3)


def test_what_who_left_brought_stays_with_the_team(teamed):
    busy(teamed)
    before = teamed.brought()
    assert before[Measure.READ, "month", "Reef"] == (10, 0)
    assert before[Measure.SAID, "month", "Reef"] == (4, 0)
    assert before["comms", "", "Reef"] == (10, 2)
    teamed.act("stand", "U0", Standing.OUT)
    assert teamed.brought() == before
    assert teamed.rest().keys() == {"Reef"}
    teamed.act("vanish", "U1")
    teamed.act("vanish", "U2")
    assert teamed.brought() == before
    teamed.act("vanish", "U0")
    rebuild_scores(teamed.store, teamed.now)
    assert teamed.brought() == before


def test_who_comes_again_counts_once(teamed):
    busy(teamed)
    before = teamed.brought()
    for _ in range(2):
        teamed.act("stand", "U0", Standing.OUT)
        teamed.act("return_", "U0")
        assert teamed.brought() == before
    assert teamed.rest() == {}


def test_what_who_left_takes_back_is_taken_back(teamed):
    busy(teamed)
    teamed.act("unsay", "U0", 2)
    without = teamed.brought()
    teamed.act("say", "U0", 2, ["x"])
    teamed.act("stand", "U0", Standing.OUT)
    teamed.act("unsay", "U0", 2)
    assert teamed.brought() == without
    teamed.act("return_", "U0")
    assert teamed.brought() == without
    assert teamed.rest() == {}


def test_what_is_set_aside_of_who_left_is_so_in_their_team(teamed):
    busy(teamed)
    read, said = (Measure.READ, "month", "Reef"), (Measure.SAID, "month", "Reef")
    before = teamed.brought()
    teamed.act("stand", "U0", Standing.OUT)
    teamed.act("aside", "U0", 1, False)
    teamed.act("unsaid", "U0", 2, False)
    without = teamed.brought()
    assert (without[read], without[said]) == ((8, 0), (3, 0))
    teamed.act("return_", "U0")
    assert teamed.brought() == without
    assert teamed.rest() == {}
    teamed.act("stand", "U0", Standing.OUT)
    teamed.act("aside", "U0", 1, True)
    teamed.act("unsaid", "U0", 2, True)
    assert teamed.brought() == before
    teamed.act("return_", "U0")
    assert teamed.brought() == before
    assert teamed.rest() == {}


def test_nothing_stays_of_a_team_too_small_to_hide_anybody(teamed):
    busy(teamed)
    teamed.act("stand", "U3", Standing.OUT)
    teamed.act("stand", "U2", Standing.OUT)
    assert teamed.rest().keys() == {"Bakery"}
    small = {value for key, value in teamed.brought(("Small",)).items()}
    assert small == {(0, 0)}
    teamed.store.write(lambda c: teams.keep_staff(c, {**HEADS, "Bakery": 4}, teamed.now))
    teamed.store.write(team_rest.forget_small)
    assert teamed.rest() == {}


def test_who_comes_again_takes_nothing_back_that_was_forgotten(teamed):
    busy(teamed)
    month = Measure.READ, "month", "Reef"
    teamed.act("stand", "U0", Standing.OUT)
    for heads in (4, 6):
        teamed.heads({**HEADS, "Reef": heads})
    assert teamed.brought()[month] == (5, 0)
    teamed.act("stand", "U1", Standing.OUT)
    assert teamed.brought()[month] == (5, 0)
    teamed.act("return_", "U0")
    assert teamed.brought()[month] == (10, 0)
    teamed.act("return_", "U1")
    assert teamed.brought()[month] == (10, 0)
    assert teamed.rest() == {}


def test_a_team_that_is_called_otherwise_keeps_it(teamed):
    busy(teamed)
    teamed.act("stand", "U0", Standing.OUT)
    before = teamed.brought()
    teamed.store.write(lambda c: team_rest.rename(c, {"Reef": "Coral"}))
    teamed.store.write(lambda c: teams.keep_staff(c, {"Coral": 6}, teamed.now))
    assert teamed.brought(("Coral",)) == {
        (*key[:-1], "Coral"): value for key, value in before.items() if key[-1] == "Reef"
    }
    teamed.act("return_", "U0")
    assert teamed.rest() == {}


@pytest.mark.parametrize(
    "called", [{"Reef": "Bakery", "Bakery": "Reef"}, {"Reef": "Bakery", "Bakery": "Coral"}], ids=["a swap", "a chain"]
)
def test_teams_that_take_one_another_s_names_keep_their_own(teamed, called):
    busy(teamed)
    before = {key: numbers for key, numbers in teamed.brought().items() if key[0] != "comms"}
    for user in ("U0", "U2"):
        teamed.act("stand", user, Standing.OUT)
    teamed.store.write(lambda c: team_rest.rename(c, called))
    heads = {called.get(name, name): number for name, number in HEADS.items()}
    teamed.store.write(lambda c: teams.keep_staff(c, heads, teamed.now))
    after = {(*key[:-1], called[key[-1]]): numbers for key, numbers in before.items()}
    brought = teamed.brought(tuple(heads))
    assert {key: brought[key] for key in after} == after
    for user in ("U0", "U2"):
        teamed.act("return_", user)
    brought = teamed.brought(tuple(heads))
    assert {key: brought[key] for key in after} == after
    assert teamed.rest() == {}


def test_it_is_forgotten_like_everything_else(teamed):
    busy(teamed)
    teamed.act("vanish", "U0")
    teamed.act("wait", 40 * 24)
    teamed.act("forget")
    kept = {row.period for row in teamed.store.read(lambda c: c.execute(select(t.team_rest)).all())}
    assert kept == {"week", "month", "quarter"}, "single days go after a month"
    teamed.act("wait", 400 * 24)
    teamed.act("forget")
    assert teamed.rest() == {}


@pytest.mark.parametrize(("seed", "others"), [(1, ("vanish",)), (3, ())])
def test_whatever_happens_nobody_counts_twice_or_is_lost(store, seed, others):
    random, teamed = Random(seed), Teamed(store)
    busy(teamed)
    for _ in range(8):
        for _ in range(4):
            teamed.do_something(random)
        before, sums, lost = teamed.brought(teamed.large()), teamed.sums(), set(teamed.lost)
        what, user = teamed.change_who_is_here(random, *others)
        if what == "in" and user in lost:
            assert teamed.sums() == sums, "what was forgotten is not taken back"
        else:
            assert teamed.brought(teamed.large()) == before, (what, user)
    for user in USERS:
        teamed.act("return_", user)
    assert others or teamed.rest() == {}
