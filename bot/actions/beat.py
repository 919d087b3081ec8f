"""The heartbeat: every copy says that it is here, what its jobs did, and what Slack's hello told it."""

import logging
from datetime import datetime

from bot.actions.desk import Desk
from bot.domain.copies import Ghosts, ghosts
from bot.store import copies, job_runs
from bot.store.engine import Connection

log = logging.getLogger(__name__)


def beat(desk: Desk, now: datetime) -> None:
    """Write it down, and say in the log (once) when Slack counts connections that nobody holds."""
    pulse = desk.pulse
    started_at = pulse.started_at = pulse.started_at or now

    def work(connection: Connection) -> Ghosts | None:
        copies.beat(connection, desk.copy, pulse.version, started_at, now)
        job_runs.note(connection, pulse.runs)
        return ghosts(copies.every(connection), now)

    _say_ghosts(desk, desk.store.write(work))


def note_hello(desk: Desk, connections: int, now: datetime) -> None:
    """Slack says that so many connections are open. It says so after connecting, and at no other time."""
    desk.store.write(lambda connection: copies.hello(connection, desk.copy, connections, now))


def say_goodbye(desk: Desk) -> None:
    """This copy leaves, with nothing in hand."""

    def work(connection: Connection) -> None:
        job_runs.note(connection, desk.pulse.runs)
        copies.leave(connection, desk.copy)

    desk.store.write(work)


def _say_ghosts(desk: Desk, found: Ghosts | None) -> None:
    """Nothing is done about it: every reconnect would leave one more."""
    since = found.since if found else None
    if found is not None and desk.pulse.told_ghosts != since:
        log.warning(
            "Slack counts %s connections and %s of us is running (since %s UTC): what Slack sends down the others is "
            "lost, clicks above all. `passalong doctor` says what to do",
            found.connections,
            found.copies,
            f"{found.since:%Y-%m-%d %H:%M}",
        )
    desk.pulse.told_ghosts = since
