"""Words of thanks on their way: deliveries of their own kind, whose writer can be taken out."""

from datetime import datetime

from sqlalchemy import Connection, null, select, update

from bot.domain.deliveries import DeliveryState
from bot.store.tables import deliveries

KIND = "thanks"
_COMES = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.SENT)


def lately(connection: Connection, person_id: int, since: datetime) -> tuple[str, datetime] | None:
    """The last one to this person, if it came or comes: its key, and when it was written. None before `since`."""
    theirs = (deliveries.c.kind == KIND, deliveries.c.person_id == person_id)
    query = select(deliveries.c.key, deliveries.c.made_at).where(*theirs, deliveries.c.state.in_(_COMES))
    row = connection.execute(query.where(deliveries.c.made_at > since).order_by(deliveries.c.made_at.desc())).first()
    return None if row is None else (row.key, row.made_at)


def forget_writer(connection: Connection, key: str, now: datetime) -> None:
    """What this editor wrote goes: nothing of it is sent any more, and no text stays."""
    written = (deliveries.c.kind == KIND, deliveries.c.body["by"].as_string() == key)
    waits = update(deliveries).where(*written, deliveries.c.state == DeliveryState.WAITING)
    connection.execute(waits.values(state=DeliveryState.UNWANTED, done_at=now))
    connection.execute(update(deliveries).where(*written).values(body=null()))
