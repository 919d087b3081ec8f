"""Clicks: the ledger, and what is summed up of it by day and link, and by day and person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from bot.domain.clicks import COUNTED, ClickKind, Rule, kind_of
from bot.domain.people import Standing
from bot.store import rankings, take_turns
from bot.store.given import Given, as_rows, for_given, read_in_one, types_of
from bot.store.prepared import Prepared
from bot.store.rows import insert_of
from bot.store.tables import Moment, clicks, link_days, links, people, reader_days, visitors

FOR_PERSON = {ClickKind.READER: "for_person", ClickKind.SET_ASIDE: "set_aside_for"}
"""Where is summed up how many of them were counted for the one whose link it is, or would be."""
ASIDE = [COUNTED[ClickKind.SET_ASIDE], FOR_PERSON[ClickKind.SET_ASIDE]]
USUAL = [*(name for name in COUNTED.values() if name not in ASIDE), FOR_PERSON[ClickKind.READER]]
SUMS = [*USUAL, *ASIDE]
"""The columns of `link_days`; those that hardly any link needs at the end, so that clicks of others pay nothing."""
PLACE = {kind: SUMS.index(name) for kind, name in COUNTED.items()}
PLACE_FOR_PERSON = {kind: SUMS.index(name) for kind, name in FOR_PERSON.items()}
DAY_ANYWHERE = timedelta(hours=12 + 14)
"""From noon UTC of a day to its last moment, wherever on earth, and from its first one."""
SPREAD = 0x9E3779B97F4A7C15
"""An odd number of 64 bits without a pattern: what is multiplied by it lies far from the others."""
COUNTED_CHANGES = 7_262_003
"""The lock of PostgreSQL of those who change what was counted."""
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
    whose = {link: facts for link, *facts in _whose_are(connection, came)}
    aside = {link for link, (_, set_aside_at) in whose.items() if set_aside_at}
    visitors = [_as_set_aside(click) if click.link_id in aside else click.visitor for click in came]
    asked = {click.visitor for click in readers} | {click.as_owner for click in readers}
    asked |= {_as_set_aside(click) for click in readers if click.link_id in aside}
    known = {number for (number,) in read_in_one(_KNOWN, connection, as_rows(asked))} if asked else set()
    ours = [click.is_office or click.as_owner in known for click in came]
    new = {
        visitor
        for click, visitor, is_ours in zip(came, visitors, ours, strict=True)
        if not is_ours and known.isdisjoint((click.visitor, visitor))
    }
    mine = _let_in(connection, new - NOBODY, salt_start)
    kinds = []
    for click, visitor, is_ours in zip(came, visitors, ours, strict=True):
        was_here, is_set_aside = visitor not in mine, click.link_id in aside
        kinds.append(kind_of(click.rule, is_colleague=is_ours, was_here=was_here, is_set_aside=is_set_aside))
        mine.discard(visitor)
    counted = [(click.link_id, kind) for click, kind in zip(came, kinds, strict=True) if click.link_id in whose]
    if counted:
        _write(connection, counted, {link: person for link, (person, _) in whose.items()}, now, day)
    return kinds


def _as_set_aside(click: Click) -> int:
    """As whom they are known who come to a link that is set aside: that makes them visitors of it, and of no other.

    A visitor of one link may be one of all of a colleague's.
    """
    return click.visitor ^ click.link_id * SPREAD % 2**63 if click.visitor else click.visitor


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


def sum_up_anew(connection: Connection, day: int) -> None:
    """The sums of one day that is in the ledger wholly, beside everybody who follows links meanwhile.

    A transaction of its own: on PostgreSQL clicks wait until it is over. People come before sums here as everywhere,
    sums of links before those of people, and rankings last.
    """
    change_counted(connection)
    if connection.dialect.name == "postgresql":
        _hold_day(connection, day)
    _sum_up_links(connection, day)
    _sum_up_people(connection, day)
    rankings.drop(connection, since=day)


def change_counted(connection: Connection) -> None:
    """One at a time changes what was counted: the first thing such a transaction does.

    Else somebody who holds a link could wait for the sums, and whoever waits for all sums for that link.
    """
    take_turns.hold(connection, COUNTED_CHANGES)


def _hold_day(connection: Connection, day: int) -> None:
    """Nobody whose readers these are is deleted, and no sum of the day is changed, until we are done.

    Who counts clicks writes the sums of links first: once we have that table, all that is in sums is in the ledger.
    """
    read = select(clicks.c.person_id).where(_of_day(day), clicks.c.person_id.is_not(None))
    whose = select(people.c.id).where(people.c.id.in_(read)).order_by(people.c.id)
    connection.execute(whose.with_for_update(read=True, key_share=True))
    connection.execute(text("LOCK TABLE link_days IN SHARE ROW EXCLUSIVE MODE"))
    sums = select(reader_days.c.person_id).where(reader_days.c.day == day).order_by(reader_days.c.person_id)
    connection.execute(sums.with_for_update())


def _of_day(day: int) -> ColumnElement[bool]:
    """Clicks of this day, by the moments that it can have anywhere on earth: they have an index."""
    noon = datetime.combine(date.fromordinal(day), time(12), UTC)
    return and_(clicks.c.at.between(noon - DAY_ANYWHERE, noon + DAY_ANYWHERE), clicks.c.day == day)


def _sum_up_links(connection: Connection, day: int) -> None:
    connection.execute(delete(link_days).where(link_days.c.day == day))
    which = {name: clicks.c.kind == kind for kind, name in COUNTED.items()}
    which |= {name: and_(clicks.c.kind == kind, clicks.c.person_id.is_not(None)) for kind, name in FOR_PERSON.items()}
    sums = [func.sum(case((which[name], 1), else_=0)) for name in SUMS]
    found = select(clicks.c.link_id, clicks.c.day, *sums).where(_of_day(day))
    found = found.group_by(clicks.c.link_id, clicks.c.day)
    connection.execute(insert(link_days).from_select(["link_id", "day", *SUMS], found))


def _sum_up_people(connection: Connection, day: int) -> None:
    """Rows stay, with how many of their readers are in the scores (`scored`): from that the scores follow."""
    the_day = reader_days.c.day == day
    connection.execute(update(reader_days).where(the_day).values(readers=0))
    read = _of_day(day), clicks.c.kind == ClickKind.READER, clicks.c.person_id.is_not(None)
    found = select(clicks.c.day, clicks.c.person_id, func.count()).where(*read)
    found = found.group_by(clicks.c.day, clicks.c.person_id)
    insert = insert_of(connection.dialect.name)(reader_days).from_select(["day", "person_id", "readers"], found)
    counted = {"readers": insert.excluded.readers}
    connection.execute(insert.on_conflict_do_update(index_elements=["day", "person_id"], set_=counted))
    connection.execute(delete(reader_days).where(the_day, reader_days.c.readers == 0, reader_days.c.scored == 0))


def _let_in(connection: Connection, new: set[int], salt_start: datetime) -> set[int]:
    """Note who was never here; answers those of them whom no other copy noted at the same moment."""
    if not new:
        return new
    values = {**as_rows(sorted(new)), "start": salt_start}
    if connection.dialect.name == "sqlite":
        _LET_IN.run(connection, values)
        return new
    return {number for (number,) in _LET_IN_AND_SAY.rows(connection, values)}


def _whose_are(connection: Connection, came: Sequence[Click]) -> list[Any]:
    """Of each link that is there: its id, whose it is if they are counted, and when it was set aside."""
    return read_in_one(_WHOSE, connection, as_rows(sorted({click.link_id for click in came})))


def _write(
    connection: Connection,
    counted: Sequence[tuple[int, ClickKind]],
    whose: Mapping[int, int | None],
    now: datetime,
    day: int,
) -> None:
    """The ledger and its sums; in one order, so that copies that write the same sums take turns."""
    ledger = as_rows((link, whose[link], kind) for link, kind in counted)
    _ADD.run(connection, {**ledger, "at": now, "day": day})
    is_usual = all(kind is not ClickKind.SET_ASIDE for _, kind in counted)
    summing, names = (_SUM_USUAL, USUAL) if is_usual else (_SUM_LINKS, SUMS)
    by_link = {link: [0] * len(names) for link in sorted({link for link, _ in counted})}
    by_person: Counter[int] = Counter()
    for link, kind in counted:
        by_link[link][PLACE[kind]] += 1
        person = whose[link]
        if kind in FOR_PERSON and person:
            by_link[link][PLACE_FOR_PERSON[kind]] += 1
        if kind is ClickKind.READER and person:
            by_person[person] += 1
    sums = as_rows((link, *counts) for link, counts in by_link.items())
    summing.run(connection, {**sums, "day": day})
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
    """Links that are there, and whose they are; nobody's, where the one they were for does not want to be counted.

    Held, as all will be that clicks are written down for: whoever sets one aside waits, or we see that it is.
    """
    counted = and_(people.c.id == links.c.person_id, people.c.standing != Standing.OUT)
    found = given.source.join(links, links.c.id == given.c["id"]).outerjoin(people, counted)
    columns = (links.c.id, people.c.id.label("person"), links.c.set_aside_at)
    held = select(*columns).select_from(found).with_for_update(read=True, key_share=True, of=links).subquery()
    return select(given.in_one(*held.c))


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
_SUM_USUAL = _summed(link_days, "link_id", USUAL)
_SUM_PEOPLE = _summed(reader_days, "person_id", ["readers"])
