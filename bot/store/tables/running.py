"""Which copies of the bot run, what their jobs did, and what somebody was told of it."""

from sqlalchemy import Column, Integer, String, Table

from bot.store.tables.kinds import Moment
from bot.store.tables.register import metadata

copies = Table(
    "copies",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    # What Slack's last hello to this copy said, and since when hellos speak of more connections than there are copies.
    Column("connections", Integer),
    Column("hello_at", Moment),
    Column("above_since", Moment),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("seconds", Integer, nullable=False),
    # The copy that waits for it to come round; written with that copy's heartbeat, not with every run.
    Column("copy", String(40), nullable=False),
    Column("began_at", Moment),
    Column("done_at", Moment),
    Column("error", String(100)),
)

alarms = Table(
    "alarms",
    metadata,
    # One row a trouble that somebody was told of; it goes when the trouble does.
    Column("what", String(60), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
)
