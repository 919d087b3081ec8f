"""Which crisis somebody means, as it stands; and how an editor is called in its log."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.queue_story import who_did
from bot.actions.who_asks import Asker
from bot.domain.crisis import Crisis, CrisisStep, Did, Known
from bot.domain.crisis_desk import NoCrisis, NotToldYet
from bot.store import crises
from bot.store.engine import Connection


def hold_crisis(connection: Connection, crisis_id: int) -> Crisis:
    """The one that is open, and that nobody else changes until we are done. Raises NoCrisis."""
    crisis = crises.find(connection, crisis_id, hold=True)
    if crisis is None or not crisis.is_open:
        raise NoCrisis
    return crisis


def hold_told(connection: Connection, crisis_id: int) -> Crisis:
    """The same, once people were told. Raises NoCrisis, NotToldYet."""
    crisis = hold_crisis(connection, crisis_id)
    if crisis.told_at is None:
        raise NotToldYet
    return crisis


def know(connection: Connection, crisis_id: int) -> Known:
    """All that is known of it. Raises NoCrisis when it never was."""
    known = crises.know(connection, crisis_id)
    if known is None:
        raise NoCrisis
    return known


def who_acts(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> str:
    """The key of who asks; of whom nothing may be kept a mark, so that two editors are told from one."""
    return who_did(connection, desk, asker, now) or mark_of_editor(desk, asker.user)


def mark_of_editor(desk: Desk, user: str) -> str:
    """What the log calls an editor of whom nothing may be kept."""
    return "~" + desk.seal.mark(user, "editor")[:31]


def note(connection: Connection, crisis_id: int, did: Did, by: str | None, now: datetime, **detail: object) -> None:
    """A line of the log."""
    crises.note(connection, crisis_id, CrisisStep(now, did, by, detail))
