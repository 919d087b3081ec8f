"""The keyed hash that is all that remains of a person who was deleted, and the check against it."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from bot.store.rows import insert_or_ignore
from bot.store.tables import forgotten, keyring


def is_forgotten(connection: Connection, user: str) -> bool:
    """Whether this Slack user asked to be deleted. Checked before anything of a person is stored."""
    found = connection.execute(select(forgotten.c.hash).where(forgotten.c.hash == _hash(connection, user)))
    return found.first() is not None


def remember_forgotten(connection: Connection, user: str, now: datetime) -> None:
    """Keep the hash, and only the hash."""
    insert_or_ignore(connection, forgotten, hash=_hash(connection, user), at=now)


def welcome_back(connection: Connection, user: str) -> None:
    """The person chose to join again: the hash goes."""
    connection.execute(delete(forgotten).where(forgotten.c.hash == _hash(connection, user)))


def _hash(connection: Connection, user: str) -> str:
    return hmac.new(_secret(connection), user.encode(), sha256).hexdigest()


def _secret(connection: Connection) -> bytes:
    query = select(keyring.c.value).where(keyring.c.name == "people")
    found = connection.execute(query).scalar()
    return bytes.fromhex(found) if found else b""


def make_secret(connection: Connection) -> None:
    """Draw the key once, at the first start."""
    insert_or_ignore(connection, keyring, name="people", value=secrets.token_hex(32))
