"""Publish a person's Home (to be filled in)."""

from datetime import datetime

from bot.actions.desk import Desk


def show_home(desk: Desk, user: str, now: datetime) -> None:
    """Nothing yet."""
