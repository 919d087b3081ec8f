"""Bringing the database to today's shape. Alembic is imported only here, only when needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store import recount
from bot.store.engine import Store
from bot.store.keys import make_secret
from bot.store.scores import find_scoring
from bot.store.setup import load_setup

if TYPE_CHECKING:
    from alembic.config import Config

# Any number will do, as long as every copy of the bot takes the same one.
LOCK = 7_277_256

LONG_PATIENCE = 30.0
"""Seconds to wait for another program to let go of the file: another copy may be changing its shape."""

MIGRATIONS = Path(__file__).parent / "migrations"
BASE = "base"
"""What alembic calls the database before the first revision."""


class NewerShape(Exception):
    """A newer version has been at this database."""


def migrate(store: Store) -> None:
    """Run what is missing, under a lock, so that copies that start together do it once. All of it or nothing."""
    with alone(store) as connection:
        bring_to(connection, head())
        make_secret(connection)
        count_scores(connection)


def count_scores(connection: Connection) -> None:
    """Scores of the shares that are there already, once."""
    if find_scoring(connection) is None:
        recount.everything(connection, load_setup(connection).zone)


@contextmanager
def alone(store: Store) -> Iterator[Connection]:
    """A transaction in which nobody else changes the shape of the database; it ends with the `with`.

    SQLite changes a table by building it anew and dropping the old one. With foreign keys on, dropping it would delete
    what points at it, so they are off meanwhile; who used that ends with `check_pointers`.
    """
    connection = store.engine.connect().execution_options(writes=True)
    with connection, _without_foreign_keys(store, connection), connection.begin():
        if not store.is_sqlite:
            # Whoever is there first may be long at it; nobody waits for us while we wait for them.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def _without_foreign_keys(store: Store, connection: Connection) -> Iterator[None]:
    """The switch does nothing within a transaction, so it is turned before and after."""
    if not store.is_sqlite:
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    [[patience]] = driver.execute("PRAGMA busy_timeout").fetchall()
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute(f"PRAGMA busy_timeout={LONG_PATIENCE * 1000:.0f}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}")
        driver.execute("PRAGMA foreign_keys=ON")


def bring_to(connection: Connection, revision: str) -> None:
    """Change the shape of the database to that of this revision, later or earlier; `BASE` has no tables.

    Raises:
        NewerShape: the database has a shape this version has not heard of.
    """
    before = revision_of(connection) or BASE
    if before == revision:
        return
    from alembic import command

    if not knows(before):
        raise NewerShape
    change = command.downgrade if revision in _line(before) else command.upgrade
    change(_config(connection), revision)
    check_pointers(connection)


def check_pointers(connection: Connection) -> None:
    """Raises LookupError when a row points at one that is not there (PostgreSQL never let it)."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise LookupError("a row points at another that is not there")


def knows(revision: str) -> bool:
    """Whether this version has heard of that revision."""
    return revision in _line(head())


def _line(revision: str) -> list[str]:
    """This revision and those before it, down to the empty database."""
    if revision == BASE:
        return [BASE]
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(None))
    return [script.revision for script in scripts.iterate_revisions(revision, BASE)] + [BASE]


def is_migrated(store: Store) -> bool:
    """Whether the database has today's shape."""
    return revision(store) == head()


def revision(store: Store) -> str | None:
    """The revision this database is at, None for an empty one."""
    return store.read(revision_of)


def head() -> str:
    """The newest revision: files bear its name in front, one after another."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """The same, within a transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
