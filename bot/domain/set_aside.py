"""What an editor set aside: a link that a program follows, or a share that was counted wrongly. It can be put back."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.problems import Problem

LONGEST_REASON = 200


class NothingToSetAside(Problem):
    """There is no such link or share, or it is nobody's any more."""

    word = "champions.problem.nothing_to_set_aside"


class CountsForNobody(Problem):
    """It is the link of somebody who is out, or nobody's; whose, nobody is told."""

    word = "champions.problem.counts_for_nobody"


class ReasonMissing(Problem):
    """Whoever is concerned reads why: something has to stand there."""

    word = "champions.problem.reason_missing"


class ReasonTooLong(Problem):
    """More than LONGEST_REASON letters."""

    word = "champions.problem.reason_too_long"


@dataclass(frozen=True)
class SetAside:
    """As the one whose it was may know it. `is_link`: its readers do not count; else: that it was said does not.

    `title`: the story's. `readers`: so many were counted. `reason` is empty once the log forgot it. `at` is UTC.
    """

    is_link: bool
    id: int
    title: str
    network: str
    at: datetime
    readers: int
    reason: str


def checked_reason(typed: str) -> str:
    """The reason as it is kept, on one line. Raises ReasonMissing, ReasonTooLong."""
    reason = " ".join(typed.split())
    if not reason:
        raise ReasonMissing(field="reason")
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(field="reason", most=LONGEST_REASON)
    return reason
