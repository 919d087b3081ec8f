"""The metronome: APScheduler beats, in memory, and the timetable's jobs look at what is due."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import SchedulerNotRunningError
from apscheduler.triggers.interval import IntervalTrigger

from bot.actions.desk import Desk
from bot.domain.problems import DatabaseTrouble, SlackTrouble
from bot.jobs.pool import Pool
from bot.jobs.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)

LOOK_SECONDS = 2


class _Workers(BasePoolExecutor):  # type: ignore[misc]
    """The scheduler's jobs run in a pool of ours, that can be asked whether it is at rest."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)


class Runner:
    """Runs the timetable in the background until it is stopped.

    `clock` says what is due; `metronome` is the machine's own, by which the scheduler beats.
    """

    def __init__(self, desk: Desk, clock: Callable[[], datetime], metronome: Callable[[], datetime]) -> None:
        self.desk = desk
        self._clock, self._metronome = clock, metronome
        self._stopping = Event()
        self._pool = Pool(len(TIMETABLE), "job")
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": _Workers(self._pool)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin; every job runs once right away, for what became due while we were down."""
        for job in TIMETABLE:
            self.desk.pulse.expect(job.name, job.seconds, self.desk.copy)
            trigger = IntervalTrigger(seconds=job.seconds, timezone=UTC)
            first = self._metronome()
            self._scheduler.add_job(self.run, trigger, args=[job], id=job.name, next_run_time=first)
        self._scheduler.start()
        Thread(target=self._watch, name="clock", daemon=True).start()

    def _watch(self) -> None:
        """The scheduler waits for moments of the machine's clock; when that goes back, they are an hour away."""
        while not self._stopping.wait(LOOK_SECONDS):
            now = self._metronome()
            for job in self._scheduler.get_jobs():
                if job.next_run_time > now + job.trigger.interval + timedelta(seconds=LOOK_SECONDS):
                    self.wake(job.id)

    def wake(self, *names: str) -> None:
        """Let these jobs come round now."""
        for name in names:
            try:
                self._scheduler.modify_job(name, next_run_time=self._metronome())
            except (SchedulerNotRunningError, LookupError):
                log.debug("Nothing to wake: %s", name)

    @property
    def is_at_rest(self) -> bool:
        """No job is under way."""
        return self._pool.count == 0

    def stop(self) -> None:
        """Take no new work. What is in hand goes on: its end is not waited for here."""
        self._stopping.set()
        if self._scheduler.running:
            # It holds its lock while it waits for jobs, and a job that wakes another wants that lock.
            self._scheduler.shutdown(wait=False)

    def run(self, job: Job) -> None:
        """Let one job come round now; when it fails it does so again."""
        try:
            job.come_round(self.desk, self._clock, self._stopping.is_set)
        except SlackTrouble as trouble:
            self.desk.pulse.failed(job.name, type(trouble).__name__)
            log.warning("The job %s waits for Slack: %s", job.name, trouble)
        except DatabaseTrouble as trouble:
            self.desk.pulse.failed(job.name, type(trouble).__name__)
            log.debug("The job %s waits for the database", job.name)
        except Exception as error:
            self.desk.pulse.failed(job.name, type(error).__name__)
            log.exception("The job %s failed; it comes round again", job.name)
