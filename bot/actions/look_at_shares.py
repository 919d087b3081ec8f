"""What a champion's place rests on, share by share; and all that is set aside. For editors, to see what is wrong."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.find_champions import seen_of
from bot.actions.who_asks import Asker, require_editor
from bot.domain.champion_problems import ListChanged
from bot.domain.looked_at import LookedAt
from bot.domain.people import Person, Standing
from bot.domain.set_aside import NothingToSetAside, SetAside
from bot.store import looked_at, people, set_aside
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.looked_at import LinkFacts

MOST = 40
"""Shares in a window: whoever has more has enough to look at."""
MOST_ASIDE = 40


@dataclass(frozen=True)
class TheirShares:
    """`name` None: somebody without one. `more`: so many are left out."""

    person_id: int
    name: str | None
    shares: tuple[LookedAt, ...]
    more: int
    zone: str


@dataclass(frozen=True)
class Aside:
    """Something that is set aside, and whose (None: of somebody without a name)."""

    name: str | None
    what: SetAside


def look_at_shares(desk: Desk, asker: Asker, person_id: int, now: datetime) -> TheirShares:
    """Those of somebody whom comms sees, or of whom something is set aside. Raises NotForYou, ListChanged."""
    require_editor(asker)

    def work(connection: Connection) -> TheirShares:
        setup, person = setup_store.load_setup(connection), people.by_id(connection, person_id)
        if setup.totals_only or person is None or not person.standing.has_links:
            raise ListChanged
        if seen_of(connection, person_id, now) is None and not looked_at.is_any_aside(connection, person_id):
            raise ListChanged
        name, found = _name(person), looked_at.shares_of(connection, person_id, setup.zone)
        if name is None:
            found = [replace(one, network=None, day=None) for one in found]
        return TheirShares(person_id, name, tuple(found[:MOST]), max(0, len(found) - MOST), setup.zone)

    return desk.store.read(work)


def look_at_aside(desk: Desk, asker: Asker) -> tuple[Aside, ...]:
    """The latest first. Raises NotForYou."""
    require_editor(asker)
    return desk.store.read(_all_aside)


def look_at_link(desk: Desk, asker: Asker, link: str) -> LinkFacts:
    """The link with this address or code, and nothing of whose it is. Raises NotForYou, NothingToSetAside."""
    require_editor(asker)

    def work(connection: Connection) -> LinkFacts:
        found = set_aside.find_link(connection, link.strip().rstrip("/").rpartition("/")[-1])
        facts = looked_at.find_link(connection, found.id) if found is not None else None
        if facts is None:
            raise NothingToSetAside
        return facts

    return desk.store.read(work)


def _all_aside(connection: Connection) -> tuple[Aside, ...]:
    if setup_store.load_setup(connection).totals_only:
        return ()
    found = []
    for person_id in looked_at.concerned(connection):
        person = people.by_id(connection, person_id)
        if person is not None and person.is_in:
            found += [Aside(_name(person), one) for one in set_aside.set_aside_of(connection, person_id)]
    return tuple(sorted(found, key=lambda one: one.what.at, reverse=True)[:MOST_ASIDE])


def _name(person: Person) -> str | None:
    return person.name if person.standing is Standing.NAMED else None
