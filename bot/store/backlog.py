"""What waits: deliveries and events that are not done. Counted, without looking at what is in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select

from bot.domain.deliveries import LAST_LANE, DeliveryState
from bot.domain.stuck import Wait
from bot.store.tables import deliveries, inbox

ALARM_KEY = "notice:stuck:"
"""How keys of deliveries begin that tell of something stuck: they are not themselves what comms is told of."""

_OPEN = or_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.state == DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Backlog:
    """Deliveries of a kind: how many wait, how many of them should be there already, and since when the oldest."""

    kind: str
    waiting: int
    due: int
    oldest: datetime | None


def deliveries_by_kind(connection: Connection, now: datetime) -> list[Backlog]:
    """What waits, kind by kind."""
    is_due = deliveries.c.due_at <= now
    columns = (
        deliveries.c.kind,
        func.count().label("waiting"),
        func.count().filter(is_due).label("due"),
        func.min(deliveries.c.due_at).filter(is_due).label("oldest"),
    )
    query = select(*columns).where(_OPEN).group_by(deliveries.c.kind).order_by(deliveries.c.kind)
    return [Backlog(row.kind, row.waiting, row.due, row.oldest) for row in connection.execute(query)]


def deliveries_by_state(connection: Connection) -> dict[str, int]:
    """How many there are in each state."""
    query = select(deliveries.c.state, func.count().label("n")).group_by(deliveries.c.state)
    return {row.state: row.n for row in connection.execute(query.order_by(deliveries.c.state))}


def failed_by_kind(connection: Connection) -> dict[str, int]:
    """How many Slack refused for good, kind by kind."""
    is_failed = deliveries.c.state == DeliveryState.FAILED
    query = select(deliveries.c.kind, func.count().label("n")).where(is_failed).group_by(deliveries.c.kind)
    return {row.kind: row.n for row in connection.execute(query.order_by(deliveries.c.kind))}


def late_deliveries(connection: Connection, comms_channel: str | None, now: datetime) -> list[Wait]:
    """Deliveries that should be there: those to the comms channel, and all others.

    Left out are alarms, and what many people are told in a crisis, at the pace that Slack takes: its card says how far
    that is.
    """
    to_comms = deliveries.c.target == (comms_channel or "")
    has_pace = and_(deliveries.c.lane > 0, deliveries.c.lane < LAST_LANE)
    is_alarm = deliveries.c.key.startswith(ALARM_KEY, autoescape=True)
    others = and_(not_(to_comms), not_(is_alarm), not_(has_pace))
    found = (_late(connection, "comms", to_comms, now), _late(connection, "deliveries", others, now))
    return [wait for wait in found if wait is not None]


def waiting_events(connection: Connection) -> Wait | None:
    """Events that are not handled; None when there are none."""
    query = select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.handled_at.is_(None))
    count, oldest = connection.execute(query).one()
    return Wait("inbox", oldest, count) if count else None


def last_error(connection: Connection) -> str | None:
    """Why the oldest delivery that is late did not go, as Slack or the network said it."""
    late = and_(_OPEN, deliveries.c.error.is_not(None), deliveries.c.attempts > 0)
    return connection.execute(select(deliveries.c.error).where(late).order_by(deliveries.c.due_at).limit(1)).scalar()


def last_error_of_events(connection: Connection) -> str | None:
    """Why the oldest event that waits could not be handled, where it was Slack's doing."""
    waits = select(inbox.c.error).where(inbox.c.handled_at.is_(None), inbox.c.error.is_not(None))
    return connection.execute(waits.order_by(inbox.c.id).limit(1)).scalar()


def _late(connection: Connection, what: str, whose: ColumnElement[bool], now: datetime) -> Wait | None:
    query = select(func.count(), func.min(deliveries.c.due_at)).where(_OPEN, whose, deliveries.c.due_at <= now)
    count, oldest = connection.execute(query).one()
    return Wait(what, oldest, count) if count else None
