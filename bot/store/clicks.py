"""Clicks: the ledger, and what is summed up of it by day and link, and by day and person."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Table, and_, bindparam, case, delete, func, insert, select, update

from bot.domain.clicks import ClickKind, Rule, kind_of
from bot.domain.people import Standing
from bot.store.given import Given, as_rows, for_given, read_in_one, types_of
from bot.store.prepared import Prepared
from bot.store.rows import insert_of
from bot.store.tables import Moment, clicks, link_days, links, people, reader_days, visitors

KINDS = tuple(ClickKind)
PLACE = {kind: place for place, kind in enumerate(KINDS)}
SUMS = [f"{kind}s" for kind in KINDS]
"""The columns of `link_days`, in the order of the kinds."""
NOBODY = frozenset((0,))
"""The hash of those who are not told apart, as they are no readers."""


class Click(NamedTuple):
    """Somebody followed a link. The hashes are of this moment's salt: of who came, and of the owner if it was them."""

    link_id: int
    rule: Rule
    is_office: bool
    visitor: int
    as_owner: int


def count(
    connection: Connection, came: Sequence[Click], now: datetime, day: int, salt_start: datetime
) -> list[ClickKind]:
    """Count these, all of this moment; answers what each was. `day` is the company's, as Python numbers days."""
    readers = [click for click in came if click.rule.kind is None]
    asked = {click.visitor for click in readers} | {click.as_owner for click in readers}
    known = {number for (number,) in read_in_one(_KNOWN, connection, as_rows(asked))} if asked else set()
    ours = [click.is_office or click.as_owner in known for click in came]
    new = {click.visitor for click, is_ours in zip(came, ours, strict=True) if not is_ours} - known - NOBODY
    mine = _let_in(connection, new, salt_start)
    kinds = []
    for click, is_ours in zip(came, ours, strict=True):
        kinds.append(kind_of(click.rule, is_colleague=is_ours, was_here=click.visitor not in mine))
        mine.discard(click.visitor)
    _write(connection, came, kinds, now, day)
    return kinds


def is_owner(connection: Connection, as_owner: int) -> bool:
    """Whether this is the browser of the one whose links these are."""
    return bool(read_in_one(_KNOWN, connection, as_rows([as_owner])))


def mark_owner(connection: Connection, as_owner: int, salt_start: datetime) -> None:
    """From now on, until the salt goes, this is that browser."""
    _let_in(connection, {as_owner}, salt_start)


def forget_before(connection: Connection, moment: datetime) -> None:
    """Single clicks of before this; their sums stay."""
    connection.execute(delete(clicks).where(clicks.c.at < moment))


def forget_readers_before(connection: Connection, moment: datetime) -> None:
    """Sums of readers by person, of days that were over by then."""
    connection.execute(delete(reader_days).where(reader_days.c.day < moment.toordinal()))


def sum_up_anew(connection: Connection, since: datetime) -> None:
    """The sums of whole days that are in the ledger still; those of before stay as they are."""
    first = since.toordinal() + 2
    _sum_up_links(connection, first)
    _sum_up_people(connection, first)


def _sum_up_links(connection: Connection, first: int) -> None:
    connection.execute(delete(link_days).where(link_days.c.day >= first))
    sums = [func.sum(case((clicks.c.kind == kind, 1), else_=0)) for kind in KINDS]
    found = select(clicks.c.link_id, clicks.c.day, *sums).where(clicks.c.day >= first)
    found = found.group_by(clicks.c.link_id, clicks.c.day)
    connection.execute(insert(link_days).from_select(["link_id", "day", *SUMS], found))


def _sum_up_people(connection: Connection, first: int) -> None:
    """Rows stay, with how many of their readers are in the scores (`scored`): from that the scores follow."""
    days = reader_days.c.day >= first
    connection.execute(update(reader_days).where(days).values(readers=0))
    read = clicks.c.day >= first, clicks.c.kind == ClickKind.READER, clicks.c.person_id.is_not(None)
    found = select(clicks.c.day, clicks.c.person_id, func.count()).where(*read)
    found = found.group_by(clicks.c.day, clicks.c.person_id)
    insert = insert_of(connection.dialect.name)(reader_days).from_select(["day", "person_id", "readers"], found)
    counted = {"readers": insert.excluded.readers}
    connection.execute(insert.on_conflict_do_update(index_elements=["day", "person_id"], set_=counted))
    connection.execute(delete(reader_days).where(days, reader_days.c.readers == 0, reader_days.c.scored == 0))


def _let_in(connection: Connection, new: set[int], salt_start: datetime) -> set[int]:
    """Note who was never here; answers those of them whom no other copy noted at the same moment."""
    if not new:
        return new
    values = {**as_rows(sorted(new)), "start": salt_start}
    if connection.dialect.name == "sqlite":
        _LET_IN.run(connection, values)
        return new
    return {number for (number,) in _LET_IN_AND_SAY.rows(connection, values)}


def _write(connection: Connection, came: Sequence[Click], kinds: Sequence[ClickKind], now: datetime, day: int) -> None:
    """The ledger and its sums; in one order, so that copies that write the same sums take turns."""
    whose = dict(read_in_one(_WHOSE, connection, as_rows({click.link_id for click in came})))
    counted = [(click.link_id, kind) for click, kind in zip(came, kinds, strict=True) if click.link_id in whose]
    if not counted:
        return
    ledger = as_rows((link, whose[link], kind) for link, kind in counted)
    _ADD.run(connection, {**ledger, "at": now, "day": day})
    by_link = {link: [0] * len(KINDS) for link in sorted({link for link, _ in counted})}
    for link, kind in counted:
        by_link[link][PLACE[kind]] += 1
    sums = as_rows((link, *counts) for link, counts in by_link.items())
    _SUM_LINKS.run(connection, {**sums, "day": day})
    by_person = Counter(whose[link] for link, kind in counted if kind is ClickKind.READER and whose[link])
    if by_person:
        people_sums = as_rows(sorted(by_person.items()))
        _SUM_PEOPLE.run(connection, {**people_sums, "day": day})


def _known(_: Any, given: Given) -> Any:
    return select(given.in_one(visitors.c.hash)).select_from(
        given.source.join(visitors, visitors.c.hash == given.c["hash"])
    )


def _let_in_all(insert: Any, given: Given) -> Any:
    found = given.select().add_columns(bindparam("start", type_=Moment))
    return insert(visitors).from_select(["hash", "start"], found).on_conflict_do_nothing()


def _whose(_: Any, given: Given) -> Any:
    """Links that are there, and whose they are; nobody's, where the one they were for does not want to be counted."""
    counted = and_(people.c.id == links.c.person_id, people.c.standing != Standing.OUT)
    found = given.source.join(links, links.c.id == given.c["id"]).outerjoin(people, counted)
    return select(given.in_one(links.c.id, people.c.id)).select_from(found)


def _add_all(insert: Any, given: Given) -> Any:
    found = given.select().add_columns(bindparam("at", type_=Moment), bindparam("day", type_=Integer))
    return insert(clicks).from_select([*_CLICK, "at", "day"], found)


def _summed(table: Table, key: str, sums: list[str]) -> Prepared:
    def add_up(insert: Any, given: Given) -> Any:
        found = given.select().add_columns(bindparam("day", type_=Integer))
        adding = insert(table).from_select([key, *sums, "day"], found)
        more = {name: table.c[name] + adding.excluded[name] for name in sums}
        return adding.on_conflict_do_update(index_elements=["day", key], set_=more)

    return for_given(types_of(table, [key, *sums]), add_up, by_place=True)


_HASH = types_of(visitors, ["hash"])
_CLICK = types_of(clicks, ["link_id", "person_id", "kind"])
_KNOWN = for_given(_HASH, _known, by_place=True)
_LET_IN = for_given(_HASH, _let_in_all, by_place=True)
_LET_IN_AND_SAY = for_given(
    _HASH, lambda insert, given: _let_in_all(insert, given).returning(visitors.c.hash), by_place=True
)
_WHOSE = for_given(types_of(links, ["id"]), _whose, by_place=True)
_ADD = for_given(_CLICK, _add_all, by_place=True)
_SUM_LINKS = _summed(link_days, "link_id", SUMS)
_SUM_PEOPLE = _summed(reader_days, "person_id", ["readers"])
