"""What is kept no longer than promised: each line is a row of the retention table."""

from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.store import alarms, copies, deliveries, editor_steps, inbox, job_runs, nameless
from bot.store.engine import Connection

INBOX = timedelta(days=2)
TEXTS = timedelta(days=7)
SHARES = timedelta(days=396)
EDITOR_STEPS = timedelta(days=731)
COPIES = timedelta(days=1)
WORKINGS = timedelta(days=30)


def forget_old(desk: Desk, now: datetime) -> None:
    """Forget what is older than its time. Run twice, it does nothing more."""

    def work(connection: Connection) -> None:
        inbox.forget_before(connection, now - INBOX)
        deliveries.strip_texts(connection, now - TEXTS)
        nameless.forget_before(connection, now - SHARES)
        editor_steps.forget_before(connection, now - EDITOR_STEPS)
        copies.forget_before(connection, now - COPIES)
        job_runs.forget_before(connection, now - WORKINGS)
        alarms.forget_before(connection, now - WORKINGS)

    desk.store.write(work)
    desk.profiles.clear()
