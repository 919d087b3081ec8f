"""The page of a crisis as files, for a web server that does not need us."""

from datetime import datetime

from bot.actions.crisis_pages import published_pages
from bot.actions.desk import Desk


def write_crisis_files(desk: Desk, now: datetime) -> None:
    """Bring the folder up to date, where there is one. Twice, or by two copies at once, is the same as once.

    Raises DatabaseTrouble, and OSError when the folder cannot be written.
    """
    if desk.crisis_files is not None:
        desk.crisis_files.write(published_pages(desk.store, now))
