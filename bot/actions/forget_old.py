"""What is kept no longer than promised: each line is a row of the retention table."""

from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.store import deliveries, editor_steps, inbox, nameless
from bot.store.engine import Connection

INBOX = timedelta(days=2)
TEXTS = timedelta(days=7)
SHARES = timedelta(days=396)
EDITOR_STEPS = timedelta(days=731)


def forget_old(desk: Desk, now: datetime) -> None:
    """Forget what is older than its time. Run twice, it does nothing more."""

    def work(connection: Connection) -> None:
        inbox.forget_before(connection, now - INBOX)
        deliveries.strip_texts(connection, now - TEXTS)
        nameless.forget_before(connection, now - SHARES)
        editor_steps.forget_before(connection, now - EDITOR_STEPS)

    desk.store.write(work)
    desk.profiles.clear()
