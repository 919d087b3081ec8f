"""What should have moved and did not: for fifteen minutes, while somebody was there to move it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.job_runs import JobRun

STUCK = timedelta(minutes=15)
MENDED = timedelta(minutes=5)
"""What was stuck is mended when nothing waits longer than this: less, so that the word does not come and go."""


@dataclass(frozen=True)
class Wait:
    """Something waits. `what` is `deliveries`, `comms` (deliveries to the comms channel), `inbox` or `job:…`.

    `count` is how many of it wait, `since` is when the oldest should have been done.
    """

    what: str
    since: datetime
    count: int = 1


def job_waits(runs: Collection[JobRun], copies: Collection[str]) -> list[Wait]:
    """When each job should have come round once more. Jobs of copies that are gone are nobody's."""
    return [Wait(f"job:{run.name}", _next(run)) for run in runs if run.copy in copies]


def stuck(waits: Collection[Wait], up_since: datetime, now: datetime, told: Collection[str] = ()) -> list[Wait]:
    """What has to be told, or (for what is in `told` already) is not mended yet; with since when it is stuck.

    Nothing is late before somebody (`up_since`) was there to do it; but a new start alone mends nothing.
    """
    known = [wait for wait in waits if wait.what in told and now - wait.since >= MENDED]
    fresh = [replace(wait, since=max(wait.since, up_since)) for wait in waits if wait.what not in told]
    return known + [wait for wait in fresh if now - wait.since >= STUCK]


def _next(run: JobRun) -> datetime:
    return run.done_at + timedelta(seconds=run.seconds) if run.done_at else datetime.min.replace(tzinfo=UTC)
