"""Two copies publish and deliver, each as fast as it can, while two editors start a crisis at once."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event, Lock
from typing import Any

import pytest

from bot.actions.deliver import deliver
from bot.actions.desk import Desk
from bot.actions.pacing import Pacing
from bot.actions.publish_due import publish_due
from bot.actions.start_crisis import start_crisis
from bot.domain.crisis_desk import StartWish
from bot.domain.messages import Posted, StoryMessage, StoryOnHold
from bot.domain.pace import Pace
from bot.store import crises
from bot.store.engine import Store
from tests.actions.crisis_room import LEAK, NOW, Room
from tests.conftest import fresh_postgres

SECOND = timedelta(seconds=1)
STORIES, BEFORE = 40, 12
"""How many are due, and how many of them stand in Slack when the crisis starts."""


class Channel:
    """What was posted in Slack and when, by both copies; an answer takes a moment."""

    def __init__(self, quick: Any) -> None:
        self._quick, self._lock = quick, Lock()
        self.asked_at: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}
        self.times: Counter[str] = Counter()
        self.many = Event()

    def post(self, target: str, message: Any, delivery_id: str, thread: str | None = None) -> Posted:
        if not isinstance(message, StoryMessage):
            with self._lock:
                return self._quick.post(target, message, delivery_id, thread)
        title = message.story.title
        self.asked_at[title] = time.monotonic()
        time.sleep(0.01)
        with self._lock:
            where = self._quick.post(target, message, delivery_id, thread)
            self.times[title] += 1
            if len(self.times) >= BEFORE:
                self.many.set()
        self.answered_at[title] = time.monotonic()
        return where

    def __getattr__(self, name: str) -> Any:
        return getattr(self._quick, name)


@pytest.fixture
def copies(postgres: str, migrated_postgres: str) -> Iterator[tuple[Room, tuple[Desk, Desk], Channel]]:
    """A company on one PostgreSQL, and the desks of two copies."""
    url = fresh_postgres(postgres, migrated_postgres)
    stores = Store(url), Store(url)
    room = Room(stores[0])
    channel = Channel(room.slack)

    def desk(number: int) -> Desk:
        mine = {"store": stores[number], "copy": f"copy {number}", "messenger": channel}
        return replace(room.desk, pacing=Pacing(), crisis_shown={}, **mine)

    yield room, (desk(0), desk(1)), channel
    for store in stores:
        store.close()


@pytest.mark.timeout(60)
def test_no_story_goes_out_after_the_start_but_those_that_were_begun(copies):
    room, desks, channel = copies
    queued = [room.story(f"story {number}", NOW - SECOND * (number + 1)) for number in range(STORIES)]
    together, is_over = Barrier(2), Event()

    def work(desk: Desk) -> None:
        while not is_over.is_set():
            desk.pacing.pace = Pace()
            publish_due(desk, NOW)
            if not deliver(desk, NOW):
                time.sleep(0.002)

    def start(number: int) -> Any:
        channel.many.wait(30)
        together.wait(30)
        wish = StartWish(LEAK, is_rehearsal=False)
        return start_crisis(desks[number], (room.editor, room.other)[number], wish, NOW), time.monotonic()

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(work, desk) for desk in desks]
        found = list(pool.map(start, (0, 1)))
        time.sleep(0.3)
        is_over.set()
        for worker in workers:
            worker.result()

    room.run(NOW + SECOND)

    # Two editors at once: one crisis, and both see it.
    assert sorted(one.was_there for one, _ in found) == [False, True]
    assert {one.known.crisis.id for one, _ in found} == {1}

    # Each copy may have had one on its way; nothing is begun any more, and nothing is there twice.
    started = min(at for _, at in found)
    assert BEFORE <= len(channel.times) < STORIES
    assert set(channel.times.values()) == {1}
    assert sum(at > started for at in channel.asked_at.values()) <= len(desks)

    # What arrived after the start is in the log; all that stands is grey, and all that does not waits for a look.
    steps = room.desk.store.read(lambda connection: crises.steps(connection, 1))
    slipped = [step.detail["title"] for step in steps if step.did == "slipped"]
    late = {title for title, at in channel.answered_at.items() if at > started}
    assert len(slipped) == len(set(slipped)) <= len(desks)
    assert late <= set(slipped) <= set(channel.times)
    grey = {message.story.title for _, message in room.slack.updated if isinstance(message, StoryOnHold)}
    assert grey == set(channel.times)
    assert {room.find_story(story).held_by for story in queued} == {1}
