"""The weekly digest (to be filled in)."""

from datetime import datetime

from bot.actions.desk import Desk


def make_digest(desk: Desk, now: datetime) -> None:
    """Nothing yet."""
