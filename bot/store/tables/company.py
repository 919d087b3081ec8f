"""What the company chose, and what its editors did."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

keyring = Table(
    "keyring",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(128), nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("language", String(8), nullable=False),
    Column("is_gone", Boolean, nullable=False, default=False),
    Column("added_at", Moment, nullable=False),
)

editor_steps = Table(
    "editor_steps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    # A person's key, never a Slack id: deletion turns it into a former colleague.
    Column("who", String(32)),
    Column("step", String(40), nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL")),
    Column("detail", JSON, nullable=False),
)
