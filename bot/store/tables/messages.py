"""What goes to Slack, and what comes from there; the digests that went, and their pictures."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    Column("target", String(40), nullable=False),
    Column("body", JSON),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), index=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("state", String(10), nullable=False),
    # Since when it should be there; `not_before` moves with every try, this does not.
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    # What is in a lower one goes first, however long others wait.
    Column("lane", Integer, nullable=False, server_default="100"),
    Column("lease_until", Moment),
    Column("claimed_by", String(40)),
    Column("attempts", Integer, nullable=False, default=0),
    # Tries that failed because of us; null is none.
    Column("mistakes", Integer),
    # A try whose answer never came: the message may be there. When that try began says where to look.
    Column("is_uncertain", Boolean, nullable=False, default=False),
    Column("begun_at", Moment),
    Column("error", String(200)),
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("made_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(None, "state", "not_before"),
    Index("ix_deliveries_lane", "state", "lane", "not_before"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("event_id", String(60), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    Column("body", JSON, nullable=False),
    Column("user", String(40), index=True),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(200)),
    Index(None, "handled_at", "not_before"),
)

digests = Table(
    "digests",
    metadata,
    Column("due_at", Moment, primary_key=True),
    Column("is_skipped", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    # Of its words and figures: the same picture is the same file, for whichever digest.
    Column("key", String(64), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("file", String(40)),
    Column("tries", Integer, nullable=False),
    # Since when it is so.
    Column("at", Moment, nullable=False),
)
