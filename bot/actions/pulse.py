"""How this copy is doing, in memory: what its jobs did (the heartbeat writes that down), and what Slack answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock

from bot.domain.job_runs import JobRun


class Pulse:
    """`version` is the bot's; `started_at` is known from the first beat on."""

    def __init__(self, version: str = "") -> None:
        self.version = version
        self.started_at: datetime | None = None
        self.told_ghosts: datetime | None = None
        self._runs: dict[str, JobRun] = {}
        self._calls: Counter[str] = Counter()
        self._errors: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def expect(self, job: str, seconds: int, copy: str) -> None:
        """This job comes round every so many seconds from now on."""
        with self._lock:
            self._runs[job] = JobRun(job, seconds, copy)

    def began(self, job: str, now: datetime) -> None:
        """It comes round."""
        self._note(job, began_at=now)

    def done(self, job: str, now: datetime) -> None:
        """It came to a good end, or got a piece of it done."""
        self._note(job, done_at=now, error=None)

    def failed(self, job: str, error: str) -> None:
        """It came to a bad end; `error` is a kind, never a text with something of people in it."""
        self._note(job, error=error[:100])

    def called(self, method: str, error: str | None = None) -> None:
        """Slack was asked; `error` is its error string, or our word for why there is no answer."""
        with self._lock:
            self._calls[method] += 1
            if error is not None:
                self._errors[method, error] += 1

    @property
    def runs(self) -> tuple[JobRun, ...]:
        """Every expected job's last run here."""
        with self._lock:
            return tuple(self._runs.values())

    @property
    def calls(self) -> Mapping[str, int]:
        """How often each method of Slack's was called."""
        with self._lock:
            return dict(self._calls)

    @property
    def errors(self) -> Mapping[tuple[str, str], int]:
        """How often each method went wrong, by method and error."""
        with self._lock:
            return dict(self._errors)

    def _note(self, job: str, **changes: datetime | str | None) -> None:
        with self._lock:
            if job in self._runs:
                self._runs[job] = replace(self._runs[job], **changes)  # type: ignore[arg-type]
