"""The database, in the shape that who asks for it needs."""

from collections.abc import Callable

from bot.config import Settings
from bot.domain.problems import DatabaseTrouble
from bot.store.backup import file_of
from bot.store.engine import DatabaseUnusable, Store
from bot.store.migrate import NewerShape, is_migrated, migrate, revision
from bot.store.private import make_private
from bot.store.trouble import what_to_do


class NoDatabase(Exception):
    """The database cannot be used; the message says what to do, without its address or password."""


def open_store(settings: Settings) -> Store:
    """The database, brought to today's shape. Raises NoDatabase."""
    return _opened(settings, migrate)


def ready_store(settings: Settings) -> Store:
    """The database, when it is there and has today's shape; nothing is changed. Raises NoDatabase."""
    file = file_of(settings.database_url)
    if file is not None and not file.exists():
        raise NoDatabase("There is no database yet. Look at PASSALONG_DATABASE_URL, and at the folder you are in.")
    return _opened(settings, _must_be_migrated)


def untouched_store(settings: Settings) -> Store:
    """The database, whatever its shape. Raises NoDatabase."""
    return _opened(settings, revision)


def _opened(settings: Settings, prepare: Callable[[Store], object]) -> Store:
    try:
        make_private(settings.database_url)
        store = Store(settings.database_url)
        prepare(store)
    except ModuleNotFoundError as missing:
        raise NoDatabase("PostgreSQL needs one more package: pip install 'passalong[postgres]'.") from missing
    except NewerShape as newer:
        raise NoDatabase(
            "A newer Passalong has been at this database. Install that version again, or go back to the backup from "
            "before it."
        ) from newer
    except (DatabaseUnusable, DatabaseTrouble, OSError) as error:
        raise NoDatabase(
            _why(error)
            or "The database cannot be opened. Look at PASSALONG_DATABASE_URL: is the folder of the file there and may "
            "it be written, or is the server up and does it let this machine in?"
        ) from error
    return store


def _why(error: Exception) -> str | None:
    """What to do about a database that cannot be used, where that is known."""
    return error.what_to_do if isinstance(error, DatabaseTrouble) else what_to_do(error)


def _must_be_migrated(store: Store) -> None:
    if not is_migrated(store):
        store.close()
        raise NoDatabase("The database has another shape than this version. `passalong migrate` brings it up to date.")
