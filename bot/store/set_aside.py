"""Links that editors set aside, and shares: what was counted of them moves to columns of its own, and back.

Whoever changes a link here holds its person first, then the link: clicks that are counted meanwhile wait, or we wait
for them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, delete, func, literal, select, update

from bot.domain.clicks import ClickKind
from bot.domain.set_aside import SetAside
from bot.store import editor_steps, rankings, score_readers, shares, team_rest
from bot.store.clicks import change_counted
from bot.store.rows import insert_of
from bot.store.tables import clicks, link_days, links, people, reader_days, stories
from bot.store.tables import shares as share_rows

EVER = 1
"""The first day there is."""
COUNTS = ("readers", "for_person")
ASIDE = ("set_aside", "set_aside_for")


def find_link(connection: Connection, which: str | int) -> Row[Any] | None:
    """The link with this code or id."""
    column = links.c.id if isinstance(which, int) else links.c.code
    return connection.execute(select(links).where(column == which)).first()


def find_share(connection: Connection, share_id: int) -> Row[Any] | None:
    """This share."""
    return connection.execute(select(share_rows).where(share_rows.c.id == share_id)).first()


def set_aside_among(connection: Connection, link_ids: Collection[int]) -> set[int]:
    """Which of these links are set aside."""
    query = select(links.c.id).where(links.c.id.in_(list(link_ids)), links.c.set_aside_at.is_not(None))
    return set(connection.execute(query).scalars())


def set_link_aside(connection: Connection, link_id: int, now: datetime) -> bool:
    """Its readers are none from now on, neither those who came nor those who will. False: it is aside already."""
    link = _held(connection, link_id)
    if link.set_aside_at is not None:
        return False
    connection.execute(update(links).where(links.c.id == link.id).values(set_aside_at=now))
    _move(connection, link, COUNTS, ASIDE, (ClickKind.READER, ClickKind.SET_ASIDE))
    return True


def put_link_back(connection: Connection, link_id: int) -> bool:
    """Its readers count again, and whoever comes. False: it is not set aside."""
    link = _held(connection, link_id)
    if link.set_aside_at is None:
        return False
    connection.execute(update(links).where(links.c.id == link.id).values(set_aside_at=None))
    _move(connection, link, ASIDE, COUNTS, (ClickKind.SET_ASIDE, ClickKind.READER))
    return True


def _held(connection: Connection, link_id: int) -> Row[Any]:
    """The link; nobody counts a click of it, or deletes or changes the one whose it is, until we are done."""
    change_counted(connection)
    query = select(links).where(links.c.id == link_id)
    person = connection.execute(query).one().person_id
    if person is not None:
        shares.hold(connection, person)
    return connection.execute(query.with_for_update()).one()


def _move(
    connection: Connection,
    link: Row[Any],
    source: tuple[str, str],
    target: tuple[str, str],
    kinds: tuple[ClickKind, ClickKind],
) -> None:
    """In the ledger, in the sums of the link, in those of its person, and in that person's scores."""
    before, after = kinds
    connection.execute(update(clicks).where(clicks.c.link_id == link.id, clicks.c.kind == before).values(kind=after))
    mine = link_days.c.link_id == link.id
    query = select(link_days.c.day, link_days.c[source[1]]).where(mine, link_days.c[source[1]] > 0)
    days = connection.execute(query.order_by(link_days.c.day)).all()
    moved = {to: link_days.c[to] + link_days.c[of] for of, to in zip(source, target, strict=True)}
    connection.execute(update(link_days).where(mine).values(**moved, **dict.fromkeys(source, 0)))
    if link.person_id is not None and days:
        sign = 1 if after is ClickKind.READER else -1
        # Of who left it stands in the sums of a team.
        team = team_rest.take_back(connection, link.person_id)
        _add_up(connection, link.person_id, [(day, sign * count) for day, count in days])
        team_rest.give_again(connection, link.person_id, team)
    rankings.drop(connection, since=link.day)


def _add_up(connection: Connection, person_id: int, more: Sequence[tuple[int, int]]) -> None:
    """So many more readers of this person, or fewer, by day; the scores follow at once."""
    rows = [{"day": day, "person_id": person_id, "readers": count} for day, count in more]
    adding = insert_of(connection.dialect.name)(reader_days)
    summed = {"readers": reader_days.c.readers + adding.excluded.readers}
    connection.execute(adding.on_conflict_do_update(index_elements=["day", "person_id"], set_=summed), rows)
    nothing = reader_days.c.readers <= 0, reader_days.c.scored == 0
    connection.execute(delete(reader_days).where(reader_days.c.person_id == person_id, *nothing))
    score_readers.take_in(connection, [person_id], EVER)


def set_aside_of(connection: Connection, person_id: int) -> list[SetAside]:
    """What of this person's is set aside, the latest first, with the reasons as the log has them."""
    mine = {"person": person_id}
    found = [(True, row) for row in connection.execute(_LINKS, mine)]
    found += [(False, row) for row in connection.execute(_SHARES, mine)]
    if not found:
        return []
    key = connection.execute(select(people.c.key).where(people.c.id == person_id)).scalar_one()
    # Oldest first, so that the latest step is the one that counts.
    reasons = {_about(step.detail): step.detail.get("reason", "") for step in editor_steps.about(connection, key)}
    aside = [
        SetAside(is_link, row.id, row.title, row.network, row.at, int(row.readers), reasons.get((is_link, row.id), ""))
        for is_link, row in found
    ]
    return sorted(aside, key=lambda one: (one.at, one.is_link, one.id), reverse=True)


def _about(detail: Mapping[str, Any]) -> tuple[bool, int]:
    """Which link or share a step was about."""
    is_link = "link" in detail
    return is_link, detail["link" if is_link else "share"]


_READERS = select(func.coalesce(func.sum(link_days.c.set_aside_for), 0)).where(link_days.c.link_id == links.c.id)


def _theirs(table: Table, readers: Any) -> Select[Any]:
    columns = table.c.id, stories.c.title, table.c.network, table.c.set_aside_at.label("at"), readers.label("readers")
    query = select(*columns).join(stories, stories.c.id == table.c.story_id)
    return query.where(table.c.person_id == bindparam("person"), table.c.set_aside_at.is_not(None))


_LINKS = _theirs(links, _READERS.scalar_subquery())
_SHARES = _theirs(share_rows, literal(0))
