"""A database from a backup takes over: what happened since then it does not know, so it goes carefully."""

from dataclasses import replace
from datetime import datetime

from bot.actions.delete_me import take_out
from bot.domain.people import Standing
from bot.domain.stories import Story
from bot.store import deliveries, keys, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store
from bot.store.keys import Withdrawn
from bot.store.leaving import put_standing
from bot.store.seal import Seal


def come_back(store: Store, now: datetime, since: Withdrawn | None = None) -> list[Story]:
    """Pause posting, and look for every message that was due before it is sent. Run twice, it does nothing more.

    `since`: who had been deleted or had left by the database that it takes over from; they are so again. Answers the
    stories that were due: they may stand in their channels already. Digests due before now are not made, as after any
    change of the set-up.
    """

    def work(connection: Connection) -> list[Story]:
        setup_store.save_setup(connection, replace(setup_store.load_setup(connection), paused=True), now)
        deliveries.doubt_before(connection, now)
        if since is not None and keys.take_over(connection, since):
            _withdraw(connection, since, now)
        return stories.due(connection, now)

    return store.write(work)


def _withdraw(connection: Connection, since: Withdrawn, now: datetime) -> None:
    for user in people.users(connection):
        if keys.is_forgotten(connection, user):
            # What is sealed does not open here; `forget_old` looks for it.
            take_out(connection, Seal(""), user, now)
    for user in since.out:
        person = people.by_user(connection, user)
        if person is not None:
            put_standing(connection, person.id, Standing.OUT, now)
        else:
            keys.remember_forgotten(connection, user, now)
