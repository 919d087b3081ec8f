"""Everything comes along, whatever stands in it; what cannot be used is refused, and changes nothing."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, null, select, update

from bot.domain.captions import Caption
from bot.domain.deliveries import Owed
from bot.domain.happenings import HomeOpened
from bot.domain.people import Profile
from bot.domain.stories import StoryDraft
from bot.store import deliveries, inbox, keys, people, stories
from bot.store.archive import KINDS, NoExport, kind_of
from bot.store.engine import Store
from bot.store.export_all import STAYS_BEHIND, carried, export_all, one_moment
from bot.store.import_all import import_all
from bot.store.migrate import BASE, alone, bring_to, head, is_migrated, migrate, revision
from bot.store.tables import deliveries as delivery_rows
from bot.store.tables import metadata
from bot.store.tables import people as people_rows
from tests.conftest import MONDAY, fresh_postgres

OLD = Path(__file__).parent / "exports"
ODD = 'Zoë "quoted" \\ back\nnew line\u2028 🇳🇱 <!channel> \U0001f468‍👩‍👧 ' + "x" * 300


def quiet(_: Any) -> None:
    pass


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    export_all(store, out, "Passalong 0.0", "2026-03-02T07:00:00Z", quiet)
    return out.getvalue()


def rows_of(store: Store) -> dict[str, list[Any]]:
    """Every row that comes along, as Python sees it."""
    return {
        table.name: store.read(lambda c, t=table: c.execute(select(t).order_by(*t.primary_key.columns)).all())
        for table in carried()
    }


@pytest.fixture
def fill(store: Store) -> None:
    """People, stories and what hangs on them, with texts as people write them."""

    def work(connection: Any) -> None:
        anna = people.add(connection, Profile("U1", "T1", "Anna\tde Vries 🐟"), MONDAY + timedelta(microseconds=1))
        draft = StoryDraft("https://example.com", ODD, ODD, "en", (Caption(None, "en", ODD),), topics=("één", "b"))
        story = stories.add(connection, draft, anna.key, MONDAY)
        owed = Owed("notice", "k", "U1", {"text": ODD, "n": 1.5, "none": None, "half": "\ud83d"}, story_id=story)
        deliveries.owe(connection, owed, MONDAY)
        deliveries.owe(connection, Owed("notice", "done", "U1"), MONDAY)
        connection.execute(update(delivery_rows).where(delivery_rows.c.key == "done").values(body=null()))
        inbox.put(connection, "Ev1", HomeOpened("U1"), MONDAY)
        keys.remember_forgotten(connection, "U9", MONDAY)

    store.write(work)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """Another database, that nobody has been at."""
    found = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    yield found
    found.close()


def changed(export: bytes, change: Callable[[dict[str, bytes]], None]) -> io.BytesIO:
    """The same export, with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(export)) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return out


def in_manifest(**values: Any) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | values).encode()

    return change


def test_every_table_comes_along_or_says_why_not():
    assert {table.name for table in carried()} == set(metadata.tables) - STAYS_BEHIND
    for column in (column for table in metadata.sorted_tables for column in table.columns):
        assert kind_of(column) in KINDS
    assert set(metadata.tables) >= STAYS_BEHIND


@pytest.mark.usefixtures("fill")
def test_every_row_arrives_as_it_was(store, empty):
    before = rows_of(store)
    first = exported(store)
    import_all(empty, io.BytesIO(first), quiet)
    assert rows_of(empty) == before
    assert is_migrated(empty)
    assert empty.read(lambda c: keys.is_forgotten(c, "U9")), "the key ring came along"
    nothing = select(delivery_rows.c.key).where(delivery_rows.c.body.is_(null()))
    assert empty.read(lambda c: c.execute(nothing).scalars().all()) == ["done"], "nothing stays nothing"
    with zipfile.ZipFile(io.BytesIO(first)) as one, zipfile.ZipFile(io.BytesIO(exported(empty))) as two:
        for name in one.namelist():
            assert one.read(name) == two.read(name), name


@pytest.mark.usefixtures("fill")
def test_it_can_be_read_without_us(store):
    with zipfile.ZipFile(io.BytesIO(exported(store))) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
        [anna] = [json.loads(line) for line in zipped.read("tables/people.jsonl").splitlines()]
        assert b"people's data" in zipped.read("README.txt")
    assert (anna["user"], anna["name"], anna["reminders"]) == ("U1", "Anna\tde Vries 🐟", True)
    assert (manifest["format"], manifest["revision"]) == (1, head())
    assert {table["name"]: table["rows"] for table in manifest["tables"]}["people"] == 1


@pytest.mark.usefixtures("fill")
def test_the_next_row_gets_the_next_number(store, migrated_url):
    """Emptied and filled again: PostgreSQL's counters begin where the imported rows end."""
    export = exported(store)
    with alone(store) as connection:
        bring_to(connection, BASE)
    import_all(store, io.BytesIO(export), quiet)
    before = store.read(lambda c: people.by_user(c, "U1"))
    bram = store.write(lambda c: people.add(c, Profile("U2", "T1", "Bram"), MONDAY))
    assert bram.id == before.id + 1
    draft = StoryDraft("https://example.com/2", "Two", "Two.", "en", (Caption(None, "en", "One"),))
    assert store.write(lambda c: stories.add(c, draft, None, MONDAY)) == 2


@pytest.mark.usefixtures("fill")
def test_one_moment_however_long_it_takes(store):
    """What is committed while the tables are written one by one is in none of them."""

    class SlowDisk(io.BytesIO):
        def write(self, some: Any) -> int:
            if not self.tell():
                return super().write(some)
            store.write(lambda c: people.add(c, Profile(f"U{self.tell()}", "T1", "Late"), MONDAY))
            return super().write(some)

    out = SlowDisk()
    with one_moment(store) as connection:
        connection.execute(select(people_rows)).all()
        export_all(store, out, "", "", quiet)
        assert len(connection.execute(select(people_rows)).all()) == 1
    with zipfile.ZipFile(out) as zipped:
        written = zipped.read("tables/people.jsonl").splitlines()
        shown = json.loads(zipped.read("manifest.json"))
    late = [row for row in written if b"Late" in row]
    assert len(rows_of(store)["people"]) > 5
    assert len(late) <= 1, "at most what came before the first row was read"
    assert next(table for table in shown["tables"] if table["name"] == "people")["rows"] == len(written)


@pytest.mark.usefixtures("fill")
def test_a_filled_database_is_left_alone(store):
    export, before = exported(store), rows_of(store)
    with pytest.raises(NoExport, match=r"something in it already \(.*people.*stories"):
        import_all(store, io.BytesIO(export), quiet)
    assert rows_of(store) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (in_manifest(format=2), "newer Passalong"),
        (in_manifest(revision="9999"), "newer Passalong"),
        (in_manifest(tables=[{"name": "people"}]), "no export of Passalong"),
        (lambda parts: parts.pop("manifest.json"), "no export of Passalong"),
        (lambda parts: parts.pop("tables/stories.jsonl"), "no whole export"),
        (lambda parts: parts.update({"tables/shares.jsonl": b""}), "no whole export"),
        (lambda parts: parts.update({"tables/people.jsonl": b"{}\n"}), "people.jsonl, lines 1 to 1 cannot be read"),
        (lambda parts: parts.update({"tables/people.jsonl": b"[\n"}), "people.jsonl, lines 1 to 1 cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused(empty, change, said):
    with pytest.raises(NoExport, match=said):
        import_all(empty, changed((OLD / "0001.zip").read_bytes(), change), quiet)
    assert revision(empty) is None


def test_all_of_it_or_nothing(store):
    """Broken off at the last table, after tables of another time were made and filled."""
    before = rows_of(store)
    whole = (OLD / "0001.zip").read_bytes()
    with pytest.raises(NoExport, match="no whole export"):
        import_all(store, changed(whole, lambda parts: parts.update({"tables/shares.jsonl": b""})), quiet)
    assert is_migrated(store)
    assert rows_of(store) == before, "the key that was drawn first is back too"
    import_all(store, io.BytesIO(whole), quiet)


def test_half_a_file(empty):
    for part in (b"", b"nothing of the kind", (OLD / "0001.zip").read_bytes()[:-2000]):
        with pytest.raises(NoExport, match="no whole export"):
            import_all(empty, io.BytesIO(part), quiet)
    assert revision(empty) is None


def test_an_error_of_the_database_says_where_and_nothing_of_people(store):
    """A text longer than PostgreSQL takes there, which SQLite had let through."""
    store.write(lambda c: c.execute(insert(people_rows).values(**A_PERSON)))
    export = exported(store)

    def twice(parts: dict[str, bytes]) -> None:
        parts["tables/people.jsonl"] *= 2

    with alone(store) as connection:
        bring_to(connection, BASE)
    with pytest.raises(NoExport, match=r"people.jsonl, lines 1 to 2 \(IntegrityError\)") as caught:
        import_all(store, changed(export, twice), quiet)
    assert "Anna" not in str(caught.value)
    assert revision(store) is None


A_PERSON = {
    "user": "U1",
    "key": "k",
    "name": "Anna",
    "locale": "nl",
    "zone": "UTC",
    "standing": "named",
    "networks": [],
    "reminders": True,
    "is_active": True,
}


def test_postgres_is_spared_what_it_cannot_keep(tmp_path, request):
    here, there = Store(f"sqlite:///{tmp_path / 'x.db'}"), Store(fresh_postgres(request.getfixturevalue("postgres")))
    migrate(here)
    here.write(lambda c: c.execute(insert(people_rows).values(**A_PERSON | {"name": "Anna\0"})))
    import_all(there, io.BytesIO(exported(here)), quiet)
    assert there.read(lambda c: people.by_user(c, "U1")).name == "Anna"
    here.close()
    there.close()


@pytest.mark.parametrize("path", sorted(OLD.glob("*.zip")), ids=lambda path: path.stem)
@pytest.mark.parametrize("was_used", [False, True])
def test_exports_of_earlier_versions(database_url, path, was_used):
    """They are put into the database of their time, which is then migrated."""
    store = Store(database_url)
    if was_used:
        migrate(store)
    with path.open("rb") as file:
        manifest = import_all(store, file, quiet)
    assert manifest.revision == path.stem
    assert is_migrated(store)
    counted = {name: len(rows) for name, rows in rows_of(store).items() if rows}
    assert {table.name: table.rows for table in manifest.tables if table.rows}.items() <= counted.items()
    assert store.write(lambda c: people.add(c, Profile("U2", "T1", "Bram"), MONDAY))
    store.close()


def test_it_takes_some_rows_at_a_time(tmp_path):
    """Nine megabytes of rows take a few, both ways."""
    here, there = Store(f"sqlite:///{tmp_path / 'x.db'}"), Store(f"sqlite:///{tmp_path / 'y.db'}")
    migrate(here)
    row = {"at": MONDAY, "step": "queue", "detail": {"text": "x" * 2000}}
    here.write(lambda c: c.execute(insert(metadata.tables["editor_steps"]), [row] * 4_500))
    path = tmp_path / "x.zip"
    tracemalloc.start()
    with path.open("wb") as out:
        export_all(here, out, "", "", quiet)
    with path.open("rb") as file:
        import_all(there, file, quiet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    here.close()
    there.close()
    assert peak < 6_500_000, f"{peak:,} bytes"
