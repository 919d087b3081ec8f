"""The same history out again: whoever shared, what they shared, and how many readers it brought.

Nobody without a share is in it, nobody who is out, and nobody who left: no state of a file says that somebody left, so
elsewhere they would be back. Days are those that were counted by.
"""

from collections.abc import Collection, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from bot.domain.local_time import local
from bot.domain.people import Standing
from bot.store.links import OURS
from bot.store.tables import link_days, links, people, shares, stories

Row = tuple[str, ...]
MARK = "s-"
AT_ONCE = 1_000


# Whom lists may hold here; who does not is in no file, and so on no list elsewhere.
TAKES_PART = and_(people.c.standing != Standing.OUT, people.c.is_active)
# Of what was set aside nothing may be left that is told.
KNOWN = or_(shares.c.opened_at.is_not(None), shares.c.said_at.is_not(None))


def people_rows(connection: Connection) -> Iterator[Row]:
    """person, name, team, joined, state: of who wants no name there is none."""
    sharing = or_(exists().where(shares.c.person_id == people.c.id, KNOWN), exists().where(_of_them, _came_or_read()))
    query = select(people).where(TAKES_PART, sharing).order_by(people.c.id)
    for row in connection.execute(query):
        is_named = row.standing == Standing.NAMED
        shown = (row.name, row.team or "") if is_named else ("", "")
        joined = date.fromordinal(row.since).isoformat() if row.since else ""
        yield row.user, *shown, joined, row.standing


def share_rows(connection: Connection, zone: str) -> Iterator[Row]:
    """share, person, story, network, shared_at, proof, title: the clock in `zone`."""
    for row in _streamed(connection, _with_link()):
        yield _row(row, row.share or row.code, local(row.minted_at, zone))
    for row in _streamed(connection, _without_link().where(TAKES_PART)):
        yield _row(row, share_name(row.key, row.story_id, row.network), local(row.said_at or row.opened_at, zone))


def reader_rows(connection: Connection) -> Iterator[Row]:
    """share, visitor, clicked_at: a row a reader, each another one; who they were nobody knows."""
    query = select(links.c.share, links.c.code, link_days.c.day, link_days.c.for_person).select_from(link_days)
    query = query.join(links, links.c.id == link_days.c.link_id).join(people, people.c.id == links.c.person_id)
    query = query.where(TAKES_PART).order_by(links.c.id, link_days.c.day)
    number = 0
    for row in _streamed(connection, query):
        day = date.fromordinal(row.day).isoformat()
        for _ in range(row.for_person):
            number += 1
            yield row.share or row.code, f"reader-{number}", day


def share_name(key: str, story_id: int, network: str) -> str:
    """What a share without a personal link is called in a file; it is recognised here by that."""
    said = f"{key}/{story_id}/{network}".encode()
    return MARK + blake2b(said, digest_size=10).hexdigest()


def named_here(connection: Connection, names: Collection[str]) -> set[str]:
    """Of these, those that are shares without a link of this database."""
    asked = {name for name in names if name.startswith(MARK)}
    if not asked:
        return set()
    return asked & {share_name(row.key, row.story_id, row.network) for row in _streamed(connection, _without_link())}


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    return iter(connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query))


def _row(row: Any, share: str, at: Any) -> Row:
    proof = "said" if row.said_at else "read" if row.readers else "opened"
    story = row.slug or row.link
    return share, row.user, story, row.network, f"{at:%Y-%m-%dT%H:%M:%S}", proof, row.title


def _with_link() -> Select[Any]:
    read = select(func.coalesce(func.sum(link_days.c.for_person), 0)).where(link_days.c.link_id == links.c.id)
    query = select(links, people.c.user, stories.c.slug, stories.c.link, stories.c.title, shares.c.said_at)
    query = query.add_columns(read.scalar_subquery().label("readers"))
    query = query.join(people, people.c.id == links.c.person_id).join(stories, stories.c.id == links.c.story_id)
    query = query.outerjoin(shares, _SAME).where(TAKES_PART)
    # A link that was never used is no share: its button was not pressed.
    query = query.where(or_(KNOWN, _came_or_read()))
    return query.order_by(links.c.id)


def _without_link() -> Select[Any]:
    query = select(shares, people.c.user, people.c.key, stories.c.slug, stories.c.link, stories.c.title)
    query = query.add_columns(links.c.id.label("readers"))
    query = query.join(people, people.c.id == shares.c.person_id).join(stories, stories.c.id == shares.c.story_id)
    query = query.outerjoin(links, _SAME).where(links.c.id.is_(None), KNOWN)
    return query.order_by(shares.c.id)


def _came_or_read() -> Any:
    """It came in a file, or somebody read it."""
    return or_(links.c.share != OURS, exists().where(link_days.c.link_id == links.c.id, link_days.c.for_person > 0))


_SAME = and_(
    shares.c.story_id == links.c.story_id,
    shares.c.person_id == links.c.person_id,
    shares.c.network == links.c.network,
)
_of_them = links.c.person_id == people.c.id
