"""What goes on, and what could be started: `/passalong crisis`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.ready_scenarios import ready_scenarios
from bot.actions.which_crisis import know
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import CrisisStep, Known, Reach, reach_of
from bot.domain.crisis_desk import CrisisDesk, NoCrisis
from bot.store import crises, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class CrisisLog:
    """All that was done, for the file. `names`: of editors, by key; whoever is not in it is a former colleague."""

    known: Known
    steps: tuple[CrisisStep, ...]
    reach: tuple[Reach, ...]
    names: Mapping[str, str]
    zone: str


def look_at_crisis(desk: Desk, asker: Asker, now: datetime) -> CrisisDesk:
    """The desk of editors. Raises NotForYou."""
    require_editor(asker)
    ready = ready_scenarios(desk)

    def look(connection: Connection) -> CrisisDesk:
        current, rehearsal = (crises.held_by(connection, is_rehearsal=is_one) for is_one in (False, True))
        return CrisisDesk(
            ready,
            crises.know(connection, current.id) if current else None,
            crises.know(connection, rehearsal.id) if rehearsal else None,
            len(stories.held(connection)),
        )

    return desk.store.read(look)


def known_crisis(desk: Desk, asker: Asker, crisis_id: int) -> Known:
    """All that is known of one. Raises NotForYou, NoCrisis."""
    require_editor(asker)
    return desk.store.read(lambda connection: know(connection, crisis_id))


def which_goes_on(desk: Desk, asker: Asker) -> Known:
    """The crisis that goes on, or else the rehearsal. Raises NotForYou, NoCrisis."""
    require_editor(asker)

    def look(connection: Connection) -> Known:
        found = crises.held_by(connection, is_rehearsal=False) or crises.held_by(connection, is_rehearsal=True)
        if found is None:
            raise NoCrisis
        return know(connection, found.id)

    return desk.store.read(look)


def crisis_log(desk: Desk, asker: Asker, crisis_id: int | None, now: datetime) -> CrisisLog:
    """The log of one, or of the last one (None). Raises NotForYou, NoCrisis."""
    require_editor(asker)

    def look(connection: Connection) -> CrisisLog:
        last = crises.latest(connection) if crisis_id is None else None
        known = know(connection, last.id if last else crisis_id or 0)
        taken = tuple(crises.steps(connection, known.crisis.id))
        names = names_of(connection, [step.by for step in taken])
        zone = setup_store.load_setup(connection).zone
        return CrisisLog(known, taken, reaches(connection, known, now), names, zone)

    return desk.store.read(look)


def reaches(connection: Connection, known: Known, now: datetime) -> tuple[Reach, ...]:
    """How each audience was reached; nothing before they were told."""
    told_at = known.crisis.told_at
    if told_at is None:
        return ()
    read = crises.read_times(connection, known.crisis.id)
    return tuple(reach_of(one, told_at, read.get(one.key, []), now) for one in known.audiences)


def names_of(connection: Connection, keys: list[str | None]) -> dict[str, str]:
    """How these editors are called."""
    found = {key: people.by_key(connection, key) for key in dict.fromkeys(keys) if key}
    return {key: person.name for key, person in found.items() if person is not None}
