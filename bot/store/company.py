"""A company's history, as files bring it: people, shares and readers go where our own are, and count like them.

Everything here may be done twice. What stands here of somebody's own choice is stronger than what a file says; a file
can make somebody less public, never more.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, delete, insert, literal, select, update

from bot.domain.clicks import APART, ClickKind
from bot.domain.company_files import DAY, PersonRow, ShareRow
from bot.domain.leaderboard import listed_as, shown_name
from bot.domain.links import LETTERS, is_code, new_code
from bot.domain.people import Standing, as_answered
from bot.domain.stories import StoryState
from bot.store import rankings
from bot.store.company_export import named_here
from bot.store.given import Given, as_rows, for_given, types_of
from bot.store.leaving import put_standing
from bot.store.links import OURS
from bot.store.prepared import Prepared
from bot.store.set_aside import set_aside_among
from bot.store.tables import clicks, link_days, links, people, reader_days, shares, stories

AT_ONCE = 500
LONGEST_SLUG = 100
LESS_PUBLIC = {
    Standing.NAMED: (Standing.UNNAMED, Standing.OUT),
    Standing.UNNAMED: (Standing.OUT,),
    # Who was not asked yet is asked, whatever a file says.
    Standing.UNASKED: (Standing.OUT,),
    Standing.OUT: (),
}

Readers = Mapping[int, int]
"""Readers by day."""


def standings(connection: Connection) -> dict[str, Standing]:
    """Everybody who is known here, by the name that Slack or a file has for them."""
    return {user: Standing(state) for user, state in connection.execute(select(people.c.user, people.c.standing))}


def put_people(
    connection: Connection, rows: Iterable[PersonRow], zone: str, now: datetime, *, totals_only: bool = False
) -> None:
    """These people, new or known. Of who is out nothing is kept but that.

    `totals_only`: nobody is shown by name here, so who is new did not agree to that.
    """
    for row in rows:
        known = connection.execute(select(people).where(people.c.user == row.person)).first()
        if known is None:
            standing = as_answered(row.standing, Standing.UNASKED, totals_only=totals_only)
            connection.execute(insert(people).values(_new(row, standing, zone)))
        else:
            _merge(connection, known, row, now)
    rankings.drop(connection)


def stories_called(connection: Connection, titles: Mapping[str, str], now: datetime) -> dict[str, int]:
    """The ids of the stories that a file calls so; one that is not here becomes one that went out elsewhere.

    `titles`: by what the file calls it; "" where it says no title.
    """
    found: dict[str, int] = {}
    slugs = {_slug(name): name for name in titles}
    for some in _chunks(slugs):
        known = select(stories.c.slug, stories.c.id).where(stories.c.slug.in_(some))
        found |= {slugs[slug]: story for slug, story in connection.execute(known)}
        linked = select(stories.c.link, stories.c.id).where(stories.c.link.in_([slugs[slug] for slug in some]))
        found |= {link: story for link, story in connection.execute(linked.order_by(stories.c.id)) if link not in found}
    for name, title in titles.items():
        if name not in found:
            values = _story(name, title or name, now)
            found[name] = connection.execute(insert(stories).values(values).returning(stories.c.id)).scalar_one()
    return found


def shares_here(connection: Connection, names: Iterable[str]) -> tuple[set[str], set[str]]:
    """Of these, those that came from a file before, and those that were minted here: these we counted ourselves."""
    names = list(names)
    ours = named_here(connection, names)
    for some in _chunks(filter(is_code, names)):
        query = select(links.c.code).where(links.c.code.in_(some), links.c.share == OURS)
        ours |= set(connection.execute(query).scalars())
    return set(connection.execute(select(links.c.share).where(links.c.share != OURS)).scalars()), ours


def known_shares(connection: Connection) -> dict[str, tuple[int, int]]:
    """The shares that came from files, by what the file calls them: their link, and its person or 0 for nobody."""
    query = select(links.c.share, links.c.id, links.c.person_id).where(links.c.share != OURS)
    return {share: (link, person or 0) for share, link, person in connection.execute(query)}


def add_shares(connection: Connection, rows: Sequence[ShareRow], story_ids: Mapping[str, int], zone: ZoneInfo) -> None:
    """Shares that are not here yet; those whose person is not here are left out. Their clocks are those of `zone`."""
    ids = _ids(connection, {row.person for row in rows})
    kept = [(row, ids[row.person], story_ids[row.story]) for row in rows if row.person in ids]
    if not kept:
        return
    taken = _codes_taken(connection, [row.share for row, *_ in kept])
    letters = _letters()
    _ADD_LINKS.run(connection, as_rows(_link(row, person, story, taken, letters, zone) for row, person, story in kept))
    _ADD_SHARES.run(connection, as_rows(_share(row, person, story, zone) for row, person, story in kept))


def put_readers(
    connection: Connection, found: Mapping[int, tuple[int, Readers]], until: int, ledger_since: datetime
) -> None:
    """What these links brought, by link: their person and readers by day. It takes the place of what stood there.

    `until`: the last day of the file. What was counted here after it stays: a code of ours leads on from here.
    `ledger_since`: single clicks of that day and later are kept as such too, so that sums that are made anew stay
    right.
    """
    more = _counted_before(connection, found, until)
    ids = list(found)
    aside = set_aside_among(connection, ids)
    for table in (link_days, clicks):
        connection.execute(delete(table).where(table.c.link_id.in_(ids), table.c.day <= until))
    _ADD_DAYS.run(connection, as_rows(_days(found, aside)))
    for link, (person, by_day) in found.items():
        if person and link not in aside:
            more.update({(day, person): readers for day, readers in by_day.items()})
    _add_up(connection, more)
    singles = list(_singles(found, aside, ledger_since))
    if singles:
        connection.execute(insert(clicks), singles)
    rankings.drop(connection)


def _days(found: Mapping[int, tuple[int, Readers]], aside: Collection[int]) -> Iterator[tuple[int, ...]]:
    for link, (person, by_day) in sorted(found.items()):
        for day, readers in sorted(by_day.items()):
            both = readers, readers if person else 0
            yield (link, day, 0, 0, *both) if link in aside else (link, day, *both, 0, 0)


def _counted_before(
    connection: Connection, found: Mapping[int, tuple[int, Readers]], until: int
) -> Counter[tuple[int, int]]:
    before: Counter[tuple[int, int]] = Counter()
    query = select(link_days.c.link_id, link_days.c.day, link_days.c.for_person)
    query = query.where(link_days.c.link_id.in_(found), link_days.c.day <= until)
    for link, day, readers in connection.execute(query):
        if found[link][0]:
            before[day, found[link][0]] -= readers
    return before


def _add_up(connection: Connection, more: Mapping[tuple[int, int], int]) -> None:
    _ADD_UP.run(connection, as_rows((day, who, number) for (day, who), number in sorted(more.items()) if number))


def _singles(
    found: Mapping[int, tuple[int, Readers]], aside: Collection[int], since: datetime
) -> Iterable[dict[str, Any]]:
    for link, (person, by_day) in found.items():
        kind = ClickKind.SET_ASIDE if link in aside else ClickKind.READER
        for day, readers in by_day.items():
            if day >= since.toordinal():
                at = since + timedelta(days=day - since.toordinal())
                row = {"at": at, "link_id": link, "person_id": person or None, "kind": kind, "day": day}
                yield from [row] * readers


def _new(row: PersonRow, standing: Standing, zone: str) -> dict[str, Any]:
    is_out = standing is Standing.OUT
    name = "" if is_out else row.name
    return {
        "user": row.person,
        "key": secrets.token_hex(8),
        "name": name,
        "locale": "en-US",
        "zone": zone,
        "standing": standing,
        "networks": [],
        "reminders": True,
        "is_active": True,
        "listed_as": listed_as(shown_name(name, standing, is_active=True)),
        "team": None if is_out else row.team,
        "since": None if is_out else row.joined,
    }


def _merge(connection: Connection, known: Any, row: PersonRow, now: datetime) -> None:
    standing = Standing(known.standing)
    if row.standing in LESS_PUBLIC[standing]:
        put_standing(connection, known.id, row.standing, now)
        standing = row.standing
    if standing is Standing.OUT:
        return
    days = [day for day in (known.since, row.joined) if day is not None]
    values = {"team": row.team or known.team, "since": min(days, default=None)}
    connection.execute(update(people).where(people.c.id == known.id).values(values))


def _story(name: str, title: str, now: datetime) -> dict[str, Any]:
    is_address = name.startswith(("https://", "http://"))
    return {
        "slug": _slug(name),
        "link": name if is_address else "",
        "link_key": "",
        "title": title,
        "sentence": "",
        "background": "",
        "language": "en",
        "topics": [],
        "commercial": False,
        "state": StoryState.ELSEWHERE,
        # Nobody looks at its page: nothing of it is shared any more.
        "has_card": True,
        "created_at": now,
    }


def _slug(name: str) -> str:
    return name if len(name) <= LONGEST_SLUG else sha256(name.encode()).hexdigest()


def _link(
    row: ShareRow, person: int, story: int, taken: set[str], letters: Iterator[str], zone: ZoneInfo
) -> tuple[Any, ...]:
    # A code of ours, moved from elsewhere, leads on from here.
    is_ours = is_code(row.share) and row.share not in taken
    code = row.share if is_ours else new_code(lambda _: next(letters))
    return code, story, person, row.network, _moment(row.second, zone), row.day, row.share


def _share(row: ShareRow, person: int, story: int, zone: ZoneInfo) -> tuple[Any, ...]:
    at = _moment(row.second, zone)
    said = at if row.is_said else None
    return story, person, row.network, at, said, said


def _letters() -> Iterator[str]:
    """Drawn as by `secrets.choice`, many at a time: codes by the hundred thousand are wanted here."""
    many = len(LETTERS)
    while True:
        # What would make the first letters likelier is thrown away.
        yield from (LETTERS[byte % many] for byte in secrets.token_bytes(4096) if byte < 256 // many * many)


def _codes_taken(connection: Connection, codes: Sequence[str]) -> set[str]:
    query = select(links.c.code).where(links.c.code.in_([code for code in codes if is_code(code)]))
    return set(connection.execute(query).scalars())


def _ids(connection: Connection, users: Collection[str]) -> dict[str, int]:
    query = select(people.c.user, people.c.id).where(people.c.user.in_(users), people.c.standing != Standing.OUT)
    return {row.user: row.id for row in connection.execute(query)}


def _moment(second: int, zone: ZoneInfo) -> datetime:
    day, clock = divmod(second, DAY)
    wall = datetime.combine(date.fromordinal(day), time(), zone) + timedelta(seconds=clock)
    return wall.astimezone(UTC)


def _chunks(names: Iterable[str]) -> Iterable[list[str]]:
    each = iter(names)
    while some := list(islice(each, AT_ONCE)):
        yield some


def _adding(table: Table, names: list[str], same: Mapping[str, Any]) -> Prepared:
    """Rows with these columns, and others that are the same in all of them; what is there already stays."""

    def add(insert: Any, given: Given) -> Any:
        found = given.select().add_columns(*(literal(value, table.c[name].type) for name, value in same.items()))
        adding = insert(table).from_select([*names, *same], found, include_defaults=False)
        return adding.on_conflict_do_nothing()

    return for_given(types_of(table, names), add, by_place=True)


def _add_up_all(insert: Any, given: Given) -> Any:
    adding = insert(reader_days).from_select(_READER_DAY, given.select(), include_defaults=False)
    more = {"readers": reader_days.c.readers + adding.excluded.readers}
    return adding.on_conflict_do_update(index_elements=["day", "person_id"], set_=more)


_READER_DAY = ["day", "person_id", "readers"]
_ADD_UP = for_given(types_of(reader_days, _READER_DAY), _add_up_all, by_place=True)
_SUMS = ["readers", "for_person", "set_aside", "set_aside_for"]
_ADD_DAYS = _adding(link_days, ["link_id", "day", *_SUMS], {name: 0 for name in APART if name not in _SUMS})
_ADD_LINKS = _adding(links, ["code", "story_id", "person_id", "network", "minted_at", "day", "share"], {})
_ADD_SHARES = _adding(
    shares, ["story_id", "person_id", "network", "opened_at", "claimed_at", "said_at"], {"own_words": False}
)
