"""Ideas for stories, and who suggested them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

ideas = Table(
    "ideas",
    metadata,
    Column("id", RowId, primary_key=True),
    # Empty: there are words alone.
    Column("link", Text, nullable=False),
    # A hash of the link without its marks; empty without a link.
    Column("link_key", String(64), index=True),
    # The same while it is open: of one page there is one open idea.
    Column("open_as", String(64), unique=True),
    Column("state", String(10), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("ready", String(10)),
    Column("words", Text),
    # Whose words they are: the key of somebody of comms; empty where there are none.
    Column("written_by", String(32)),
    Column("is_signed", Boolean, nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    # Where its card stands.
    Column("channel", String(40)),
    Column("ts", String(32)),
    Column("made_at", Moment, nullable=False),
    Column("answered_at", Moment),
)

idea_senders = Table(
    "idea_senders",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("idea_id", ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False),
    # Empty: nothing may be kept of them.
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    # The window it was sent from: sent twice, it is there once.
    Column("press", String(64), nullable=False, unique=True),
    Column("why", Text, nullable=False),
    Column("is_credited", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    # When they were told that it has readers.
    Column("told_at", Moment),
    UniqueConstraint("idea_id", "person_id"),
)
