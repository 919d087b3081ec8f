"""The inbox: every event is here before it is acknowledged, once, however often Slack sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, delete, func, literal, or_, select, update

from bot.domain.deliveries import CLOCKS_AGREE
from bot.domain.happenings import Happening, from_fields, to_fields
from bot.store.given import as_rows, for_given, types_of
from bot.store.prepared import inserting
from bot.store.tables import Moment, inbox

LONGEST_WAIT = timedelta(minutes=10)
"""No event is put off for longer at once."""


@dataclass(frozen=True)
class InboxRow:
    """An event waiting to be handled."""

    id: int
    kind: str
    body: Mapping[str, Any]
    attempts: int
    received_at: datetime

    @property
    def happening(self) -> Happening:
        """What happened."""
        return from_fields(self.kind, self.body)


_GIVEN = ("event_id", "kind", "body", "user", "received_at", "not_before", "handled_at", "attempts")


def put(
    connection: Connection, event_id: str, happening: Happening, now: datetime, *, is_handled: bool = False
) -> bool:
    """Store an event; `is_handled`: in this very transaction. Answers False when it was here already."""
    return _PUT.first(connection, _values(event_id, happening, now, now if is_handled else None)) is not None


def put_handled(connection: Connection, events: Sequence[tuple[str, Happening, datetime]]) -> set[str]:
    """Store these, which are handled in this very transaction. Answers the ids of those that were not here already."""
    # In one order, so that two copies that put the same take turns.
    values = [_values(event_id, happening, now, now) for event_id, happening, now in sorted(events, key=itemgetter(0))]
    return {event_id for (event_id,) in _PUT_ALL.rows(connection, as_rows(values))}


def _values(event_id: str, happening: Happening, now: datetime, handled_at: datetime | None) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "kind": happening.kind,
        "body": to_fields(happening),
        "user": getattr(happening, "user", None),
        "received_at": now,
        "not_before": now,
        "handled_at": handled_at,
        "attempts": 0,
    }


def take(connection: Connection, now: datetime) -> InboxRow | None:
    """The oldest event that waits, held for a minute, so that a second copy leaves it alone."""
    due = select(inbox.c.id).where(inbox.c.handled_at.is_(None), inbox.c.not_before <= now)
    oldest = due.order_by(inbox.c.id).limit(1).with_for_update(skip_locked=True)
    statement = (
        update(inbox)
        .where(inbox.c.id == oldest.scalar_subquery())
        .values(not_before=now + timedelta(minutes=1), attempts=inbox.c.attempts + 1)
        .returning(inbox.c.id, inbox.c.kind, inbox.c.body, inbox.c.attempts, inbox.c.received_at)
    )
    row = connection.execute(statement).first()
    return None if row is None else InboxRow(*row)


def done(connection: Connection, row_id: int, now: datetime, error: str | None = None) -> None:
    """Handled, or given up on with a reason."""
    connection.execute(update(inbox).where(inbox.c.id == row_id).values(handled_at=now, error=error))


def try_again(connection: Connection, row: InboxRow, at: datetime, error: str) -> None:
    """It did not work this time, through no fault of its own: this was no try."""
    values = {"not_before": at, "error": error[:200], "attempts": row.attempts - 1}
    connection.execute(update(inbox).where(inbox.c.id == row.id).values(**values))


def hurry(connection: Connection, reason: str, now: datetime) -> None:
    """What was put off for a reason that begins like this need not wait any longer."""
    put_off = inbox.c.handled_at.is_(None) & inbox.c.error.startswith(reason, autoescape=True)
    connection.execute(update(inbox).where(put_off, inbox.c.not_before > now).values(not_before=now))


def next_due(connection: Connection) -> datetime | None:
    """When the next event may be handled."""
    return connection.execute(select(func.min(inbox.c.not_before)).where(inbox.c.handled_at.is_(None))).scalar()


def is_ahead(connection: Connection, now: datetime) -> bool:
    """Whether anything waits by a clock that was ahead of `now`."""
    return connection.execute(select(inbox.c.id).where(_waits_ahead(now)).limit(1)).first() is not None


def bring_back(connection: Connection, now: datetime) -> None:
    """What waits by a clock that was ahead is due now."""
    received_at = case((inbox.c.received_at > now, literal(now, Moment)), else_=inbox.c.received_at)
    connection.execute(update(inbox).where(_waits_ahead(now)).values(not_before=now, received_at=received_at))


def _waits_ahead(now: datetime) -> ColumnElement[bool]:
    later = or_(inbox.c.received_at > now + CLOCKS_AGREE, inbox.c.not_before > now + LONGEST_WAIT + CLOCKS_AGREE)
    return and_(inbox.c.handled_at.is_(None), inbox.c.not_before > now, later)


def forget_before(connection: Connection, moment: datetime) -> None:
    """Events handled before this go."""
    connection.execute(delete(inbox).where(inbox.c.handled_at < moment))


def forget_person(connection: Connection, user: str) -> None:
    """Every event of this Slack user goes, or that names them."""
    connection.execute(delete(inbox).where(or_(inbox.c.user == user, inbox.c.body["inviter"].as_string() == user)))


_PUT = inserting(
    inbox,
    lambda insert: (
        insert.values({name: bindparam(name) for name in _GIVEN}).on_conflict_do_nothing().returning(inbox.c.id)
    ),
)
_PUT_ALL = for_given(
    types_of(inbox, _GIVEN),
    lambda insert, given: (
        insert(inbox).from_select(_GIVEN, given.select()).on_conflict_do_nothing().returning(inbox.c.event_id)
    ),
)
