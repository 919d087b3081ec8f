"""The machine's clock went back: what was to wait for seconds would wait for an hour."""

import logging
from datetime import datetime

from bot.actions.desk import Desk
from bot.store import deliveries, inbox
from bot.store.engine import Connection

log = logging.getLogger(__name__)


def set_clocks_right(desk: Desk, now: datetime) -> None:
    """Let what waits by a clock that was ahead wait no longer.

    Times that people chose (a slot, a reminder, the end of quiet hours) stay: these are times on the wall.
    """
    if not desk.store.read(lambda connection: deliveries.is_ahead(connection, now) or inbox.is_ahead(connection, now)):
        return

    def work(connection: Connection) -> None:
        deliveries.bring_back(connection, now)
        inbox.bring_back(connection, now)

    desk.store.write(work)
    log.warning("The clock went back; what waited for the time it showed before goes on now")
    desk.wake()
