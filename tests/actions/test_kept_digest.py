"""The digest that is kept for a minute: nobody gets one that was counted under another stamp."""

from datetime import UTC, datetime, timedelta

from bot.actions.kept_digest import KEPT, NOT_KEPT, KeptDigest
from bot.domain.digest import Week
from bot.domain.people import Profile, Standing
from bot.store import people

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
WEEK = Week(NOON - timedelta(days=7), NOON)


def test_what_is_got_was_kept_under_that_very_stamp():
    kept = KeptDigest()
    assert kept.get(WEEK, ("named", 1), NOON) is NOT_KEPT
    kept.put(WEEK, ("named", 1), NOON, None)
    assert kept.get(WEEK, ("named", 1), NOON) is None, "there was nothing to tell"
    assert kept.get(WEEK, ("others", 1), NOON) is NOT_KEPT
    assert kept.get(WEEK, ("named", 2), NOON) is NOT_KEPT
    assert kept.get(Week(NOON, NOON), ("named", 1), NOON) is NOT_KEPT
    assert kept.get(WEEK, ("named", 1), NOON + KEPT) is NOT_KEPT


def test_the_stamp_is_another_when_as_many_others_are_named(store):
    """Also when their numbers come to the same sum, or one is called something else."""

    def stand(*named):
        def work(connection):
            for number in range(4):
                found = people.add(connection, Profile(f"U{number}", "T", f"P {number}"), NOON)
                people.set_standing(connection, found.id, Standing.NAMED if number in named else Standing.UNNAMED)
            return people.who_is_named(connection)

        return store.write(work)

    outer = stand(0, 3)
    assert stand(1, 2) != outer
    assert stand(0, 3) == outer
    store.write(lambda c: people.refresh(c, Profile("U3", "T", "Somebody")))
    assert store.read(people.who_is_named) != outer
