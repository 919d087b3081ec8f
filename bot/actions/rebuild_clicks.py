"""Sums of clicks, made anew from the ledger, beside a running bot too."""

from datetime import datetime

from bot.domain.retention import CLICKS
from bot.store import clicks
from bot.store.engine import Connection, Store


def rebuild_clicks(store: Store, now: datetime) -> None:
    """Count them anew, a day a transaction, so that no click waits long; days that the ledger lacks stay as they are.

    Raises DatabaseTrouble.
    """
    first, last = (now - CLICKS).toordinal() + 2, now.toordinal() + 1
    for day in range(first, last + 1):
        _sum_up(store, day)


def _sum_up(store: Store, day: int) -> None:
    def sum_up_clicks(connection: Connection) -> None:
        clicks.sum_up_anew(connection, day)

    store.write(sum_up_clicks)
