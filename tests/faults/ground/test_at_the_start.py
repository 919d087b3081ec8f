"""A database that cannot be used at the start: one clear line that says what to do, and nothing else."""

import socket
import sqlite3
from pathlib import Path

import pytest

from bot.compose import NoDatabase, open_store
from bot.config import Settings


def damaged(file: Path) -> None:
    file.write_bytes(b"Once this was a database. " * 400)


def cut(file: Path) -> None:
    """As after a disk that failed: the beginning is right, the rest is not."""
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.executemany("INSERT INTO alembic_version VALUES (?)", [("x" * 100,)] * 200)
    database.close()
    file.write_bytes(file.read_bytes()[:4096] + bytes(range(256)) * 64)


def newer(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (damaged, "damaged, or is not a database"),
        (cut, "damaged, or is not a database"),
        (Path.mkdir, "cannot be opened. Is its folder there"),
        (newer, "A newer Passalong"),
    ],
)
def test_a_file_that_is_no_use(tmp_path, spoil, says):
    spoil(tmp_path / "passalong.db")
    assert says in why_not(f"sqlite:///{tmp_path / 'passalong.db'}", "passalong.db")


def test_a_folder_that_is_not_there(tmp_path):
    assert "Is its folder there" in why_not(f"sqlite:///{tmp_path / 'no' / 'passalong.db'}", "passalong.db")


def test_a_file_that_may_not_be_written(tmp_path):
    sqlite3.connect(tmp_path / "passalong.db").close()
    url = f"sqlite:///file:{tmp_path / 'passalong.db'}?mode=ro&uri=true"
    assert "may not be written" in why_not(url, "passalong.db")


def test_a_server_that_is_not_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        url = f"postgresql://anna:secret@127.0.0.1:{port}/passalong"
        assert "The database server does not answer. Is it up" in why_not(url, "secret")


@pytest.mark.parametrize("wrong", ["no_such_database", "postgres?user=nobody_we_know"])
def test_a_server_that_does_not_let_us_in(postgres, wrong):
    base, _, query = postgres.partition("?")
    url = base.rsplit("/", 1)[0] + f"/{wrong}" + ("&" if "?" in wrong else "?") + query
    assert "Look at user, password and database name" in why_not(url, "nobody_we_know")


def why_not(url: str, hidden: str) -> str:
    with pytest.raises(NoDatabase) as caught:
        open_store(Settings(database_url=url))
    said = str(caught.value)
    assert hidden not in said, "an address, with a password in it perhaps, has no business in a log"
    return said
