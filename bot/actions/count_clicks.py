"""Who followed a link is counted: as a reader once, and never in a way that says who it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from bot.actions.link_desk import LinkDesk
from bot.domain.clicks import ClickKind, Rule
from bot.domain.links import Link
from bot.domain.local_time import day_of
from bot.domain.visitors import Salt, Visitor, hashes_of, salt_time
from bot.store import clicks, visitors
from bot.store import setup as setup_store
from bot.store.clicks import Click
from bot.store.engine import Connection

FRESH = timedelta(minutes=1)


class Came(NamedTuple):
    """Somebody followed a link; `rule` is what their agent says of them."""

    link: Link
    rule: Rule
    is_office: bool
    visitor: Visitor


class ClickCounter:
    """Counts, with the salt of the moment. Several threads may ask it."""

    def __init__(self, desk: LinkDesk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._salt: Salt | None = None
        self._zone = ""
        self._looked_at: datetime | None = None

    def hashed(self, came: Sequence[Came], now: datetime) -> tuple[list[Click], Salt]:
        """The same without who it was: from here on nobody can tell. Raises DatabaseTrouble when there is no salt."""
        salt = self.salt(now)
        return [_hashed(salt, self._desk.salt_by, one) for one in came], salt

    def count(self, came: Sequence[Click], salt: Salt, now: datetime) -> list[ClickKind]:
        """Count these, durably; answers what each was. Raises DatabaseTrouble."""
        day = day_of(now, self._zone)

        def count_clicks(connection: Connection) -> list[ClickKind]:
            return clicks.count(connection, came, now, day, salt.start)

        return self._desk.store.write(count_clicks)

    def salt(self, now: datetime) -> Salt:
        """The salt of this moment; the one before is destroyed. Raises DatabaseTrouble."""
        with self._lock:
            self._look_at_the_zone(now)
            if self._salt is None or not self._salt.is_good(now):
                start, end = salt_time(now, self._zone, self._desk.salt_by)
                self._salt = self._desk.store.write(lambda c: visitors.salt(c, now, start, end))
            return self._salt

    def _look_at_the_zone(self, now: datetime) -> None:
        if self._looked_at is None or not self._looked_at <= now < self._looked_at + FRESH:
            self._zone = self._desk.store.read(setup_store.load_setup).zone
            self._looked_at = now


def owner_hash(salt: Salt, link: Link, visitor: Visitor) -> int:
    """Whoever's link it is, in this browser: the same for all their links, and for nobody else's."""
    return hashes_of(salt, visitor, _owner(link))[0]


def _hashed(salt: Salt, by: str, came: Came) -> Click:
    link, rule, is_office, visitor = came
    if rule.kind is not None:
        return Click(link.id, rule, is_office, 0, 0)
    whose = f"person {link.person_id}" if by == "monthly" and link.person_id is not None else link.code
    as_visitor, as_owner = hashes_of(salt, visitor, whose, _owner(link))
    return Click(link.id, rule, is_office, as_visitor, as_owner)


def _owner(link: Link) -> str:
    return f"owner {link.person_id}"
