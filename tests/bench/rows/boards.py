"""`board_flat`, `board_rolling`, `board_naive`, `board_people`: the top ten and one's own place."""

import itertools
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.actions.show_leaderboard import show_leaderboard
from bot.actions.who_asks import Asker
from bot.domain.leaderboard import PeriodName
from bot.domain.people import Profile
from bot.store import people
from bot.store.engine import Store
from tests.bench.bench import Bench
from tests.bench.company import NOW, make_company
from tests.bench.karma import Karma
from tests.bench.measure import Figure, in_turns

KEYS = ("board_flat", "board_rolling", "board_naive", "board_people")
ON_POSTGRES = False
CALENDAR = (PeriodName.WEEK, PeriodName.MONTH, PeriodName.QUARTER)
LOOKS = 200
"""How many people look at a board in a round."""


def measure(bench: Bench, kind: str) -> list[Figure]:
    with ExitStack() as closing:
        few, many = bench.pick(10_000, 100_000), bench.pick(100_000, 10_000_000)
        company = closing.enter_context(_company(bench, kind, 10_000, few))
        busy = closing.enter_context(_company(bench, kind, 10_000, many))
        million = busy if not bench.full else closing.enter_context(_company(bench, kind, 10_000, 1_000_000))
        figures = [
            in_turns(lambda: busy.look(CALENDAR), lambda: company.look(CALENDAR), bench.rounds).figure(
                KEYS[0], f"the board (p99) at {many:,} shares / at {few:,}", 1.5
            ),
            in_turns(lambda: million.look([PeriodName.DAYS]), lambda: million.look(CALENDAR), bench.rounds).figure(
                KEYS[1], "the last 30 days / the calendar (p99)", 90
            ),
            _against_counting(bench, million),
        ]
        if bench.full:
            large = closing.enter_context(_company(bench, kind, 100_000, 1_000_000))
            turns = in_turns(lambda: large.look(CALENDAR), lambda: million.look(CALENDAR), bench.rounds)
            figures.append(turns.figure(KEYS[3], "the board (p99) of 100,000 people / of 10,000", 12))
        return figures


def _against_counting(bench: Bench, company: "Company") -> Figure:
    """GROUP BY grows with the shares and the board does not, so fewer shares promise less."""
    karma = Karma(company.store)
    turns = in_turns(karma.board, lambda: company.look([PeriodName.QUARTER], 0.5), bench.rounds)
    what = f"GROUP BY over {karma.events:,} events / the board (median)"
    return turns.figure(KEYS[2], what, karma.events / 1000, at_most=False)


@dataclass
class Company:
    """People who look at the leaderboard."""

    store: Store
    askers: Iterator[Asker]
    public_urls: Iterator[str] = field(default_factory=lambda: itertools.cycle(("", "https://go.example.com")))
    """Every other board is one of readers."""
    public_url: str = ""

    def look(self, names: Iterable[PeriodName], which: float = 0.99) -> float:
        """µs of the processor for one look, at this quantile: the machine has more to do beside."""
        costs = sorted(map(self._look, itertools.islice(itertools.cycle(list(names)), LOOKS)))
        return costs[int(LOOKS * which)] * 1e6

    def _look(self, name: PeriodName) -> float:
        asker: Any = next(self.askers)
        desk: Any = self
        self.public_url = next(self.public_urls)
        start = time.thread_time()
        board = show_leaderboard(desk, asker, name, NOW).board
        cost = time.thread_time() - start
        assert len(board.rows) == 10
        return cost


@contextmanager
def _company(bench: Bench, kind: str, many_people: int, many_shares: int) -> Iterator[Company]:
    with bench.store(bench.database(kind)) as store:
        make_company(store, many_people=many_people, many_shares=many_shares)
        yield Company(store, _askers(store))


def _askers(store: Store) -> Iterator[Asker]:
    dice = random.Random(1)
    found = []
    for number in dice.sample(range(1, 10_001), 100):
        person = store.read(lambda connection, n=number: people.by_id(connection, n))
        assert person is not None
        found.append(Asker(Profile(person.user, "T", person.name), person, "en", is_editor=False, is_admin=False))
    return itertools.cycle(found)
