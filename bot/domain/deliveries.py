"""Deliveries: one message owed to Slack, as a row that survives everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

SEALED = "sealed"
"""A target that is no id of Slack's: who it is for stands sealed in the body, and is opened in memory to send it."""


LAST_LANE = 100
"""Of nearly everything. A crisis has those below: 0 for channels, up to here for people, at a pace that Slack takes."""


class DeliveryState(StrEnum):
    """`UNWANTED`: what it was for is over (cancelled, expired, left). `FAILED`: Slack said no for good."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Owed:
    """A delivery to be made. `key` is natural: made twice, it is there once. `target` is a channel or a user id.

    `thread` in the body: the message it is to stand under. `lane`: what is in a lower one goes first.
    """

    kind: str
    key: str
    target: str
    body: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    story_id: int | None = None
    person_id: int | None = None
    lane: int = LAST_LANE


@dataclass(frozen=True)
class Delivery:
    """A delivery as a worker holds it.

    `uncertain`: an earlier try may have arrived, so look first. `begun_at`: when the last one went to Slack.
    """

    id: str
    kind: str
    key: str
    target: str
    body: Mapping[str, Any]
    story_id: int | None
    person_id: int | None
    attempts: int
    uncertain: bool
    made_at: datetime
    due_at: datetime
    begun_at: datetime | None = None
    lane: int = LAST_LANE


def is_paced(lane: int) -> bool:
    """Whether what is in it goes at a pace that Slack takes: messages to many people in a crisis."""
    return 0 < lane < LAST_LANE


LEASE = timedelta(seconds=60)
"""How long a worker may hold a delivery before another takes it up."""

CLOCKS_AGREE = timedelta(minutes=1)
"""Clocks of several copies differ by less; a time that is further ahead was written before the clock went back."""


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the nth try that Slack did not answer well: 5 s, 10 s, … at most 10 minutes."""
    return timedelta(seconds=min(5 * 2 ** min(attempts - 1, 10), 600))


MOST_MISTAKES = 5
"""After so many tries that failed because of us, in ten minutes, a delivery is given up: it would fail for ever."""


def wait_after_mistake(times: int) -> timedelta:
    """How long to wait after we failed for the nth time: 40 s, 80 s, … at most 10 minutes."""
    return wait_after(times + 3)
