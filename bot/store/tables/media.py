"""Feeds that are watched, what was seen in them, and what of it is worth answering. Nothing here is of people."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

feeds = Table(
    "feeds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("everything", Boolean, nullable=False),
    # Added in Slack, and not in feeds.toml.
    Column("is_own", Boolean, nullable=False),
    # What to ask with: the marks of the last answer.
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("moved_to", Text, nullable=False),
    Column("next_at", Moment),
    Column("lease_until", Moment),
    Column("read_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("trouble", String(20)),
    Column("hint", Text, nullable=False),
    UniqueConstraint("url"),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("entry", String(32), nullable=False),
    Column("seen_at", Moment, nullable=False),
    PrimaryKeyConstraint("feed_id", "entry"),
    sqlite_with_rowid=False,
)

hooks = Table(
    "hooks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("title", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("language", String(8), nullable=False),
    # When it was published, or first seen where it is undated.
    Column("at", Moment, nullable=False),
    Column("is_dated", Boolean, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("words", JSON, nullable=False),
    Column("match", Float, nullable=False),
    Column("state", String(10), nullable=False),
    Column("mood", String(10)),
    Column("found_at", Moment, nullable=False),
    # Not on a card before then: somebody said *Later*.
    Column("not_before", Moment, nullable=False),
    # How many cards it had, and when the last was made; where that stands, and since when.
    Column("cards", Integer, nullable=False),
    Column("told_at", Moment),
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("carded_at", Moment),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    Column("version", Integer, nullable=False),
    Index(None, "found_at"),
)
