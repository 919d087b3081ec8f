"""Who was asked to join the champions' channel. Nobody is asked twice, whatever they answered."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.store.rows import insert_or_ignore
from bot.store.tables import invitations


def ask(connection: Connection, person_id: int, now: datetime) -> bool:
    """Note that they are asked. False: they were before."""
    return insert_or_ignore(connection, invitations, person_id=person_id, asked_at=now)


def take_back(connection: Connection, person_id: int) -> None:
    """They were not asked after all; an answer stands."""
    unanswered = invitations.c.person_id == person_id, invitations.c.is_joining.is_(None)
    connection.execute(delete(invitations).where(*unanswered))


def asked(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Who of these were."""
    query = select(invitations.c.person_id).where(invitations.c.person_id.in_(list(ids)))
    return frozenset(connection.execute(query).scalars())


def answer(connection: Connection, person_id: int, *, is_joining: bool) -> bool:
    """Note what they chose; they may change their mind. False: nobody asked."""
    mine = update(invitations).where(invitations.c.person_id == person_id)
    return connection.execute(mine.values(is_joining=is_joining)).rowcount == 1


def is_joining(connection: Connection, person_id: int) -> bool:
    """Whether they were asked, and said yes."""
    query = select(invitations.c.is_joining).where(invitations.c.person_id == person_id)
    return bool(connection.execute(query).scalar())
