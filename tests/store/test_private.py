"""The SQLite file can be read by its owner alone, whatever the umask, and so can what SQLite puts beside it."""

import os
import stat

import pytest

from bot.compose import NoDatabase, open_store, untouched_store
from bot.config import Settings
from bot.domain.people import Profile
from bot.store import people
from bot.store.migrate import migrate
from bot.store.private import is_open_to_others
from tests.conftest import MONDAY


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["none", "usual", "strict"])
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("opens", [open_store, untouched_store])
def test_a_new_file_is_for_its_owner(tmp_path, opens):
    url = f"sqlite:///{tmp_path / 'passalong.db'}"
    store = opens(Settings(database_url=url))
    try:
        migrate(store)
        store.write(lambda c: people.add(c, Profile("U1", "T1", "Anna"), MONDAY))
        assert modes(tmp_path) == dict.fromkeys(("passalong.db", "passalong.db-wal", "passalong.db-shm"), 0o600)
        assert not is_open_to_others(url)
    finally:
        store.close()


def test_a_file_that_is_there_keeps_the_rights_somebody_gave_it(tmp_path):
    file = tmp_path / "passalong.db"
    file.touch()
    file.chmod(0o644)
    open_store(Settings(database_url=f"sqlite:///{file}")).close()
    assert modes(tmp_path) == {"passalong.db": 0o644}
    assert is_open_to_others(f"sqlite:///{file}")
    file.chmod(0o640)
    assert not is_open_to_others(f"sqlite:///{file}")


def test_where_no_file_can_be_made_the_word_is_the_usual_one(tmp_path):
    with pytest.raises(NoDatabase, match="folder"):
        open_store(Settings(database_url=f"sqlite:///{tmp_path / 'nowhere' / 'passalong.db'}"))
