"""Where somebody stands from now on, whoever says so: they themselves, a file, or what was before a backup."""

from datetime import datetime

from sqlalchemy import Connection

from bot.domain.people import Standing
from bot.store import deliveries, idea_traces, people


def put_standing(connection: Connection, person_id: int, standing: Standing, now: datetime) -> None:
    """Note it. Whoever is out wants nothing from us any more: what waits for them is called off.

    Nor are they thanked by name anywhere.
    """
    people.set_standing(connection, person_id, standing)
    if standing is Standing.OUT:
        deliveries.call_off_person(connection, person_id, now)
        idea_traces.leave(connection, person_id, now)
