"""What comms sees of champions: the list as of yesterday, and what stands beside it. Nothing is told to anybody."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.find_champions import Champion, Champions, seen_of, shown_champions
from bot.actions.who_asks import Asker, require_editor
from bot.domain.champion_problems import ListChanged
from bot.domain.local_time import day_of
from bot.domain.people import Person
from bot.store import invitations, looked_at, people, rankings
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class ChampionsLook:
    """`champions` as of a day in `zone`. `invitable`: whom nobody asked to join yet.

    `is_totals_only`: the company's choice, so that nobody is in it. `counts_readers`: links can be followed here.
    `has_aside`: something of somebody's is set aside. `is_being_counted`: nothing is kept yet, so nobody is in it.
    `is_changing`: something changed just now that this rests on. `has_channel`: there is one to invite champions to.
    """

    champions: Champions
    is_totals_only: bool
    counts_readers: bool
    invitable: frozenset[int]
    zone: str
    has_aside: bool
    is_being_counted: bool = False
    is_changing: bool = False
    has_channel: bool = False


@dataclass(frozen=True)
class Shown:
    """Somebody whom comms sees, and who they are. `name` is None for who is without one."""

    champion: Champion
    person: Person

    @property
    def name(self) -> str | None:
        """As comms may see it."""
        return self.champion.candidate.name


def look_at_champions(desk: Desk, asker: Asker, now: datetime) -> ChampionsLook:
    """Raises NotForYou for everyone but editors."""
    require_editor(asker)
    return desk.store.read(lambda connection: _look(connection, desk, now))


def find_shown(connection: Connection, person_id: int, now: datetime) -> Shown:
    """This one, while comms sees them. Raises ListChanged when it does not, or not any more."""
    seen = None if setup_store.load_setup(connection).totals_only else seen_of(connection, person_id, now)
    person = people.by_id(connection, person_id)
    if seen is None or person is None or not person.standing.has_links:
        raise ListChanged
    return Shown(seen.champion, person)


def still_shown(connection: Connection, shown: Shown) -> Shown:
    """For whoever found them a moment ago, and writes now: the same, unless they left or changed how they are shown.

    Raises ListChanged.
    """
    person = people.by_id(connection, shown.person.id)
    is_shown = person is not None and person.standing is shown.person.standing
    if person is None or not is_shown or setup_store.load_setup(connection).totals_only:
        raise ListChanged
    return Shown(shown.champion, person)


def _look(connection: Connection, desk: Desk, now: datetime) -> ChampionsLook:
    setup, kept = setup_store.load_setup(connection), shown_champions(connection, now)
    found = kept or _nobody(day_of(now, setup.zone) - 1)
    shown = {one.candidate.id for one in (*found.listed, *found.risers)}
    asked = invitations.asked(connection, shown) if setup.champions_channel else shown
    return ChampionsLook(
        champions=found,
        is_totals_only=setup.totals_only,
        counts_readers=bool(desk.public_url),
        invitable=frozenset(shown - asked),
        zone=setup.zone,
        has_aside=not setup.totals_only and looked_at.is_any_aside(connection),
        is_being_counted=kept is None,
        is_changing=kept is not None and not rankings.true_days(connection, [kept.as_of]),
        has_channel=setup.champions_channel is not None,
    )


def _nobody(day: int) -> Champions:
    return Champions(day, (), (), frozenset(), None, ())
