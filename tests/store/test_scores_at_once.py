"""Scores are what counting gives, whatever several copies and threads do at the same moment."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, delete, text

from bot.actions.rebuild_scores import keep_scores, rebuild_scores
from bot.domain.people import Standing
from bot.domain.problems import DatabaseTrouble
from bot.store import score_readers
from bot.store import tables as t
from bot.store.engine import Store
from tests.conftest import until
from tests.store.scored_company import CHANNELS, NETWORKS, STORIES, USERS, Company

AT_ONCE = 3
two_writers = pytest.mark.parametrize("migrated_url", ["postgres"], indirect=True)
"""SQLite has one at a time."""


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
    company.came += sum(copy.came for copy in copies)
    company.check()
    keep_scores(store, company.now)
    company.check_readers()
    before = company.sums_of_clicks()
    company.recount_clicks()
    after = company.sums_of_clicks()
    assert (before[0], before[2]) == (after[0], after[2])
    for other in {*stores} - {store}:
        other.close()


@two_writers
def test_who_is_deleted_while_their_readers_are_taken_in_leaves_none_of_them(store):
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 3)
    mine = company.asker("U0").person.id
    while_held(
        store,
        lambda connection: score_readers.take_in(connection, [mine], 1),
        lambda: insist(company.vanish, "U0"),
    )
    assert company.asker("U0").person is None
    company.check()


@two_writers
def test_clicks_that_come_while_they_are_counted_anew_are_counted(store):
    """Their day had sums that were lost, which is what counting anew is for."""
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 2)
    for table in (t.link_days, t.reader_days):
        store.write(lambda c, table=table: c.execute(delete(table)))
    while_held(store, lambda connection: company.count_clicks(connection, "U0", 1, 3), company.recount_clicks)
    assert company.sums_of_clicks() == (5, 5, 5)


def while_held(store: Store, hold: Callable[[Connection], object], act: Callable[[], object]) -> None:
    """One is not through with its transaction when another comes that has to wait for it."""
    with ThreadPoolExecutor(1) as pool:
        with store.engine.begin() as connection:
            hold(connection)
            acting = pool.submit(act)
            until(lambda: is_anybody_waiting(store))
        acting.result(timeout=60)


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
