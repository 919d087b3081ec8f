"""Where a process may die and lose or repeat something: each place has a name here and a `reached` there.

Nobody watches while the bot runs. `make crash` does, and ends the process at the place it chose.
"""

from collections.abc import Callable
from enum import StrEnum


class FaultPoint(StrEnum):
    """The steps of an event, of what a person asks for, of a delivery, of a digest, of a job and of readers' clicks.

    That Slack has done the work and its answer is still on the way is no place of ours: `make crash` waits there.
    """

    EVENT_RECEIVED = "event received"
    EVENT_STORED = "event stored"
    EVENT_TAKEN = "event taken"
    EVENT_HANDLED = "event handled"
    REQUEST_RECEIVED = "request received"
    REQUEST_COMMITTED = "request committed"
    REQUEST_ACKNOWLEDGED = "request acknowledged"
    REQUEST_FOLLOWED = "request followed"
    DELIVERY_MADE = "delivery made"
    DELIVERY_CLAIMED = "delivery claimed"
    DELIVERY_BEGUN = "delivery begun"
    DELIVERY_ANSWERED = "delivery answered"
    DELIVERY_NOTED = "delivery noted"
    DIGEST_GATHERED = "digest gathered"
    DIGEST_MADE = "digest made"
    PICTURE_UPLOADED = "picture uploaded"
    CLICKS_RECEIVED = "clicks received"
    CLICKS_COUNTED = "clicks counted"
    JOB_BEGUN = "job begun"
    JOB_DONE = "job done"
    WORK_DONE = "work done"
    WORK_COMMITTED = "work committed"


Watcher = Callable[[FaultPoint, str], None]

_watchers: list[Watcher] = []


def reached(point: FaultPoint, detail: str = "") -> None:
    """Say that this place is reached; `detail` is the kind of delivery, the job or the request."""
    for watcher in _watchers:
        watcher(point, detail)


def watch(watcher: Watcher) -> None:
    """Be told of every place from here on."""
    _watchers.append(watcher)
