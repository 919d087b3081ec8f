"""Scenarios as they were read last without a slip: what goes out when a file is broken on the day it is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.domain.crisis_scenario import Audience, Scenario
from bot.store import named_settings
from bot.store.crises import text_from

NAME = "scenarios"


def keep(connection: Connection, whole: Iterable[Scenario], now: datetime) -> bool:
    """Keep these as the last good ones. Answers whether any of them is new."""
    kept = named_settings.load(connection, NAME) or {}
    read = {scenario.slug: asdict(scenario) for scenario in whole}
    new = {slug: values for slug, values in read.items() if slug not in kept or _plain(kept[slug]) != _json(values)}
    if not new:
        return False
    at = now.isoformat()
    named_settings.save(connection, NAME, kept | {slug: {"at": at, **values} for slug, values in new.items()}, now)
    return True


def kept(connection: Connection) -> dict[str, tuple[Scenario, datetime]]:
    """The last good ones by name, and when each was read."""
    found = named_settings.load(connection, NAME) or {}
    return {slug: (_scenario(_plain(values)), datetime.fromisoformat(values["at"])) for slug, values in found.items()}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "at"}


def _json(value: Any) -> Any:
    """As it comes back from the database: a tuple is a list."""
    if isinstance(value, dict):
        return {name: _json(one) for name, one in value.items()}
    return [_json(one) for one in value] if isinstance(value, list | tuple) else value


def _scenario(values: dict[str, Any]) -> Scenario:
    def audience(one: dict[str, Any]) -> Audience:
        return Audience(one["key"], tuple(one["groups"]), tuple(one["channels"]), one["is_direct"])

    return Scenario(
        slug=values["slug"],
        page=values["page"],
        next_update=values["next_update"],
        audiences=tuple(audience(one) for one in values["audiences"]),
        outside=tuple((key, link) for key, link in values["outside"]),
        topics=None if values["topics"] is None else tuple(values["topics"]),
        texts=tuple(text_from(text) for text in values["texts"]),
    )
