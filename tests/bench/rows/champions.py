"""`champions_scale`: the list of champions as comms sees it, in a large company and in a small one."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bot.actions.keep_rankings import keep_rankings
from bot.actions.look_at_champions import look_at_champions
from bot.actions.who_asks import Asker
from bot.domain.champions import weekly_days
from bot.domain.people import Profile
from bot.store.engine import Store
from tests.bench.bench import Bench
from tests.bench.company import NOW, make_read_company
from tests.bench.measure import Figure, in_turns

KEYS = ("champions_scale",)
ON_POSTGRES = False
LOOKS = 20
"""How often an editor looks in a round."""
EDITOR = Asker(Profile("UEDITOR", "T", "Comms"), None, "en", is_editor=True, is_admin=False)


def measure(bench: Bench, kind: str) -> list[Figure]:
    if not bench.full:
        return []
    with ExitStack() as closing:
        small = closing.enter_context(_company(bench, kind, 10_000, 100_000))
        large = closing.enter_context(_company(bench, kind, 100_000, 10_000_000))
        what = (
            "the list of champions, 100,000 people and 10 M shares / 10,000 people and 100 k "
            f"(a ranking is made in {large.making:.1f} s / {small.making:.2f} s, once a day)"
        )
        return [in_turns(large.look, small.look, bench.rounds).figure(KEYS[0], what, 20)]


@dataclass
class Company:
    """An editor looks at the list. `making`: seconds that one ranking took. It passes for a desk."""

    store: Store
    making: float = 0
    public_url: str = "https://go.example.com"

    def look(self) -> float:
        """µs of the processor for one look."""
        start = time.thread_time()
        desk: Any = self
        for _ in range(LOOKS):
            assert len(look_at_champions(desk, EDITOR, NOW).champions.listed) == 25
        return (time.thread_time() - start) / LOOKS * 1e6


@contextmanager
def _company(bench: Bench, kind: str, many_people: int, many_shares: int) -> Iterator[Company]:
    with bench.store(bench.database(kind)) as store:
        make_read_company(store, many_people=many_people, many_shares=many_shares)
        start = time.perf_counter()
        keep_rankings(store, NOW)
        yield Company(store, (time.perf_counter() - start) / len(weekly_days(0)))
