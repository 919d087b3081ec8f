"""How many readers links brought: by story, person and day. Read from the sums, which do not grow with the clicks."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.domain.clicks import Followed
from bot.domain.people import Standing
from bot.store.tables import link_days, links, people, reader_days

Days = tuple[int, int]
"""The first and the last day, as Python numbers days (`domain.visitors.day_of`)."""


def readers_of(
    connection: Connection, *, person_id: int | None = None, story_id: int | None = None, days: Days | None = None
) -> Followed:
    """What the links of this person, to this story, in these days brought; what is not given is not asked."""
    query = _sums().join(links, links.c.id == link_days.c.link_id)
    if person_id is not None:
        query = query.where(links.c.person_id == person_id)
    if story_id is not None:
        query = query.where(links.c.story_id == story_id)
    if days is not None:
        query = query.where(link_days.c.day.between(*days))
    return _followed(connection.execute(query).one())


def readers_by_story(
    connection: Connection, story_ids: Collection[int] | None = None, person_id: int | None = None
) -> Mapping[int, Followed]:
    """The same for each of these stories (or all) that was followed at all: everybody's links, or this person's."""
    query = _sums(links.c.story_id).join(links, links.c.id == link_days.c.link_id)
    if story_ids is not None:
        query = query.where(links.c.story_id.in_(list(story_ids)))
    if person_id is not None:
        query = query.where(links.c.person_id == person_id)
    return {row.story_id: _followed(row) for row in connection.execute(query.group_by(links.c.story_id))}


def readers_by_person(connection: Connection, days: Days) -> Mapping[int, int]:
    """Unique readers of everybody who is counted, in these days; nobody who had none is in it."""
    query = select(reader_days.c.person_id, func.sum(reader_days.c.readers).label("readers")).join(people)
    query = query.where(reader_days.c.day.between(*days), people.c.standing != Standing.OUT)
    return {row.person_id: int(row.readers) for row in connection.execute(query.group_by(reader_days.c.person_id))}


def _sums(*by: Any) -> Select[Any]:
    sums = (func.coalesce(func.sum(link_days.c[name]), 0).label(name) for name in _NAMES)
    return select(*by, *sums).select_from(link_days)


def _followed(row: Any) -> Followed:
    return Followed(**{name: int(getattr(row, name)) for name in _NAMES})


_NAMES = ("readers", "repeats", "previews", "robots", "colleagues")
