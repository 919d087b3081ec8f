"""When there is something to do next, for those who step a clock instead of looking in every second."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.send_digest import next_digest
from bot.store import deliveries, inbox, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def next_due(desk: Desk, now: datetime) -> datetime | None:
    """The earliest moment (UTC) at which inbox, deliveries, queue or digest have work: `now` or before, if at once.

    None when nothing is ever due. While posting is paused the queue waits for nobody.
    """
    if desk.visitors:
        return now

    def read(connection: Connection) -> datetime | None:
        setup = setup_store.load_setup(connection)
        queue = None if setup.paused else stories.next_due(connection)
        owed, waiting = deliveries.next_due(connection), inbox.next_due(connection)
        moments = (queue, owed, waiting, next_digest(connection, setup, now))
        return min((moment for moment in moments if moment is not None), default=None)

    return desk.store.read(read)
