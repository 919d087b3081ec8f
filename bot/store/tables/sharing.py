"""Where stories stand, and who passed them along."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

placements = Table(
    "placements",
    metadata,
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("posted_at", Moment, nullable=False, index=True),
    Column("is_gone", Boolean, nullable=False, default=False),
    PrimaryKeyConstraint("channel", "ts"),
    UniqueConstraint("story_id", "channel"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("emoji", String(100), nullable=False),
    # Taken-away ones stay as a mark, so that an older event that comes late changes nothing.
    Column("is_present", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("channel", "ts", "person_id", "emoji"),
)

shares = Table(
    "shares",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    # Empty once the person is forgotten: the story's totals keep the share, nobody's name stands with it.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("network", String(20), nullable=False),
    Column("opened_at", Moment),
    Column("claimed_at", Moment),
    Column("reacted_at", Moment),
    Column("said_at", Moment),
    Column("caption_id", ForeignKey("captions.id", ondelete="SET NULL")),
    Column("own_words", Boolean, nullable=False, default=False),
    Column("disclosure", String(200)),
    Column("post_url", Text),
    # By an editor; until it is put back it is not said.
    Column("set_aside_at", Moment),
    UniqueConstraint("story_id", "person_id", "network"),
    # All that is asked of a stretch of time stands in the index itself.
    Index(None, "person_id", "said_at", "story_id"),
    Index(None, "said_at", "person_id", "story_id"),
)
# In the database only of rows that were opened: to say so here imports PostgreSQL's dialect at every start.
Index(
    "ix_shares_opened_at",
    shares.c.opened_at,
    shares.c.person_id,
    shares.c.story_id,
)
# In the database only of rows that were set aside.
Index("ix_shares_set_aside_at", shares.c.set_aside_at)

dealt = Table(
    "dealt",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("caption_id", ForeignKey("captions.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("story_id", "person_id"),
)
