"""What one person's links brought, with the shares beside them; and of whom something is aside."""

from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, or_, select, union

from bot.domain.local_time import day_of
from bot.domain.looked_at import LookedAt
from bot.domain.people import Standing
from bot.store.tables import link_days, links, people, shares, stories


def shares_of(connection: Connection, person_id: int, zone: str) -> list[LookedAt]:
    """What somebody followed, is said, or is set aside; most followed first. Days are those of `zone`."""
    said = {(row.story_id, row.network): row for row in _shares(connection, person_id)}
    found = [_with_link(link, said.pop((link.story_id, link.network), None)) for link in _links(connection, person_id)]
    return found + [_without_link(row, zone) for row in said.values()]


def concerned(connection: Connection) -> list[int]:
    """Of whom something is set aside, of those who are named: whoever has no name stays without one."""
    found = [
        select(people.c.id)
        .join(table, table.c.person_id == people.c.id)
        .where(table.c.set_aside_at.is_not(None), people.c.standing == Standing.NAMED)
        for table in (links, shares)
    ]
    return sorted(connection.execute(union(*found)).scalars())


def is_any_aside(connection: Connection, person_id: int | None = None) -> bool:
    """Whether anything is set aside of this person, or of anybody; of those who are named, as above."""
    whose = people.c.standing == Standing.NAMED
    if person_id is not None:
        whose = and_(whose, people.c.id == person_id)
    found = (
        select(table.c.id)
        .join(people, people.c.id == table.c.person_id)
        .where(table.c.set_aside_at.is_not(None), whose)
        for table in (links, shares)
    )
    return bool(connection.execute(select(or_(*map(exists, found)))).scalar_one())


def _links(connection: Connection, person_id: int) -> list[Row[Any]]:
    counted, aside = link_days.c.for_person, link_days.c.set_aside_for
    readers, away = (func.coalesce(func.sum(column), 0) for column in (counted, aside))
    columns = (links.c.id, links.c.story_id, links.c.network, links.c.day, links.c.set_aside_at, stories.c.title)
    query = (
        select(*columns, readers.label("readers"), away.label("aside"))
        .join(stories, stories.c.id == links.c.story_id)
        .outerjoin(link_days, link_days.c.link_id == links.c.id)
        .where(links.c.person_id == person_id)
        .group_by(links.c.id, stories.c.title)
        .having((readers + away > 0) | links.c.set_aside_at.is_not(None))
        .order_by((readers + away).desc(), links.c.day.desc(), links.c.id)
    )
    return list(connection.execute(query))


def _shares(connection: Connection, person_id: int) -> list[Row[Any]]:
    """The latest first."""
    known = shares.c.said_at.is_not(None) | shares.c.set_aside_at.is_not(None)
    query = select(shares, stories.c.title).join(stories, stories.c.id == shares.c.story_id)
    at = func.coalesce(shares.c.said_at, shares.c.set_aside_at)
    return list(connection.execute(query.where(shares.c.person_id == person_id, known).order_by(at.desc())))


def _with_link(link: Row[Any], share: Row[Any] | None) -> LookedAt:
    return LookedAt(
        title=link.title,
        network=link.network,
        day=link.day,
        readers=int(link.readers),
        aside=int(link.aside),
        link=link.id,
        is_link_aside=link.set_aside_at is not None,
        share=share.id if share is not None else None,
        is_said=share is not None and share.said_at is not None,
        is_share_aside=share is not None and share.set_aside_at is not None,
    )


def _without_link(share: Row[Any], zone: str) -> LookedAt:
    return LookedAt(
        title=share.title,
        network=share.network,
        day=day_of(share.said_at or share.set_aside_at, zone),
        readers=0,
        aside=0,
        link=None,
        is_link_aside=False,
        share=share.id,
        is_said=share.said_at is not None,
        is_share_aside=share.set_aside_at is not None,
    )
