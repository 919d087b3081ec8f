"""A channel gets another id from Slack: everything we know of it goes along."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.deliveries import DeliveryState
from bot.domain.problems import TryLater
from bot.store import setup as setup_store
from bot.store.tables import (
    bookings,
    channels,
    crises,
    crisis_audiences,
    crisis_posts,
    deliveries,
    hooks,
    ideas,
    placements,
    questions,
    reactions,
)

MOVED = (channels, bookings, placements, reactions, questions, ideas, hooks, crises, crisis_posts)
"""Where something stands in a channel."""


def move_channel(connection: Connection, old: str, new: str, now: datetime) -> None:
    """Give everything that stands under the old id the new one. Twice it does nothing more.

    Keys of deliveries keep the old id: what was made or sent is made and sent. Raises TryLater.
    """
    if setup_store.find_channel(connection, new) is not None:
        setup_store.drop_channel(connection, old)
    for table in MOVED:
        connection.execute(update(table).where(table.c.channel == old).values(channel=new))
    for row in connection.execute(select(crisis_audiences)).all():
        places = [new if channel == old else channel for channel in row.channels]
        mine = (crisis_audiences.c.crisis_id == row.crisis_id, crisis_audiences.c.key == row.key)
        connection.execute(update(crisis_audiences).where(*mine).values(channels=places))
    open_now = deliveries.c.state.in_([DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.FAILED])
    connection.execute(update(deliveries).where(deliveries.c.target == old, open_now).values(target=new))
    setup = setup_store.load_setup(connection)
    comms = new if setup.comms_channel == old else setup.comms_channel
    without = tuple(new if channel == old else channel for channel in setup.without_stories)
    champions = new if setup.champions_channel == old else setup.champions_channel
    moved = replace(setup, comms_channel=comms, champions_channel=champions, without_stories=without)
    if moved != setup and not setup_store.save_setup(connection, moved, now):
        raise TryLater(1.0, "an admin changed the set-up at this moment")
