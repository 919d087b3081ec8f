"""When jobs last came round, and with what end."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class JobRun:
    """A job's last run. `copy` is who waits for the next; `seconds` is how often it comes round.

    `done_at` is the last time it came to a good end, `error` is why the latest run did not. A job that is at it for
    long without an end is as stuck as one that fails.
    """

    name: str
    seconds: int
    copy: str
    began_at: datetime | None = None
    done_at: datetime | None = None
    error: str | None = None


def newest(known: JobRun | None, mine: JobRun) -> JobRun:
    """Of what another copy (or an earlier run) wrote and what this copy saw: the newest begin, and the newest end."""
    if known is None:
        return mine
    is_mine = known.began_at is None or (mine.began_at is not None and mine.began_at >= known.began_at)
    ends = [at for at in (known.done_at, mine.done_at) if at is not None]
    # Whoever ran it last may be dead: who is here now waits for it.
    latest = mine if is_mine else replace(known, seconds=mine.seconds, copy=mine.copy)
    return replace(latest, done_at=max(ends, default=None))
