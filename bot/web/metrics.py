"""`/metrics`: how it goes, for Prometheus, read when somebody asks. Numbers and kinds; no names, ids or texts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.actions.look_at_vitals import Vitals
from bot.actions.pulse import Pulse

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric


@dataclass(frozen=True)
class Measured:
    """What there is to measure. `vitals` None: the database does not answer."""

    pulse: Pulse
    is_connected: bool
    vitals: Vitals | None


class Metrics:
    """Says it all in Prometheus' own format. Its library is imported when it is asked for the first time."""

    def __init__(self, look: Callable[[], Measured]) -> None:
        self._look = look

    def text(self) -> tuple[bytes, str]:
        """The text and its content type."""
        from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def collect(self) -> Iterator["Metric"]:
        """Every figure, read now."""
        found = self._look()
        yield from _of_this_copy(found)
        if found.vitals is not None:
            yield from _of_copies(found.vitals)
            yield from _of_what_waits(found.vitals)
            yield from _of_jobs(found.vitals)

    @cached_property
    def _registry(self) -> "CollectorRegistry":
        from prometheus_client import CollectorRegistry, ProcessCollector

        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        ProcessCollector(registry=registry)
        return registry


def _of_this_copy(found: Measured) -> Iterator["Metric"]:
    yield _gauge("build_info", "The version that runs.", [((found.pulse.version,), 1)], "version")
    yield _gauge("database_up", "Whether the database answers.", [((), found.vitals is not None)])
    yield _gauge("socket_connected", "Whether this copy is connected to Slack.", [((), found.is_connected)])
    calls = [((method,), count) for method, count in found.pulse.calls.items()]
    yield _counter("slack_calls", "Calls of Slack's Web API by this copy.", calls, "method")
    errors = found.pulse.errors.items()
    yield _counter("slack_errors", "Those that went wrong, by Slack's word for it.", errors, "method", "error")


def _of_copies(vitals: Vitals) -> Iterator["Metric"]:
    yield _gauge("copies", "Copies whose heart beats.", [((), len(vitals.live))])
    if vitals.connections is not None:
        yield _gauge("connections", "Connections that Slack counted at its last hello.", [((), vitals.connections)])
    extra = vitals.ghosts.connections - vitals.ghosts.copies if vitals.ghosts else 0
    yield _gauge("ghost_connections", "Connections above the copies, for ten minutes or more.", [((), extra)])


def _of_what_waits(vitals: Vitals) -> Iterator["Metric"]:
    inbox = vitals.inbox
    yield _gauge("inbox_waiting", "Events that are not handled.", [((), inbox.count if inbox else 0)])
    age = _age(inbox.since if inbox else None, vitals.now)
    yield _gauge("inbox_oldest_seconds", "Age of the oldest of them.", [((), age)])
    waiting = [((kind.kind,), kind.waiting) for kind in vitals.backlog]
    yield _gauge("deliveries_waiting", "Messages owed to Slack, also those for later.", waiting, "kind")
    due = [((kind.kind,), kind.due) for kind in vitals.backlog]
    yield _gauge("deliveries_due", "Messages that should be there by now.", due, "kind")
    yield _gauge("deliveries_oldest_seconds", "How late the latest is.", [((), _age(vitals.oldest, vitals.now))])
    failed = [((kind,), count) for kind, count in vitals.failed.items()]
    yield _gauge("deliveries_failed", "Messages that Slack refused for good.", failed, "kind")
    stuck = [((wait.what,), (vitals.now - wait.since).total_seconds()) for wait in vitals.stuck]
    yield _gauge("stuck_seconds", "What is stuck for a quarter of an hour or more.", stuck, "what")


def _of_jobs(vitals: Vitals) -> Iterator["Metric"]:
    runs = vitals.runs
    began = [((run.name,), run.began_at.timestamp()) for run in runs if run.began_at]
    yield _gauge("job_began_timestamp_seconds", "When a job last began, in any copy.", began, "job")
    done = [((run.name,), run.done_at.timestamp()) for run in runs if run.done_at]
    yield _gauge("job_done_timestamp_seconds", "When it last came to a good end.", done, "job")
    well = [((run.name,), run.error is None) for run in runs]
    yield _gauge("job_ok", "Whether its last run went well.", well, "job")


Samples = Iterable[tuple[tuple[str, ...], float]]


def _gauge(name: str, meaning: str, samples: Samples, *labels: str) -> "Metric":
    from prometheus_client.metrics_core import GaugeMetricFamily

    family = GaugeMetricFamily(f"passalong_{name}", meaning, labels=labels)
    for values, number in samples:
        family.add_metric(values, float(number))
    return family


def _counter(name: str, meaning: str, samples: Samples, *labels: str) -> "Metric":
    from prometheus_client.metrics_core import CounterMetricFamily

    family = CounterMetricFamily(f"passalong_{name}", meaning, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0) if since is not None else 0
