"""Bringing the database to today's shape. Alembic is imported only here, only when needed."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store.engine import Store
from bot.store.keys import make_secret

if TYPE_CHECKING:
    from alembic.config import Config

# Any number will do, as long as every copy of the bot takes the same one.
LOCK = 7_277_256


def migrate(store: Store) -> None:
    """Run what is missing, under a lock, so that copies that start together do it once. All of it or nothing."""
    from alembic import command

    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not store.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if revision_of(connection) != head():
            command.upgrade(_config(connection), "head")
        make_secret(connection)


def is_migrated(store: Store) -> bool:
    """Whether the database has today's shape."""
    return store.read(revision_of) == head()


def head() -> str:
    """The newest revision."""
    from alembic.script import ScriptDirectory

    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None
    return revision


def revision_of(connection: Connection) -> str | None:
    """The revision this database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
