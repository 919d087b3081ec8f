"""The ranking of yesterday, and those that badges and risers are told by: counted once, and kept."""

import secrets
from datetime import datetime, timedelta

from bot.actions.find_champions import count_sums
from bot.domain.champions import Candidate, weekly_days, worth_keeping
from bot.domain.local_time import day_of
from bot.store import champions, rankings
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store
from bot.store.rankings import Sums

SETTLES = timedelta(minutes=5)
"""After midnight: by then all copies know that it is another day, and what came before is counted."""


def keep_rankings(store: Store, now: datetime) -> None:
    """Make those that are not here, or not true any more. Twice, late, or by two copies at once it comes to the same.

    A ranking is counted beside whoever writes, and then put there in a moment.
    """
    zone = store.read(setup_store.load_setup).zone
    days = weekly_days(day_of(now - SETTLES, zone) - 1)
    here = store.read(lambda connection: rankings.true_days(connection, days))
    for day in reversed(days):
        if day not in here:
            _keep(store, day)


def _keep(store: Store, as_of: int) -> None:
    draft = secrets.token_hex(8)

    def begin_ranking(connection: Connection) -> bool:
        return rankings.begin(connection, as_of, draft)

    def finish_ranking(connection: Connection) -> None:
        rankings.finish(connection, as_of, draft, found, sums)

    if store.write(begin_ranking):
        found, sums = store.read(lambda connection: _count(connection, as_of))
        store.write(finish_ranking)


def _count(connection: Connection, as_of: int) -> tuple[list[Candidate], Sums]:
    return worth_keeping(champions.candidates(connection, as_of)), count_sums(connection, as_of)
