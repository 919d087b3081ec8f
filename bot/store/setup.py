"""The company's choices and its channels."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from bot.domain.setup import Channel, Setup, TeamsFrom, WeeklyTime
from bot.domain.slots import Slot
from bot.store.rows import insert_or_ignore, upsert
from bot.store.tables import channels, settings


def load_setup(connection: Connection) -> Setup:
    """What was set, with the defaults for the rest."""
    row = connection.execute(select(settings.c.value, settings.c.version).where(settings.c.name == "setup")).first()
    return Setup() if row is None else _setup(row.value, row.version)


def save_setup(connection: Connection, setup: Setup, now: datetime) -> bool:
    """Save, unless somebody else saved since this was loaded. Answers whether it went in."""
    values = {"value": _values(setup), "version": setup.version + 1, "changed_at": now}
    if setup.version == 0:
        return insert_or_ignore(connection, settings, name="setup", **values)
    statement = update(settings).where(settings.c.name == "setup", settings.c.version == setup.version)
    return connection.execute(statement.values(**values)).rowcount == 1


def list_channels(connection: Connection, *, gone_too: bool = False) -> tuple[Channel, ...]:
    """The channels stories go to, by name."""
    query = select(channels).order_by(channels.c.name)
    if not gone_too:
        query = query.where(channels.c.is_gone.is_(False))
    return tuple(_channel(row) for row in connection.execute(query))


def find_channel(connection: Connection, channel: str) -> Channel | None:
    """This channel, gone or not."""
    row = connection.execute(select(channels).where(channels.c.channel == channel)).first()
    return None if row is None else _channel(row)


def put_channel(connection: Connection, channel: Channel, now: datetime) -> None:
    """Add a channel, or change its name, language or state."""
    changes: dict[str, Any] = {"name": channel.name, "language": channel.language, "is_gone": channel.is_gone}
    if not insert_or_ignore(connection, channels, channel=channel.id, added_at=now, **changes):
        upsert(connection, channels, {"channel": channel.id}, {**changes, "added_at": now})


def mark_gone(connection: Connection, channel: str) -> None:
    """Nothing can be posted there any more."""
    connection.execute(update(channels).where(channels.c.channel == channel).values(is_gone=True))


def drop_channel(connection: Connection, channel: str) -> None:
    """No stories go there any more."""
    connection.execute(delete(channels).where(channels.c.channel == channel))


def _values(setup: Setup) -> dict[str, Any]:
    values = asdict(replace(setup, digest=None))
    del values["version"]
    values["slots"] = [[slot.weekday, slot.hour, slot.minute] for slot in setup.slots]
    if setup.digest is not None:
        values["digest"] = [setup.digest.weekday, setup.digest.at.hour, setup.digest.at.minute]
    return values


def _setup(values: Mapping[str, Any], version: int) -> Setup:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    known["slots"] = tuple(Slot(*slot) for slot in values["slots"])
    if values["digest"] is not None:
        weekday, hour, minute = values["digest"]
        known["digest"] = WeeklyTime(weekday, time(hour, minute))
    # What was saved before there were teams says nothing of them.
    known["teams_from"] = TeamsFrom(values.get("teams_from", TeamsFrom.FILE))
    return Setup(**known, version=version)


def _channel(row: Row[Any]) -> Channel:
    return Channel(row.channel, row.name, row.language, row.is_gone)
