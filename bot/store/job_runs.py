"""When jobs last came round. Written with the heartbeat, so that a job of every second is not a row of every second."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.domain.job_runs import JobRun, newest
from bot.store.rows import upsert
from bot.store.tables import job_runs


def every(connection: Connection) -> list[JobRun]:
    """Every job's last run, by name."""
    rows = connection.execute(select(job_runs).order_by(job_runs.c.name))
    return [JobRun(row.name, row.seconds, row.copy, row.began_at, row.done_at, row.error) for row in rows]


def note(connection: Connection, runs: Collection[JobRun]) -> None:
    """Take over what this copy saw, where nobody saw something newer."""
    known = {run.name: run for run in every(connection)}
    for mine in runs:
        run = newest(known.get(mine.name), mine)
        if run != known.get(mine.name):
            values = {
                "seconds": run.seconds,
                "copy": run.copy,
                "began_at": run.began_at,
                "done_at": run.done_at,
                "error": run.error,
            }
            upsert(connection, job_runs, {"name": run.name}, values)


def forget_before(connection: Connection, moment: datetime) -> None:
    """Jobs that did not come round since then are not on the timetable any more."""
    connection.execute(delete(job_runs).where(job_runs.c.began_at < moment))
