"""The digest as it looks now, for editors: the week up to this moment."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.gather_digest import comms_digest, staff_digest
from bot.actions.who_asks import Asker, require_editor
from bot.domain.digest import CommsDigest, StaffDigest, week_up_to_now
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store


@dataclass(frozen=True)
class DigestPreview:
    """Both digests as they stand. `staff` is None while there is nothing to tell; `zone` is the company's."""

    staff: StaffDigest | None
    comms: CommsDigest
    zone: str


def preview_digest(desk: Desk, asker: Asker, now: datetime) -> DigestPreview:
    """Raises NotForYou for everyone but editors."""
    require_editor(asker)
    return digest_now(desk.store, now, is_measured=bool(desk.public_url))


def digest_now(store: Store, now: datetime, *, is_measured: bool) -> DigestPreview:
    """Both digests of the week up to now, from the database alone. `is_measured`: readers are counted."""

    def work(connection: Connection) -> DigestPreview:
        setup = setup_store.load_setup(connection)
        week = week_up_to_now(setup.digest, setup.zone, now)
        staff = staff_digest(connection, week, None, now, is_measured=is_measured)
        return DigestPreview(staff, comms_digest(connection, week, now, is_measured=is_measured), setup.zone)

    return store.read(work)
