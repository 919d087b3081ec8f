"""The SQLite file is locked by another program for a minute: kind words soon, and nothing is lost or there twice."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.problems import DatabaseTrouble
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.jobs.timetable import TIMETABLE
from bot.store import setup as setup_store
from bot.store.engine import PATIENCE, SHORT_PATIENCE, Store
from bot.store.migrate import migrate
from bot.store.rows import insert_or_ignore
from bot.store.tables import deliveries, inbox, keyring, shares
from tests.conftest import until
from tests.faults.ground.another_program import held

SLACK_WAITS = 3.0
"""Seconds for a command, a button or a submit."""


def queue(stand, title="The reef story", link="https://example.com/reef"):
    desk, channel = stand.house.desk, stand.company.rooms[0].id
    desk.store.write(lambda c: setup_store.put_channel(c, Channel(channel, "good-stories", "en"), stand.clock()))
    captions = (Caption(None, "en", "One"), Caption(None, "en", "Two"))
    draft = StoryDraft(
        link=link, title=title, sentence="Anna was under water for it.", language="en", captions=captions
    )
    return queue_story(desk, who_asks(desk, stand.company.admin), draft, stand.clock()).story


def standing(stand, title):
    channel = stand.company.rooms[0].id
    return [m for m in stand.acts.messages(stand.company.admin, channel) if title in m.get("text", "")]


def readers(stand, most):
    staff = stand.workspace.channels[stand.company.rooms[0].id].members
    people = [p.id for p in stand.company.staff if p.id in staff and p.guest is None]
    return people[:most]


def count(stand, table, *where):
    return stand.house.store.read(lambda c: c.execute(select(func.count()).select_from(table).where(*where)).scalar())


def run_jobs(stand):
    """As the runner does: what fails comes round again."""
    for job in TIMETABLE:
        stand.house.runner.run(job)


def test_a_locked_minute(stand, tmp_path, caplog):
    first = queue(stand)
    stand.clock.to(first.due_at)
    stand.work()
    [message] = standing(stand, "reef story")
    second = queue(stand, "The heron story", "https://example.com/heron")
    people = readers(stand, 12)
    stand.clock.to(second.due_at)
    caplog.set_level(logging.INFO)
    with held(tmp_path / "passalong.db"):
        locked_for_a_minute(stand, people, message)
    assert count(stand, shares) == 0
    stand.clock.step(minutes=1)
    stand.sandbox.socket.ack_seconds = 20
    stand.sandbox.pump()
    stand.work()
    assert count(stand, shares) == len(people)
    assert len(standing(stand, "heron story")) == 1
    assert count(stand, inbox, inbox.c.handled_at.is_(None)) == 0
    assert count(stand, deliveries, deliveries.c.done_at.is_(None)) == 0
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([line for line in said if "Another program holds the database" in line]) == 1
    assert len([line for line in said if line.startswith("The database works again")]) == 1
    assert [record for record in caplog.records if record.exc_info] == []


def locked_for_a_minute(stand, people, message):
    """A burst of reactions, and people who ask for something behind it."""
    channel, admin = stand.company.rooms[0].id, stand.company.admin
    # What the burst holds up shows without waiting for Slack's whole three seconds.
    stand.sandbox.socket.ack_seconds = 0.3
    for person in people:
        stand.acts.react(person, channel, message["ts"], "mega")
    # The promise is Slack's three seconds; a busy machine is given more.
    stand.sandbox.socket.ack_seconds = 3 * SLACK_WAITS
    heard = stand.acts.command(admin, channel, "/passalong pause")
    assert heard.acked
    assert "geheugen" in stand.acts.ephemerals(admin)[-1]["text"]
    assert stand.acts.command(admin, channel, "/passalong leaderboard").acked, "who only reads waits for nobody"
    run_jobs(stand)
    stand.settle()
    assert not stand.house.desk.setup().paused
    assert standing(stand, "heron story") == []


def test_the_wait_for_another_program_fits_in_what_slack_waits():
    assert PATIENCE + 2 * SHORT_PATIENCE < SLACK_WAITS - 1, "an action may have begun with a short wait"


@pytest.fixture
def file_store(tmp_path: Path):
    found = Store(f"sqlite:///{tmp_path / 'passalong.db'}")
    migrate(found)
    yield found
    found.close()


def test_who_waits_behind_others_does_not_wait_longer(file_store, tmp_path):
    """One wait for the lock answers everybody who came meanwhile: 60 do not wait one after the other."""
    waits = []
    file_store.engine.dispose()

    def work(i):
        try:
            return file_store.write(lambda c: c.execute(insert(keyring).values(name=f"k{i}", value="x")))
        except DatabaseTrouble as trouble:
            waits.append(trouble.__cause__)
            return None

    with held(tmp_path / "passalong.db"), ThreadPoolExecutor(60) as pool:
        assert list(pool.map(work, range(60))) == [None] * 60
    # As many waits as there were different errors: each wait gives its own to all who waited.
    assert len({id(wait) for wait in waits}) <= 4
    assert file_store.write(lambda c: c.execute(insert(keyring).values(name="after", value="x")).rowcount) == 1
    assert file_store.read(lambda c: c.execute(select(func.count()).where(keyring.c.name.like("k%"))).scalar()) == 0


def test_a_lock_that_is_let_go_in_time_is_waited_for(file_store, tmp_path):
    with ThreadPoolExecutor(1) as pool:
        with held(tmp_path / "passalong.db"):
            waiting = pool.submit(
                file_store.write, lambda c: c.execute(insert(keyring).values(name="k", value="x")).rowcount
            )
            until(lambda: file_store._line.turn.locked())
        assert waiting.result(20) == 1


def test_it_is_patient_again_after_it_was_locked(file_store, tmp_path):
    with held(tmp_path / "passalong.db"), pytest.raises(DatabaseTrouble):
        file_store.write(lambda c: c.execute(insert(keyring).values(name="a", value="x")))
    patience = []

    def look(c):
        patience.append(c.connection.dbapi_connection.execute("PRAGMA busy_timeout").fetchone()[0] / 1000)
        c.execute(insert(keyring).values(name=f"b{len(patience)}", value="x"))

    file_store.write(look)
    file_store.write(look)
    assert patience == [SHORT_PATIENCE, PATIENCE]


def test_a_lock_of_the_server_is_given_up_soon_too(fresh_postgres_url):
    """An ALTER TABLE of a newer version's migration, say."""
    store, other = Store(fresh_postgres_url), Store(fresh_postgres_url)
    try:
        migrate(store)
        with other.engine.begin() as holder:
            holder.exec_driver_sql("LOCK TABLE keyring")
            with pytest.raises(DatabaseTrouble, match=r"problem\.database"):
                store.write(lambda c: c.execute(insert(keyring).values(name="a", value="x")))
        assert store.write(lambda c: insert_or_ignore(c, keyring, name="a", value="x")), "and it goes on by itself"
    finally:
        store.close()
        other.close()


def test_two_in_each_others_way_take_turns(fresh_postgres_url):
    """Two that lock the same two rows the other way round: the server undoes one, which is run again by itself."""
    store = Store(fresh_postgres_url)
    try:
        migrate(store)
        names = ("a", "b")
        for name in names:
            store.write(lambda c, n=name: c.execute(insert(keyring).values(name=n, value="0")))
        met = []

        def change(order):
            def work(c):
                for name in order:
                    found = c.execute(select(keyring.c.value).where(keyring.c.name == name).with_for_update()).scalar()
                    c.execute(keyring.update().where(keyring.c.name == name).values(value=str(int(found) + 1)))
                    met.append(order)
                    until(lambda: len(set(met)) == 2)

            store.write(work)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(change, (names, names[::-1])))
        assert store.read(
            lambda c: [c.execute(select(keyring.c.value).where(keyring.c.name == n)).scalar() for n in names]
        ) == ["2", "2"]
    finally:
        store.close()
