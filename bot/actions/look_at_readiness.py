"""Whether this copy can do its work right now, and how it goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.look_at_vitals import Vitals, look_at_vitals
from bot.domain.problems import DatabaseTrouble
from bot.store import backlog
from bot.store.engine import DatabaseUnusable

OLD = timedelta(minutes=2)
"""Events are handled within a second or two; one that waits for so long means that nobody handles them."""


def readiness(desk: Desk, *, is_connected: bool, now: datetime) -> Mapping[str, bool]:
    """What must be true to do the work, by name."""
    try:
        events = desk.store.read(backlog.waiting_events)
        answers, is_fresh = True, events is None or now - events.since <= OLD
    except (DatabaseTrouble, DatabaseUnusable):
        answers, is_fresh = False, False
    return {"slack": is_connected, "token": not desk.access.is_shut, "database": answers, "inbox": is_fresh}


def vitals_or_none(desk: Desk, now: datetime) -> Vitals | None:
    """How it goes; None when the database does not answer."""
    try:
        return desk.store.read(lambda connection: look_at_vitals(connection, now))
    except (DatabaseTrouble, DatabaseUnusable):
        return None
