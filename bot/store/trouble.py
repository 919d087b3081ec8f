"""What is wrong with the database, and what to do about it: never with its address, nor with anything of people."""

import logging
import time
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, TimeoutError

log = logging.getLogger(__name__)

SAY_AGAIN = 60.0
"""Seconds after which trouble that stays is said again in the log."""


class Ill(StrEnum):
    """Kinds of trouble that are no fault of the work; each says what to do. Once that is done, trying again helps."""

    LOCKED = (
        "Another program holds the database, so nothing can be written. It goes on by itself when that one lets go."
    )
    FULL = "There is no room for the database. Make some (its disk is full); it goes on by itself then."
    READ_ONLY = "The database may not be written. Let the user of this program write to it, and to the folder it is in."
    DAMAGED = (
        "The database file is damaged, or is not a database. Stop the bot, keep the file, and put the newest backup "
        "in its place."
    )
    UNOPENED = "The database file cannot be opened. Is its folder there, and may this user write in it?"
    FAILING = "The disk of the database fails, or has no room. Look at the machine's own log and at its free space."
    AWAY = "The database server does not answer. Is it up, and can this machine reach it? It goes on by itself then."
    REFUSED = "The database server does not let us in. Look at user, password and database name in its address."
    CROWDED = "All connections to the database are in use. It goes on by itself when some are given back."


_SQLITE = {
    5: Ill.LOCKED,
    6: Ill.LOCKED,
    15: Ill.LOCKED,
    13: Ill.FULL,
    8: Ill.READ_ONLY,
    3: Ill.READ_ONLY,
    11: Ill.DAMAGED,
    26: Ill.DAMAGED,
    14: Ill.UNOPENED,
    10: Ill.FAILING,
}
"""By SQLite's primary result code."""

_POSTGRES = {
    "40001": Ill.LOCKED,
    "40P01": Ill.LOCKED,
    "55P03": Ill.LOCKED,
    "57014": Ill.LOCKED,
    "53100": Ill.FULL,
    "53200": Ill.CROWDED,
    "53300": Ill.CROWDED,
    "25006": Ill.READ_ONLY,
    "3D000": Ill.REFUSED,
    "XX001": Ill.DAMAGED,
    "XX002": Ill.DAMAGED,
    "58030": Ill.FAILING,
}
_POSTGRES_CLASSES = {"08": Ill.AWAY, "57": Ill.AWAY, "28": Ill.REFUSED}
"""By SQLSTATE, or by its first two characters."""

_TAKE_TURNS = {"40001", "40P01"}
"""Two transactions were in each other's way, and the server undid this one."""


def what_is_wrong(error: BaseException) -> Ill | None:
    """The trouble behind an error, or behind what failed on the way out of it; None when the work itself is wrong."""
    cause: BaseException | None = error
    while cause is not None:
        found = _trouble_of(cause)
        if found is not None:
            return found
        cause = cause.__cause__ or cause.__context__
    return None


def what_to_do(error: BaseException) -> str | None:
    """The same as a sentence for who runs the bot."""
    ill = what_is_wrong(error)
    return None if ill is None else ill.value


def is_worth_another_try(error: BaseException) -> bool:
    """Nothing was done, and the same work may well go in at once."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _TAKE_TURNS


def _trouble_of(error: BaseException) -> Ill | None:
    if isinstance(error, TimeoutError):
        return Ill.CROWDED
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2])
    return _without_state(error)


def _without_state(error: DBAPIError) -> Ill | None:
    """The driver could not connect, or the connection broke; it says why in words only."""
    text = str(error.orig)
    if "authentication failed" in text or "does not exist" in text:
        return Ill.REFUSED
    if "too many clients" in text or "remaining connection slots" in text:
        return Ill.CROWDED
    return Ill.AWAY if error.connection_invalidated or "connection" in text else None


class Health:
    """Says trouble once, and once a minute while it stays, and once that it is over."""

    def __init__(self) -> None:
        self.ill: Ill | None = None
        self._since = self._said = 0.0

    def fell_ill(self, ill: Ill) -> None:
        """This was found just now."""
        now = time.monotonic()
        if self.ill is None:
            self._since = now
        if self.ill is not ill or now - self._said >= SAY_AGAIN:
            self._said = now
            log.error("%s", ill)
        self.ill = ill

    def is_well(self) -> None:
        """Something was written."""
        if self.ill is not None:
            log.warning("The database works again, after %.0f s.", time.monotonic() - self._since)
            self.ill = None
