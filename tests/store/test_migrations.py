"""One head, the models as the migrations make them, and copies that start together."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store.engine import Store
from bot.store.migrate import _config, head, is_migrated, migrate
from bot.store.tables import metadata


def test_one_head():
    assert ScriptDirectory.from_config(_config(None)).get_heads() == [head()]


def test_models_equal_migrations(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_copies_that_start_together_migrate_once(database_url):
    def start(_: int) -> bool:
        store = Store(database_url)
        migrate(store)
        done = is_migrated(store)
        store.close()
        return done

    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(start, range(3)))


def test_an_empty_database_is_not_migrated(database_url):
    store = Store(database_url)
    assert not is_migrated(store)
    store.close()
