"""Stories, their captions, and the times they are booked for."""

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
    false,
)

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("slug", String(100), unique=True),
    Column("link", Text, nullable=False),
    Column("link_key", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("background", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("topics", JSON, nullable=False),
    Column("image", Text),
    Column("alt", Text),
    Column("commercial", Boolean, nullable=False),
    Column("best_before", Moment),
    Column("state", String(10), nullable=False),
    Column("due_at", Moment),
    Column("posted_at", Moment),
    Column("queued_by", String(32)),
    Column("caption_turn", Integer, nullable=False, default=0),
    Column("not_for_me", Integer, nullable=False, default=0),
    # Whether the page says of itself what networks show beside a post; empty while nobody has looked.
    Column("has_card", Boolean),
    # How much its texts sound like a person, 0 to 100; empty when none of them counts.
    Column("voice", Float),
    Column("no_tips", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", Moment, nullable=False),
    # A choice on which colleagues are asked what they would do; empty for a story that asks nothing.
    Column("dilemma", Text, nullable=False, server_default=""),
    # What came of it, and the window it was said in: the same one sent twice is one outcome.
    Column("outcome", Text),
    Column("outcome_in", String(40)),
    # The crisis that holds it, until an editor puts it back.
    Column("held_by", RowId, index=True),
    Index(None, "state", "due_at"),
)

not_for_me_reasons = Table(
    "not_for_me_reasons",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(10), nullable=False),
    # How many said so; nobody's name was ever with it.
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("story_id", "reason"),
)

story_files = Table(
    "story_files",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    # What the file said when it was taken over last, as plain values by part.
    Column("base", JSON, nullable=False),
)

captions = Table(
    "captions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # The story's turn in which it was dealt last, 0 for never: the one dealt longest ago comes next.
    Column("last_turn", Integer, nullable=False, default=0),
    # A caption that an edit dropped stays for the shares that went out with it.
    Column("is_dropped", Boolean, nullable=False, default=False),
)

bookings = Table(
    "bookings",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(40), nullable=False),
    # The booked time; empty once the story has gone out or was cancelled, so that the slot is free again.
    Column("due_at", Moment),
    PrimaryKeyConstraint("story_id", "channel"),
    UniqueConstraint("channel", "due_at"),
)
