"""When there is something to do next, for those who step a clock instead of looking in every second."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.send_digest import next_digest
from bot.store import deliveries, inbox, stories
from bot.store.engine import Connection


def next_due(desk: Desk, now: datetime) -> datetime | None:
    """The earliest moment (UTC) at which inbox, deliveries, queue or digest have work: `now` or before, if at once.

    None when nothing is ever due. While posting is paused the queue waits for nobody.
    """
    if desk.visitors:
        return now
    paused = desk.setup().paused

    def read(connection: Connection) -> list[datetime | None]:
        queue = None if paused else stories.next_due(connection)
        return [queue, deliveries.next_due(connection), inbox.next_due(connection)]

    moments = [*desk.store.read(read), next_digest(desk, now)]
    return min((moment for moment in moments if moment is not None), default=None)
