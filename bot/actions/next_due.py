"""When there is something to do next, for those who step a clock instead of looking in every second."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.publish_due import A_MOMENT
from bot.actions.send_digest import next_digest
from bot.store import crises, deliveries, inbox, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def next_due(desk: Desk, now: datetime) -> datetime | None:
    """The earliest moment (UTC) at which inbox, deliveries, queue or digest have work: `now` or before, if at once.

    None when nothing is ever due. While posting is paused, or there is a crisis, the queue waits for nobody.
    """
    if desk.visitors:
        return now

    def read(connection: Connection) -> datetime | None:
        setup = setup_store.load_setup(connection)
        is_held = setup.paused or crises.stops_promotion(connection)
        queue = None if is_held else _next_story(connection, now)
        owed, waiting = deliveries.next_due(connection), inbox.next_due(connection)
        moments = (queue, owed, waiting, next_digest(connection, setup, now))
        return min((moment for moment in moments if moment is not None), default=None)

    return desk.store.read(read)


def _next_story(connection: Connection, now: datetime) -> datetime | None:
    """What is due stays in the queue while Slack takes no story: then the delivery says when something happens."""
    due_at = stories.next_due(connection)
    is_held = due_at is not None and due_at <= now and deliveries.stuck_channels(connection, now - A_MOMENT)
    return None if is_held else due_at
