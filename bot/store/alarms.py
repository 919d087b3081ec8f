"""The troubles that somebody was told of and that last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select

from bot.domain.deliveries import DeliveryState
from bot.store.rows import insert_or_ignore
from bot.store.tables import alarms, deliveries


@dataclass(frozen=True)
class Alarm:
    """What is stuck, since when, and when somebody was told."""

    what: str
    since: datetime
    told_at: datetime

    @property
    def name(self) -> str:
        """One a trouble: what is stuck once more later has another."""
        return f"{self.what}:{self.told_at.isoformat()}"

    @property
    def kind(self) -> str:
        """`deliveries`, `comms`, `inbox` or `job`."""
        return self.what.partition(":")[0]

    @property
    def job(self) -> str:
        """Which job; empty when it is none."""
        return self.what.partition(":")[2]


def every(connection: Connection) -> list[Alarm]:
    """All that last, by name. What Slack does not let us do stands apart, in slack_troubles."""
    stuck = select(alarms).where(~alarms.c.what.startswith("slack:")).order_by("what")
    return [Alarm(row.what, row.since, row.told_at) for row in connection.execute(stuck)]


def sound(connection: Connection, alarm: Alarm) -> bool:
    """Note that it is told. False when another copy was first."""
    return insert_or_ignore(connection, alarms, what=alarm.what, since=alarm.since, told_at=alarm.told_at)


def end(connection: Connection, what: str) -> bool:
    """It is mended. False when another copy was first."""
    return connection.execute(delete(alarms).where(alarms.c.what == what)).rowcount == 1


def was_said(connection: Connection, key: str) -> bool:
    """Whether a word about it (a delivery whose key begins so) went out, or may have."""
    mine = and_(deliveries.c.key.startswith(key, autoescape=True), deliveries.c.state != DeliveryState.UNWANTED)
    return connection.execute(select(deliveries.c.id).where(mine).limit(1)).first() is not None


def forget_before(connection: Connection, moment: datetime) -> None:
    """What lasts since then is told anew."""
    connection.execute(delete(alarms).where(alarms.c.told_at < moment))
