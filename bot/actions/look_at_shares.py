"""What a champion's place rests on, share by share; and all that is set aside. For editors, to see what is wrong."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.find_champions import Champion, seen_of
from bot.actions.set_aside import find_link
from bot.actions.who_asks import Asker, require_editor
from bot.domain.champion_problems import ListChanged
from bot.domain.looked_at import LookedAt
from bot.domain.people import Standing
from bot.domain.set_aside import CountsForNobody, SetAside
from bot.store import looked_at, people, set_aside, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

MOST = 40
"""Shares in a window: whoever has more has enough to look at."""
MOST_ASIDE = 40


@dataclass(frozen=True)
class TheirShares:
    """`more`: so many are left out."""

    person_id: int
    name: str
    shares: tuple[LookedAt, ...]
    more: int
    zone: str


@dataclass(frozen=True)
class LinkFacts:
    """A link by itself: the story it leads to, and since when it is set aside (UTC).

    Not how many read it: by that number, which stands on the list, whoever has no name there could be found.
    """

    id: int
    title: str
    set_aside_at: datetime | None


@dataclass(frozen=True)
class Aside:
    """Something that is set aside, and whose."""

    name: str
    what: SetAside


def look_at_shares(desk: Desk, asker: Asker, person_id: int, now: datetime) -> TheirShares | Champion:
    """Those of somebody whom comms sees, or of whom something is set aside. Raises NotForYou, ListChanged.

    Of somebody without a name what the list says, and no share: with a story and its readers the post could be found.
    """
    require_editor(asker)

    def work(connection: Connection) -> TheirShares | Champion:
        setup, person = setup_store.load_setup(connection), people.by_id(connection, person_id)
        if setup.totals_only or person is None or not person.standing.has_links:
            raise ListChanged
        seen = seen_of(connection, person_id, now)
        if person.standing is not Standing.NAMED:
            if seen is None:
                raise ListChanged
            return seen.champion
        if seen is None and not looked_at.is_any_aside(connection, person_id):
            raise ListChanged
        found = looked_at.shares_of(connection, person_id, setup.zone)
        return TheirShares(person_id, person.name, tuple(found[:MOST]), max(0, len(found) - MOST), setup.zone)

    return desk.store.read(work)


def look_at_aside(desk: Desk, asker: Asker) -> tuple[Aside, ...]:
    """Of who is named, the latest first. Raises NotForYou."""
    require_editor(asker)
    return desk.store.read(_all_aside)


def look_at_link(desk: Desk, asker: Asker, link: str) -> LinkFacts:
    """The link with this address or code, and nothing of whose it is.

    Raises NotForYou, NothingToSetAside, CountsForNobody.
    """
    require_editor(asker)

    def work(connection: Connection) -> LinkFacts:
        found = find_link(connection, link)
        person = people.by_id(connection, found.person_id) if found.person_id else None
        story = stories.find(connection, found.story_id)
        if person is None or story is None or not person.standing.has_links:
            raise CountsForNobody
        return LinkFacts(found.id, story.title, found.set_aside_at)

    return desk.store.read(work)


def _all_aside(connection: Connection) -> tuple[Aside, ...]:
    if setup_store.load_setup(connection).totals_only:
        return ()
    found = []
    for person_id in looked_at.concerned(connection):
        person = people.by_id(connection, person_id)
        if person is not None:
            found += [Aside(person.name, one) for one in set_aside.set_aside_of(connection, person_id)]
    return tuple(sorted(found, key=lambda one: one.what.at, reverse=True)[:MOST_ASIDE])
