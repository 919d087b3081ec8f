"""The keyed hash that is all that remains of a person who was deleted, and the check against it."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from bot.domain.people import Standing
from bot.store import take_turns
from bot.store.rows import insert_or_ignore
from bot.store.tables import forgotten, keyring, people


@dataclass(frozen=True)
class Withdrawn:
    """Who was deleted, by keyed hash and since when, and who left, by Slack id."""

    secret: bytes = field(repr=False)
    hashes: tuple[tuple[str, datetime], ...]
    out: tuple[str, ...]


DELETING = 7_229_160
"""Any number will do, as long as nobody else locks it."""


def is_forgotten(connection: Connection, user: str) -> bool:
    """Whether this Slack user asked to be deleted. Checked before anything of a person is stored."""
    _hold(connection, alone=False)
    found = connection.execute(select(forgotten.c.hash).where(forgotten.c.hash == _hash(connection, user)))
    return found.first() is not None


def forgotten_among(connection: Connection, users: Iterable[str]) -> set[str]:
    """Who of these asked to be deleted."""
    _hold(connection, alone=False)
    hashes = set(connection.execute(select(forgotten.c.hash)).scalars())
    secret = _secret(connection)
    return {user for user in users if _keyed(secret, user) in hashes} if hashes else set()


def remember_forgotten(connection: Connection, user: str, now: datetime) -> None:
    """Keep the hash, and only the hash. Comes first in a deletion: nobody can store anything of them after this."""
    _hold(connection, alone=True)
    insert_or_ignore(connection, forgotten, hash=_hash(connection, user), at=now)


def welcome_back(connection: Connection, user: str) -> None:
    """The person chose to join again: the hash goes."""
    connection.execute(delete(forgotten).where(forgotten.c.hash == _hash(connection, user)))


def withdrawn(connection: Connection) -> Withdrawn:
    """Everybody who wants nothing kept of them, by this database."""
    hashes = connection.execute(select(forgotten.c.hash, forgotten.c.at)).all()
    out = connection.execute(select(people.c.user).where(people.c.standing == Standing.OUT)).scalars()
    return Withdrawn(_secret(connection), tuple((row.hash, row.at) for row in hashes), tuple(out))


def take_over(connection: Connection, other: Withdrawn) -> bool:
    """Keep the hashes of an other database of the same company too. False when it is of another company."""
    if other.secret != _secret(connection):
        return False
    for found, at in other.hashes:
        insert_or_ignore(connection, forgotten, hash=found, at=at)
    return True


def _hold(connection: Connection, *, alone: bool) -> None:
    """Whoever looked before storing, and whoever deletes, wait for one another."""
    take_turns.hold(connection, DELETING, alone=alone)


def _hash(connection: Connection, user: str) -> str:
    return _keyed(_secret(connection), user)


def _keyed(secret: bytes, user: str) -> str:
    return hmac.new(secret, user.encode(), sha256).hexdigest()


def _secret(connection: Connection) -> bytes:
    query = select(keyring.c.value).where(keyring.c.name == "people")
    found = connection.execute(query).scalar()
    return bytes.fromhex(found) if found else b""


def make_secret(connection: Connection) -> None:
    """Draw the key once, at the first start."""
    insert_or_ignore(connection, keyring, name="people", value=secrets.token_hex(32))
