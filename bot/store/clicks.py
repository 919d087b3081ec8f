"""Clicks: the ledger, and what is summed up of it by day and link, and by day and person."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Table, and_, bindparam, case, delete, func, insert, select

from bot.domain.clicks import ClickKind, Rule, kind_of
from bot.domain.people import Standing
from bot.store.lists import Given, numbers, prepared, read_given, rows, run_given
from bot.store.prepared import Prepared, Statement
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
    known = set(read_given(_KNOWN, connection, numbers(asked)))
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
    return bool(read_given(_KNOWN, connection, numbers([as_owner])))


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
    for table in (link_days, reader_days):
        connection.execute(delete(table).where(table.c.day >= first))
    days = clicks.c.day >= first
    sums = [func.sum(case((clicks.c.kind == kind, 1), else_=0)) for kind in KINDS]
    by_link = select(clicks.c.link_id, clicks.c.day, *sums).where(days).group_by(clicks.c.link_id, clicks.c.day)
    connection.execute(insert(link_days).from_select(["link_id", "day", *SUMS], by_link))
    read = and_(days, clicks.c.kind == ClickKind.READER, clicks.c.person_id.is_not(None))
    by_person = select(clicks.c.day, clicks.c.person_id, func.count()).where(read)
    by_person = by_person.group_by(clicks.c.day, clicks.c.person_id)
    connection.execute(insert(reader_days).from_select(["day", "person_id", "readers"], by_person))


def _let_in(connection: Connection, new: set[int], salt_start: datetime) -> set[int]:
    """Note who was never here; answers those of them whom no other copy noted at the same moment."""
    given = numbers(sorted(new))
    if connection.dialect.name == "sqlite":
        run_given(_LET_IN, connection, given, start=salt_start)
        return new
    return {number for (number,) in _LET_IN_AND_SAY.rows(connection, {"given": given, "start": salt_start})}


def _write(connection: Connection, came: Sequence[Click], kinds: Sequence[ClickKind], now: datetime, day: int) -> None:
    """The ledger and its sums; in one order, so that copies that write the same sums take turns."""
    whose = dict(read_given(_WHOSE, connection, numbers({click.link_id for click in came})))
    counted = [(click.link_id, kind) for click, kind in zip(came, kinds, strict=True) if click.link_id in whose]
    ledger = (f'[{link},{whose[link] or "null"},"{kind}"]' for link, kind in counted)
    run_given(_ADD, connection, rows(ledger), at=now, day=day)
    by_link: dict[int, list[int]] = {link: [0] * len(KINDS) for link in sorted({link for link, _ in counted})}
    for link, kind in counted:
        by_link[link][PLACE[kind]] += 1
    sums = rows(numbers((link, *counts)) for link, counts in by_link.items())
    run_given(_SUM_LINKS, connection, sums, day=day)
    by_person = Counter(whose[link] for link, kind in counted if kind is ClickKind.READER and whose[link])
    run_given(_SUM_PEOPLE, connection, rows(map(numbers, sorted(by_person.items()))), day=day)


def _known_statement(given: Given) -> Statement:
    same = visitors.c.hash == given.number
    return select(given.in_one(visitors.c.hash)).select_from(given.rows.join(visitors, same))


def _let_in_statement(given: Given) -> Any:
    found = select(given.number, bindparam("start", type_=Moment)).select_from(given.rows).where(given.always)
    return given.insert(visitors).from_select(["hash", "start"], found).on_conflict_do_nothing()


def _whose_statement(given: Given) -> Statement:
    """Links that are there, and whose they are; nobody's, where the one they were for does not want to be counted."""
    counted = and_(people.c.id == links.c.person_id, people.c.standing != Standing.OUT)
    found = given.rows.join(links, links.c.id == given.number).outerjoin(people, counted)
    return select(given.in_one(given.row(links.c.id, people.c.id))).select_from(found)


def _add_statement(given: Given) -> Any:
    of_all = (bindparam("at", type_=Moment), bindparam("day", type_=Integer))
    found = select(*of_all, given.number_at(0), given.number_at(1), given.text_at(2)).select_from(given.rows)
    return given.insert(clicks).from_select(["at", "day", "link_id", "person_id", "kind"], found)


def _summed(table: Table, key: str, sums: list[str]) -> Prepared:
    def statement(given: Given) -> Any:
        cells = [given.number_at(index) for index in range(1 + len(sums))]
        found = select(bindparam("day", type_=Integer), *cells).select_from(given.rows).where(given.always)
        insert = given.insert(table).from_select(["day", key, *sums], found)
        more = {name: table.c[name] + insert.excluded[name] for name in sums}
        return insert.on_conflict_do_update(index_elements=["day", key], set_=more)

    return prepared(statement)


_KNOWN = prepared(_known_statement)
_LET_IN = prepared(_let_in_statement)
_LET_IN_AND_SAY = prepared(lambda given: _let_in_statement(given).returning(visitors.c.hash))
_WHOSE = prepared(_whose_statement)
_ADD = prepared(_add_statement)
_SUM_LINKS = _summed(link_days, "link_id", SUMS)
_SUM_PEOPLE = _summed(reader_days, "person_id", ["readers"])
