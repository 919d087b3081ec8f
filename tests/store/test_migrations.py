"""One head, the models as the migrations make them, and copies that start together."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import String, select, text

from bot.domain.clicks import PERSON
from bot.domain.people import Profile, Standing
from bot.domain.stories import StoryDraft
from bot.store import clicks, links, people, shares, stories
from bot.store.clicks import Click
from bot.store.engine import Store
from bot.store.migrate import BASE, _config, alone, bring_to, check_pointers, head, is_migrated, migrate, revision
from bot.store.tables import link_days, metadata, reactions
from tests.conftest import MONDAY


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


def test_building_a_table_anew_takes_nothing_along(store):
    """SQLite changes a table by dropping the old one; what points at it must stay."""

    def fill(connection):
        person = people.add(connection, Profile("U1", "T1", "Anna"), MONDAY).id
        shares.note_reaction(connection, "C1", "1.0", person, "mega", present=True, at=MONDAY)

    store.write(fill)
    with alone(store) as connection:
        with Operations(MigrationContext.configure(connection)).batch_alter_table("people") as batch:
            batch.alter_column("name", type_=String(300))
        check_pointers(connection)
    assert len(store.read(lambda c: c.execute(select(reactions)).all())) == 1
    keys_on = store.is_sqlite and store.read(lambda c: c.execute(text("PRAGMA foreign_keys")).scalar())
    assert keys_on in (1, False)


def test_readers_that_were_counted_for_a_person_are_found_again(store):
    """By 0008, from the ledger: not those who came while the person was out."""

    def fill(connection):
        draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", ())
        story = stories.add(connection, draft, None, MONDAY)
        person = people.add(connection, Profile("U1", "T1", "Anna"), MONDAY).id
        link = links.mint(connection, "a" * 11, story, person, "x", MONDAY)
        for number, standing in enumerate((Standing.NAMED, Standing.OUT, Standing.OUT), 1):
            people.set_standing(connection, person, standing)
            clicks.count(connection, [Click(link.id, PERSON, False, number, 99)], MONDAY, 1, MONDAY)

    store.write(fill)
    with alone(store) as connection:
        bring_to(connection, "0007")
    migrate(store)
    rows = store.read(lambda c: c.execute(select(link_days.c.readers, link_days.c.for_person)).all())
    assert [tuple(row) for row in rows] == [(3, 1)]


def test_all_the_way_back_and_forth(store):
    with alone(store) as connection:
        bring_to(connection, BASE)
    assert revision(store) is None
    migrate(store)
    assert is_migrated(store)
