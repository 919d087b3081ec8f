"""A database from a backup takes over: what happened since then it does not know, so it goes carefully."""

from dataclasses import replace
from datetime import datetime

from bot.domain.stories import Story
from bot.store import deliveries, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store


def come_back(store: Store, now: datetime) -> list[Story]:
    """Pause posting, and look for every message that was due before it is sent. Run twice, it does nothing more.

    Answers the stories that were due: they may stand in their channels already. Digests due before now are not made,
    as after any change of the set-up.
    """

    def work(connection: Connection) -> list[Story]:
        setup_store.save_setup(connection, replace(setup_store.load_setup(connection), paused=True), now)
        deliveries.doubt_before(connection, now)
        return stories.due(connection, now)

    return store.write(work)
