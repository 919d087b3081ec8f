"""One way in: nothing is lost between threads, a failure undoes only itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text, update

from bot.store.engine import Store
from bot.store.rows import insert_or_ignore, upsert
from bot.store.tables import keyring


def _count(store: Store) -> int:
    return int(store.read(lambda c: c.execute(select(keyring.c.value).where(keyring.c.name == "n")).scalar_one()))


def test_concurrent_counting_loses_nothing(store):
    store.write(lambda c: c.execute(insert(keyring).values(name="n", value="0")))
    value = text("CAST(CAST(value AS INTEGER) + 1 AS VARCHAR(128))")

    def add_one(_: int) -> None:
        store.write(lambda c: c.execute(update(keyring).where(keyring.c.name == "n").values(value=value)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))
    assert _count(store) == 200


def test_a_failure_undoes_itself_alone(store):
    def work(i: int) -> object:
        def inner(connection):
            connection.execute(insert(keyring).values(name=f"k{i}", value="x"))
            if i % 3 == 0:
                raise RuntimeError(f"no {i}")
            return i

        return inner

    def run(i: int) -> object:
        try:
            return store.write(work(i))
        except RuntimeError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, range(60)))
    assert answers == [f"no {i}" if i % 3 == 0 else i for i in range(60)]
    names = store.read(lambda c: set(c.execute(select(keyring.c.name)).scalars()))
    assert {n for n in names if n.startswith("k")} == {f"k{i}" for i in range(60) if i % 3}


def test_insert_or_ignore_and_upsert(store):
    assert store.write(lambda c: insert_or_ignore(c, keyring, name="a", value="1"))
    assert not store.write(lambda c: insert_or_ignore(c, keyring, name="a", value="2"))
    store.write(lambda c: upsert(c, keyring, {"name": "a"}, {"value": "3"}))
    assert store.read(lambda c: c.execute(select(keyring.c.value).where(keyring.c.name == "a")).scalar()) == "3"


def test_the_store_goes_on_after_a_broken_statement(store):
    with pytest.raises(Exception, match="no_such_table"):
        store.write(lambda c: c.execute(text("INSERT INTO no_such_table VALUES (1)")))
    assert store.write(lambda c: insert_or_ignore(c, keyring, name="b", value="1"))


def test_an_error_says_nothing_of_people(store):
    with pytest.raises(Exception, match="no_such_table") as caught:
        store.write(lambda c: c.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "Anna de Vries"}))
    assert "Anna" not in str(caught.value)


def test_sqlite_settings(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'x.db'}")
    pragmas = {name: store.read(lambda c, n=name: c.execute(text(f"PRAGMA {n}")).scalar()) for name in PRAGMAS}
    store.close()
    assert pragmas == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1500}


def test_the_journal_is_emptied_unless_somebody_reads(store, tmp_path):
    mine = keyring.c.name == "n"
    store.write(lambda c: c.execute(insert(keyring).values(name="n", value="a token")))
    if store.is_sqlite:
        with store.engine.connect() as reading:
            reading.execute(select(keyring.c.value).where(mine)).all()
            store.write(lambda c: c.execute(update(keyring).where(mine).values(value="none")))
            assert not store.empty_journal(), "it goes on, and says so"
    store.write(lambda c: c.execute(update(keyring).where(mine).values(value="written over")))
    assert store.empty_journal()
    assert not any(file.stat().st_size for file in tmp_path.glob("*-wal"))
    assert store.read(lambda c: c.execute(select(keyring.c.value).where(mine)).scalar_one()) == "written over"
