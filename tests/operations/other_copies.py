"""A look at the database from beside the bot."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.store import copies
from bot.store.engine import Store, opened


@contextmanager
def another(stand) -> Iterator[Store]:
    """The stand's database, opened by somebody else."""
    with opened(stand.settings.database_url) as store:
        yield store


def known(store):
    return store.read(copies.every)
