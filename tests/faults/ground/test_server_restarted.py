"""PostgreSQL goes away in the middle, and comes back: the pool mends itself, and nothing is lost or there twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select

from bot.domain.problems import DatabaseTrouble
from bot.store.engine import Store
from bot.store.migrate import migrate
from bot.store.rows import insert_or_ignore
from bot.store.tables import deliveries, inbox, keyring, shares
from tests.conftest import Stand, SteppingClock, own_postgres, until
from tests.faults.ground.server import Server
from tests.faults.ground.test_database_locked import count, queue, readers, run_jobs, standing


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Another one than the others': what they wrote since it began would keep it from coming back soon."""
    yield from own_postgres()


@pytest.fixture
def server(postgres: str) -> Server:
    return Server(postgres)


@pytest.fixture
def stand(tmp_path, clock: SteppingClock, fresh_postgres_url: str) -> Iterator[Stand]:
    found = Stand(tmp_path, clock, fresh_postgres_url)
    yield found
    found.close()


def test_writes_in_flight_are_safe_to_repeat(server, fresh_postgres_url):
    """Four who write all the time, and try again what they could not write, or do not know of."""
    store = Store(fresh_postgres_url)
    migrate(store)
    enough, troubles, written = Event(), [], []

    def write_on(who):
        number = 0
        while not enough.is_set():
            name = f"{who}-{number}"
            try:
                store.write(lambda c, n=name: insert_or_ignore(c, keyring, name=n, value="x"))
            except DatabaseTrouble as trouble:
                troubles.append(trouble.what_to_do)
                enough.wait(0.02)
                continue
            written.append(name)
            number += 1

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write_on, who) for who in "abcd"]
        for _ in range(2):
            so_far = len(written)
            until(lambda so=so_far: len(written) > so + 20, 60)
            server.restart()
        so_far = len(written)
        until(lambda: len(written) > so_far + 20, 60)
        enough.set()
        for writer in writers:
            writer.result(30)
    rows = store.read(lambda c: c.execute(select(keyring.c.name)).scalars().all())
    store.close()
    assert troubles, "nobody was in the middle of it"
    assert set(troubles) <= {
        "The database server does not answer. Is it up, and can this machine reach it? It goes on by itself then."
    }
    assert sorted(set(rows) - {"people"}) == sorted(written)


def test_a_bot_whose_server_is_away_for_a_while(server, stand):
    story = queue(stand)
    stand.clock.to(story.due_at)
    stand.work()
    [message] = standing(stand, "reef story")
    second = queue(stand, "The heron story", "https://example.com/heron")
    people, channel, admin = readers(stand, 8), stand.company.rooms[0].id, stand.company.admin
    stand.clock.to(second.due_at)
    server.stop()
    try:
        stand.sandbox.socket.ack_seconds = 1
        for person in people:
            stand.acts.react(person, channel, message["ts"], "mega")
        stand.sandbox.socket.ack_seconds = 9
        for words in ("/passalong pause", "/passalong leaderboard", "/passalong list"):
            assert stand.acts.command(admin, channel, words).acked
            assert "geheugen" in stand.acts.ephemerals(admin)[-1]["text"], "in the language Slack told us lately"
        run_jobs(stand)
        stand.settle()
    finally:
        server.start()
    stand.clock.step(minutes=1)
    stand.sandbox.socket.ack_seconds = 20
    stand.sandbox.pump()
    stand.work()
    assert count(stand, shares) == len(people)
    assert len(standing(stand, "heron story")) == 1
    assert count(stand, inbox, inbox.c.handled_at.is_(None)) == 0
    assert count(stand, deliveries, deliveries.c.done_at.is_(None)) == 0
    assert stand.house.store.read(lambda c: c.execute(select(func.count()).select_from(keyring)).scalar()) == 1
