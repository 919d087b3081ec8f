"""An editor pauses all posting, or lets it go on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.actions.catch_up import put_off
from bot.actions.desk import Desk
from bot.actions.queue_story import who_did
from bot.actions.who_asks import Asker, require_editor
from bot.domain.catching_up import split_overdue
from bot.domain.problems import EditedMeanwhile
from bot.domain.queue_view import Resumed
from bot.domain.setup import Setup
from bot.store import editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

T = TypeVar("T")

TRIES = 5


def pause(desk: Desk, asker: Asker, now: datetime) -> None:
    """Nothing goes out until somebody resumes; stories stay in the queue. Raises NotForYou."""
    require_editor(asker)
    _again(lambda: desk.store.write(lambda connection: _set_paused(connection, desk, asker, now, paused=True)))


def resume(desk: Desk, asker: Asker, now: datetime) -> Resumed:
    """Stories go out again. Of those whose time passed a channel gets the first now, the others the next free slots.

    Raises NotForYou.
    """
    require_editor(asker)

    def work(connection: Connection) -> Resumed:
        if not setup_store.load_setup(connection).paused:
            return Resumed(was_paused=False)
        setup = _set_paused(connection, desk, asker, now, paused=False)
        stories.lock_queue(connection)
        going, later = split_overdue(stories.due(connection, now), now, patience=timedelta(seconds=-1))
        moved = put_off(connection, setup, later, now, but_tell_not=who_did(connection, desk, asker, now))
        return Resumed(True, tuple(story for story in going if not story.is_over(now)), moved)

    return _again(lambda: desk.store.write(work))


def _set_paused(connection: Connection, desk: Desk, asker: Asker, now: datetime, *, paused: bool) -> Setup:
    setup = setup_store.load_setup(connection)
    if setup.paused is paused:
        return setup
    if not setup_store.save_setup(connection, replace(setup, paused=paused), now):
        raise EditedMeanwhile
    step = "pause" if paused else "resume"
    editor_steps.note(connection, who_did(connection, desk, asker, now), step, now)
    return setup_store.load_setup(connection)


def _again(work: Callable[[], T]) -> T:
    """An admin may save the set-up at the same moment: their choices stay, and ours goes on top."""
    for _ in range(TRIES - 1):
        try:
            return work()
        except EditedMeanwhile:
            continue
    return work()
