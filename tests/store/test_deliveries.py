"""The outbox: made once, held by one worker at a time, taken up again when that one is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.domain.deliveries import LEASE, Owed
from bot.store import deliveries
from tests.conftest import MONDAY


def owe(store, key="story:1:C1", now=MONDAY, **more):
    return store.write(lambda c: deliveries.owe(c, Owed("story", key, "C1", **more), now))


def claim(store, worker="one", now=MONDAY, most=20):
    return store.write(lambda c: deliveries.claim(c, worker, now, most))


def test_made_twice_is_there_once(store):
    assert owe(store)
    assert not owe(store)
    assert len(claim(store)) == 1


def test_held_by_one(store):
    owe(store)
    assert len(claim(store, "one")) == 1
    assert claim(store, "two") == []


def test_a_lease_that_ran_out_is_taken_up_and_looked_for_first(store):
    owe(store)
    [first] = claim(store, "one")
    assert store.write(lambda c: deliveries.begin(c, first, MONDAY))
    assert claim(store, "two", MONDAY + LEASE + timedelta(seconds=1)) == [], "it is on its way to Slack"
    [second] = claim(store, "two", MONDAY + 2 * LEASE + timedelta(seconds=1))
    assert (first.uncertain, second.uncertain) == (False, True)
    assert second.attempts == 2


def test_what_was_never_on_its_way_needs_no_looking_for(store):
    owe(store)
    claim(store, "one")
    [second] = claim(store, "two", MONDAY + LEASE + timedelta(seconds=1))
    assert not second.uncertain


def test_who_held_it_too_long_can_neither_send_it_nor_put_it_back(store):
    owe(store)
    [first] = claim(store, "one")
    later = MONDAY + LEASE + timedelta(seconds=1)
    [second] = claim(store, "two", later)
    assert not store.write(lambda c: deliveries.begin(c, first, MONDAY))
    store.write(lambda c: deliveries.put_back(c, first, later, "ratelimited", uncertain=False))
    assert claim(store, "three", later) == []
    assert store.write(lambda c: deliveries.begin(c, second, later))


def test_what_slack_did_not_take_is_as_certain_as_before(store):
    owe(store)
    [taken] = claim(store)
    store.write(lambda c: deliveries.begin(c, taken, MONDAY))
    store.write(lambda c: deliveries.put_back(c, taken, MONDAY, "ratelimited", uncertain=False))
    assert not claim(store)[0].uncertain


def test_put_back_waits_until_then(store):
    owe(store)
    [taken] = claim(store)
    later = MONDAY + timedelta(seconds=30)
    store.write(lambda c: deliveries.put_back(c, taken, later, "ratelimited", uncertain=False))
    assert claim(store, now=later - timedelta(seconds=1)) == []
    assert store.read(deliveries.next_due) == later
    [again] = claim(store, now=later)
    assert not again.uncertain


def test_sent_is_never_taken_again(store):
    owe(store)
    [taken] = claim(store)
    store.write(lambda c: deliveries.sent(c, taken.id, "C1", "1.2", MONDAY))
    assert claim(store, now=MONDAY + timedelta(days=30)) == []
    assert not owe(store)


def test_texts_go_after_a_week_and_the_rest_stays(store):
    owe(store, body={"text": "hello"})
    [taken] = claim(store)
    store.write(lambda c: deliveries.sent(c, taken.id, "C1", "1.2", MONDAY))
    store.write(lambda c: deliveries.strip_texts(c, MONDAY + timedelta(days=7)))
    assert not owe(store), "it is still known to have been made"


def test_two_copies_share_the_work_and_none_twice(store):
    for i in range(60):
        owe(store, f"story:{i}:C1")

    def take(worker):
        taken = []
        while found := claim(store, worker, most=5):
            taken += [delivery.id for delivery in found]
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [i for part in pool.map(take, ["a", "b", "c", "d"]) for i in part]
    assert len(taken) == len(set(taken)) == 60


def test_what_goes_first_is_found_without_sorting_all_that_wait(store):
    """In a crisis ten thousand wait, and each of them is asked for."""
    if not store.is_sqlite:
        pytest.skip("the other database has figures of its own to plan by")
    asked = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _u, said, given, *_: asked.append((said, given)))
    for but_paced in (False, True):
        store.write(lambda c, but_paced=but_paced: deliveries.claim(c, "one", MONDAY, most=1, but_paced=but_paced))
        said, given = next(one for one in reversed(asked) if one[0].startswith("UPDATE"))
        plan = store.read(
            lambda c, said=said, given=given: c.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given).all()
        )
        steps = [row.detail for row in plan]
        looks = [step for step in steps if "SEARCH deliveries USING INDEX" in step]
        assert looks
        assert all("ix_deliveries_lane (state=? AND lane>?" in step for step in looks)
        assert sum("TEMP B-TREE" in step for step in steps) == 1, "for the few that were found"


def test_but_paced_leaves_the_lanes_of_people_alone(store):
    def owe(connection):
        for lane in (0, 1, 99, 100, 120):
            deliveries.owe(connection, Owed("notice", f"k{lane}", "C1", lane=lane), MONDAY)

    store.write(owe)
    taken = store.write(lambda c: deliveries.claim(c, "one", MONDAY, most=9, but_paced=True))
    assert [delivery.lane for delivery in taken] == [0, 100, 120]
    assert [one.lane for one in store.write(lambda c: deliveries.claim(c, "one", MONDAY, most=9))] == [1, 99]
