"""How it goes, from the database alone: who runs, what waits, what jobs did, what is stuck. No names, no texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.copies import Copy, Ghosts, ghosts, live, told_connections
from bot.domain.job_runs import JobRun
from bot.domain.stuck import Wait, job_waits, stuck
from bot.store import alarms, backlog, copies, job_runs
from bot.store import setup as setup_store
from bot.store.backlog import Backlog
from bot.store.engine import Connection


@dataclass(frozen=True)
class Vitals:
    """How it goes at `now` (UTC).

    `copies` are all that are known, also the dead; `connections` is what Slack counted last, None when it never said;
    `failed` is what Slack refused for good, by kind; `inbox` None: nothing waits; `last_error` is why
    a message waits, and `last_error_of_events` why an event does.
    """

    now: datetime
    copies: tuple[Copy, ...]
    connections: int | None
    ghosts: Ghosts | None
    runs: tuple[JobRun, ...]
    backlog: tuple[Backlog, ...]
    failed: Mapping[str, int]
    inbox: Wait | None
    stuck: tuple[Wait, ...]
    last_error: str | None
    last_error_of_events: str | None

    @property
    def live(self) -> list[Copy]:
        """The copies whose heart beats."""
        return live(self.copies, self.now)

    @property
    def oldest(self) -> datetime | None:
        """Since when the oldest delivery should be there that is not."""
        return min((kind.oldest for kind in self.backlog if kind.oldest is not None), default=None)


def look_at_vitals(connection: Connection, now: datetime) -> Vitals:
    """Look once."""
    known = copies.every(connection)
    return Vitals(
        now=now,
        copies=tuple(known),
        connections=told_connections(known, now),
        ghosts=ghosts(known, now),
        runs=tuple(job_runs.every(connection)),
        backlog=tuple(backlog.deliveries_by_kind(connection, now)),
        failed=backlog.failed_by_kind(connection),
        inbox=backlog.waiting_events(connection),
        stuck=tuple(what_is_stuck(connection, now)),
        last_error=backlog.last_error(connection),
        last_error_of_events=backlog.last_error_of_events(connection),
    )


def what_is_stuck(connection: Connection, now: datetime) -> list[Wait]:
    """What waits for fifteen minutes, or was told to and is not mended yet. Nothing new, while nobody runs."""
    alive = live(copies.every(connection), now)
    setup = setup_store.load_setup(connection)
    waits = backlog.late_deliveries(connection, setup.comms_channel, now)
    waits += job_waits(job_runs.every(connection), [copy.name for copy in alive])
    events = backlog.waiting_events(connection)
    told = [alarm.what for alarm in alarms.every(connection)]
    up_since = alive[0].started_at if alive else now
    return stuck([*waits, *([events] if events else [])], up_since, now, told)
