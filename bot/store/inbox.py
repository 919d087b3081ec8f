"""The inbox: every event is here before it is acknowledged, once, however often Slack sends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from bot.domain.happenings import Happening, from_fields, to_fields
from bot.store.rows import insert_or_ignore
from bot.store.tables import inbox


@dataclass(frozen=True)
class InboxRow:
    """An event waiting to be handled."""

    id: int
    happening: Happening
    attempts: int


def put(connection: Connection, event_id: str, happening: Happening, now: datetime) -> bool:
    """Store an event. Answers False when it was here already."""
    return insert_or_ignore(
        connection,
        inbox,
        event_id=event_id,
        kind=happening.kind,
        body=to_fields(happening),
        user=getattr(happening, "user", None),
        received_at=now,
        not_before=now,
        attempts=0,
    )


def mark_handled(connection: Connection, event_id: str, now: datetime) -> None:
    """Handled in the very transaction that stored it."""
    connection.execute(update(inbox).where(inbox.c.event_id == event_id).values(handled_at=now))


def take(connection: Connection, now: datetime, most: int = 50) -> list[InboxRow]:
    """The oldest events that wait, held for a minute, so that a second copy leaves them alone."""
    due = select(inbox.c.id).where(inbox.c.handled_at.is_(None), inbox.c.not_before <= now)
    ids = due.order_by(inbox.c.id).limit(most).with_for_update(skip_locked=True)
    statement = (
        update(inbox)
        .where(inbox.c.id.in_(ids.scalar_subquery()))
        .values(not_before=now + timedelta(minutes=1), attempts=inbox.c.attempts + 1)
        .returning(inbox.c.id, inbox.c.kind, inbox.c.body, inbox.c.attempts)
    )
    rows = connection.execute(statement).all()
    return [InboxRow(r.id, from_fields(r.kind, r.body), r.attempts) for r in sorted(rows, key=lambda r: r.id)]


def done(connection: Connection, row_id: int, now: datetime, error: str | None = None) -> None:
    """Handled, or given up on with a reason."""
    connection.execute(update(inbox).where(inbox.c.id == row_id).values(handled_at=now, error=error))


def try_again(connection: Connection, row_id: int, at: datetime, error: str) -> None:
    """It did not work this time."""
    connection.execute(update(inbox).where(inbox.c.id == row_id).values(not_before=at, error=error[:200]))


def next_due(connection: Connection) -> datetime | None:
    """When the next event may be handled."""
    return connection.execute(select(func.min(inbox.c.not_before)).where(inbox.c.handled_at.is_(None))).scalar()


def forget_before(connection: Connection, moment: datetime) -> None:
    """Events handled before this go."""
    connection.execute(delete(inbox).where(inbox.c.handled_at < moment))


def forget_person(connection: Connection, user: str) -> None:
    """Every event of this Slack user goes, or that names them."""
    connection.execute(delete(inbox).where(or_(inbox.c.user == user, inbox.c.body["inviter"].as_string() == user)))
