"""What came of it: how long it took, by whose clock, and whether everybody heard it once."""

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.domain.crisis import Known
from bot.sandbox.company import Person
from bot.store.tables import deliveries
from tests.crisis.emergency import Emergency, Plan, Seen, emergency

SAID = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of all at which it is looked what the card says of the time left."""


@dataclass(frozen=True)
class Left:
    """When so many were told: what the card said was left, and what it was."""

    done: int
    said: timedelta
    took: timedelta


@dataclass(frozen=True)
class Told:
    """Times from the moment of telling, by the clock of the simulation; `real` and `cpu` in seconds.

    `least`: what Slack's limit would take. `others_at`: when the last message that is none of the crisis arrived.
    """

    plan: Plan
    people: int
    channels: int
    channels_at: timedelta
    front: int
    front_at: timedelta
    all_at: timedelta
    least: timedelta
    others_at: timedelta
    missed: int
    twice: int
    posts: int
    refused: int
    left: tuple[Left, ...]
    stories: int
    kills: int
    lost: int
    real: float
    cpu: float

    @property
    def is_right(self) -> bool:
        """Everybody once, no story, and Slack said no to fewer than one in fifty."""
        return not (self.missed or self.twice or self.stories) and self.share_refused < 0.02

    @property
    def share_refused(self) -> float:
        """Of all that were tried."""
        return self.refused / max(1, self.posts + self.refused)


def play(plan: Plan, database_url: str | None = None) -> Told:
    """Play it on an empty database (None: a file)."""
    with (
        tempfile.TemporaryDirectory(prefix="passalong-crisis-") as folder,
        emergency(Path(folder), plan, database_url) as found,
    ):
        found.work()
        known, began = found.begin(), time.monotonic()
        known = found.run(known.crisis.id)
        real = time.monotonic() - began
        found._note_cpu()
        return _told(found, known, real)


def _told(found: Emergency, known: Known, real: float) -> Told:
    assert known.crisis.told_at is not None
    told_at, other_ids = known.crisis.told_at, _ids_of_others(found)
    heard, others = _heard(found, other_ids)
    staff = [one.id for one in found.people.staff]
    front = [one.id for one in _front(found)]
    rooms = [found.workspace.channels[post.channel] for post in known.posts]
    all_at = _last(ts for times in heard.values() for ts in times)
    posts = sum(map(len, heard.values())) + len(others) + len(rooms)
    refused = found.sandbox.web_api.limits.too_many["chat.postMessage"]
    return Told(
        plan=found.plan,
        people=len(staff),
        channels=len(rooms),
        channels_at=_last(post.ts for post in known.posts) - told_at,
        front=len(front),
        front_at=_last(heard[user][0] for user in front if user in heard) - told_at,
        all_at=all_at - told_at,
        least=timedelta(minutes=max(0, len(staff) - found.plan.a_minute) / found.plan.a_minute),
        others_at=_last(others) - told_at,
        missed=sum(user not in heard for user in staff),
        twice=sum(len(times) - 1 for times in heard.values()),
        posts=posts,
        refused=refused,
        left=tuple(_left(found.seen, len(staff), all_at)),
        stories=sum("The reef" in m["text"] for room in rooms for m in room.messages.values()),
        kills=found.kills,
        lost=found.lost,
        real=real,
        cpu=found.cpu,
    )


def _front(found: Emergency) -> list[Person]:
    group = next(one for one in found.workspace.groups.values() if one.handle == "customer-care")
    return [one for one in found.people.staff if one.id in group.members]


def _ids_of_others(found: Emergency) -> set[str]:
    query = select(deliveries.c.id).where(deliveries.c.kind == "notice")
    return set(found.desk.store.read(lambda connection: connection.execute(query).scalars().all()))


def _heard(found: Emergency, other_ids: set[str]) -> tuple[dict[str, list[str]], list[str]]:
    """When each person was told, and when the others' messages came."""
    heard: dict[str, list[str]] = {}
    others: list[str] = []
    for user, times in found.workspace.heard().items():
        messages = found.workspace.channels[found.workspace.directs[user]].messages
        for ts in times:
            of = messages[ts].get("metadata", {}).get("event_payload", {}).get("delivery")
            (others if of in other_ids else heard.setdefault(user, [])).append(ts)
    return heard, others


def _last(times: Iterable[str]) -> datetime:
    return max(map(_moment, times))


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def _left(seen: list[Seen], people: int, end: datetime) -> Iterable[Left]:
    for share in SAID:
        found = next((one for one in seen if people > one.progress.done >= share * people), None)
        if found is not None and found.progress.left is not None:
            yield Left(found.progress.done, found.progress.left, end - found.at)
