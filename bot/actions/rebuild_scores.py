"""Scores, counted anew from the ledgers: when asked for, when the company's zone changes, and in part once a day.

Readers come into the scores of their own accord here, every time somebody looks.
"""

from datetime import datetime

from bot.domain.leaderboard import Period, PeriodName, period_of
from bot.domain.scores import CALENDAR, unsettled_since
from bot.store import recount, score_readers, scores
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store

AT_ONCE = 200
"""Of so many people readers are taken into the scores in one transaction: whoever writes meanwhile waits for it."""
EVER = 1
"""The first day there is."""


def rebuild_scores(store: Store, now: datetime) -> int:
    """Count all of them, a period at a time, beside a running bot too. Answers how many periods there are."""
    zone, days = _today(store, now)
    wanted = store.write(lambda connection: recount.begin(connection, zone, days))
    for period in wanted:
        _count(store, zone, period)
    _take_in_readers(store, EVER)
    store.write(lambda connection: recount.finish(connection, zone))
    return len(wanted)


def keep_scores(store: Store, now: datetime) -> None:
    """What is left to do once in a while: all of it after a change of zone, and every midnight what is of today.

    The 30 days begin a day later then; and should anything ever be amiss in this week's, month's and quarter's scores,
    it is not for longer than a day. New readers are taken in each time.
    """
    zone, days = _today(store, now)
    found = store.read(scores.find_scoring)
    if found is None or not found.is_whole or found.zone != zone:
        rebuild_scores(store, now)
        return
    _take_in_readers(store, unsettled_since(found))
    if found.days != days:
        for name in CALENDAR:
            _count(store, zone, period_of(name, now, zone))
        store.write(lambda connection: recount.turn_to(connection, days))


def _take_in_readers(store: Store, since: int) -> None:
    ids = store.read(lambda connection: score_readers.waiting(connection, since))
    for start in range(0, len(ids), AT_ONCE):
        _take_in(store, ids[start : start + AT_ONCE], since)


def _take_in(store: Store, ids: list[int], since: int) -> None:
    def take_in_readers(connection: Connection) -> None:
        score_readers.take_in(connection, ids, since)

    store.write(take_in_readers)


def _count(store: Store, zone: str, period: Period) -> None:
    store.write(lambda connection: recount.count(connection, zone, [period]))


def _today(store: Store, now: datetime) -> tuple[str, Period]:
    def work(connection: Connection) -> tuple[str, Period]:
        zone = setup_store.load_setup(connection).zone
        return zone, period_of(PeriodName.DAYS, now, zone)

    return store.read(work)
