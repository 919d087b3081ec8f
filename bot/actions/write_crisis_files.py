"""The page of a crisis as files, for a web server that does not need us."""

import logging
from datetime import datetime

from bot.actions.crisis_pages import published_pages
from bot.actions.desk import Desk

log = logging.getLogger(__name__)


def write_crisis_files(desk: Desk, now: datetime) -> None:
    """Bring the folder up to date, where there is one. Twice, or by two copies at once, is the same as once.

    A folder that cannot be written is for `passalong doctor` and the log; the page itself is served all the same.
    """
    if desk.crisis_files is None:
        return
    try:
        desk.crisis_files.write(published_pages(desk.store, now))
    except OSError as error:
        log.warning("The page of a crisis could not be written as files: %s", error.strerror)
