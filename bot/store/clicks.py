"""Clicks: the ledger, and what is summed up of it by day and link, and by day and person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, and_, select

from bot.domain.clicks import ClickKind, Rule, kind_of
from bot.domain.people import Standing
from bot.store.lists import Given, as_given, prepared, read_given, run_given
from bot.store.prepared import Statement
from bot.store.tables import Moment, clicks, link_days, links, people, reader_days, visitors


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
    readers = [click for click in came if click.rule.is_person]
    known = _known(connection, readers)
    new = {click.visitor for click in readers if not _is_colleague(click, known)} - known
    mine = _let_in(connection, new, salt_start)
    kinds = []
    for click in came:
        kinds.append(_kind(click, known, mine))
        mine.discard(click.visitor)
    _write(connection, came, kinds, now, day)
    return kinds


def mark_owner(connection: Connection, as_owner: int, salt_start: datetime) -> None:
    """From now on, until the salt goes, this is the browser of the one whose links these are."""
    _let_in(connection, {as_owner}, salt_start)


def _kind(click: Click, known: set[int], mine: set[int]) -> ClickKind:
    is_colleague = click.rule.is_person and _is_colleague(click, known)
    return kind_of(click.rule, is_colleague=is_colleague, was_here=click.visitor not in mine)


def _is_colleague(click: Click, known: set[int]) -> bool:
    return click.is_office or click.as_owner in known


def _known(connection: Connection, readers: Iterable[Click]) -> set[int]:
    asked = {number for click in readers for number in (click.visitor, click.as_owner)}
    return set(read_given(_KNOWN, connection, [[number] for number in asked]))


def _let_in(connection: Connection, new: set[int], salt_start: datetime) -> set[int]:
    """Note who was never here; answers those of them whom no other copy noted at the same moment."""
    rows = [[number, Moment().process_bind_param(salt_start, connection.dialect)] for number in sorted(new)]
    if connection.dialect.name == "sqlite":
        run_given(_LET_IN, connection, rows)
        return new
    return {number for (number,) in _LET_IN_AND_SAY.rows(connection, {"given": as_given(rows)})} if rows else set()


def _write(connection: Connection, came: Sequence[Click], kinds: Sequence[ClickKind], now: datetime, day: int) -> None:
    whose = dict(read_given(_WHOSE, connection, [[link] for link in {click.link_id for click in came}]))
    at = Moment().process_bind_param(now, connection.dialect)
    both = list(zip(came, kinds, strict=True))
    run_given(_ADD, connection, ([at, c.link_id, whose.get(c.link_id), k, day] for c, k in both if c.link_id in whose))
    by_link = Counter((c.link_id, k) for c, k in both if c.link_id in whose)
    by_person = Counter(whose[c.link_id] for c, k in both if k is ClickKind.READER and whose.get(c.link_id))
    sums = ([link, day, *(by_link[link, k] for k in ClickKind)] for link in sorted({link for link, _ in by_link}))
    run_given(_SUM_LINKS, connection, sums)
    run_given(_SUM_PEOPLE, connection, ([day, person, n] for person, n in sorted(by_person.items())))


def _known_statement(given: Given) -> Statement:
    same = visitors.c.hash == given.number(0)
    return select(given.in_one(visitors.c.hash)).select_from(given.rows.join(visitors, same))


def _let_in_statement(given: Given) -> Any:
    found = select(given.number(0), given.number(1)).select_from(given.rows).where(given.always)
    return given.insert(visitors).from_select(["hash", "start"], found).on_conflict_do_nothing()


def _whose_statement(given: Given) -> Statement:
    """Links that are there, and whose they are; nobody's, where the one they were for does not want to be counted."""
    counted = and_(people.c.id == links.c.person_id, people.c.standing != Standing.OUT)
    found = given.rows.join(links, links.c.id == given.number(0)).outerjoin(people, counted)
    return select(given.in_one(given.row(links.c.id, people.c.id))).select_from(found)


def _add_statement(given: Given) -> Any:
    cells = [given.number(0), given.number(1), given.number(2), given.text(3), given.number(4)]
    names = ["at", "link_id", "person_id", "kind", "day"]
    return given.insert(clicks).from_select(names, select(*cells).select_from(given.rows))


def _sum_links_statement(given: Given) -> Any:
    return _summed(given, link_days, ["link_id", "day"], SUMS)


def _sum_people_statement(given: Given) -> Any:
    return _summed(given, reader_days, ["day", "person_id"], ["readers"])


def _summed(given: Given, table: Table, keys: list[str], sums: list[str]) -> Any:
    cells = [given.number(index) for index in range(len(keys) + len(sums))]
    found = select(*cells).select_from(given.rows).where(given.always)
    insert = given.insert(table).from_select([*keys, *sums], found)
    more = {name: table.c[name] + insert.excluded[name] for name in sums}
    return insert.on_conflict_do_update(index_elements=keys, set_=more)


SUMS = [f"{kind}s" for kind in ClickKind]
"""The columns of `link_days`, in the order of the kinds."""

_KNOWN = prepared(_known_statement)
_LET_IN = prepared(_let_in_statement)
_LET_IN_AND_SAY = prepared(lambda given: _let_in_statement(given).returning(visitors.c.hash))
_WHOSE = prepared(_whose_statement)
_ADD = prepared(_add_statement)
_SUM_LINKS = prepared(_sum_links_statement)
_SUM_PEOPLE = prepared(_sum_people_statement)
