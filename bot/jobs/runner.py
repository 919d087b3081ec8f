"""The metronome: APScheduler beats, in memory, and the timetable's jobs look at what is due."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import SchedulerNotRunningError
from apscheduler.triggers.interval import IntervalTrigger

from bot.actions.desk import Desk
from bot.domain.problems import SlackTrouble
from bot.jobs.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)


class Runner:
    """Runs the timetable in the background until it is stopped."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self._clock = clock
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(TIMETABLE))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin; every job runs once right away, for what became due while we were down."""
        for job in TIMETABLE:
            trigger = IntervalTrigger(seconds=job.seconds, timezone=UTC)
            first = self._clock()
            self._scheduler.add_job(self.run, trigger, args=[job], id=job.name, next_run_time=first)
        self._scheduler.start()

    def wake(self, *names: str) -> None:
        """Let these jobs come round now."""
        for name in names:
            try:
                self._scheduler.modify_job(name, next_run_time=self._clock())
            except (SchedulerNotRunningError, LookupError):
                log.debug("Nothing to wake: %s", name)

    def stop(self) -> None:
        """Take no new work, and finish what is in hand."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def run(self, job: Job) -> None:
        """Let one job come round now; when it fails it does so again."""
        try:
            job.come_round(self.desk, self._clock)
        except SlackTrouble as trouble:
            log.warning("The job %s waits for Slack: %s", job.name, trouble)
        except Exception:
            log.exception("The job %s failed; it comes round again", job.name)
