"""Links of our own, and who followed them."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
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


def _day_minted(context: Any) -> int:
    """For who does not say which day it was where the company is."""
    return int(context.get_current_parameters()["minted_at"].toordinal())


links = Table(
    "links",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(11), nullable=False, unique=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    # Empty for links that are nobody's, or nobody's any more: they lead to the story all the same.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("network", String(20), nullable=False),
    Column("minted_at", Moment, nullable=False, index=True),
    # The day of the company's zone, as Python numbers days.
    Column("day", Integer, nullable=False, default=_day_minted),
    # What an imported file calls this share, and no link of it ever was ours; empty for the links we minted.
    Column("share", Text, nullable=False, default=""),
    # By an editor; until it is put back nobody who follows it is a reader.
    Column("set_aside_at", Moment),
    UniqueConstraint("person_id", "story_id", "network", "share"),
)
# In the database only of rows that were set aside.
Index("ix_links_set_aside_at", links.c.set_aside_at)

link_texts = Table(
    "link_texts",
    metadata,
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), primary_key=True),
    # What is passed along with the link, for a day; it cannot be read with the database alone.
    Column("sealed", Text, nullable=False),
    Column("caption_id", ForeignKey("captions.id", ondelete="SET NULL")),
    Column("own_words", Boolean, nullable=False),
    Column("disclosure", String(200)),
    Column("written_at", Moment, nullable=False, index=True),
    # Somebody went on with it: from then on that browser alone gets it. The code is public by then.
    Column("is_taken", Boolean, nullable=False, default=False),
)

salts = Table(
    "salts",
    metadata,
    Column("start", Moment, primary_key=True),
    Column("end", Moment, nullable=False),
    Column("value", String(64), nullable=False),
)

visitors = Table(
    "visitors",
    metadata,
    Column("hash", RowId, primary_key=True, autoincrement=False),
    # Of the salt it was made with: it goes when that goes.
    Column("start", Moment, nullable=False),
)

clicks = Table(
    "clicks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    # Whose link it was, if they were counted then.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("kind", String(10), nullable=False),
    # The day of the company's zone, as Python numbers days.
    Column("day", Integer, nullable=False),
)

link_days = Table(
    "link_days",
    metadata,
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("previews", Integer, nullable=False),
    Column("robots", Integer, nullable=False),
    Column("colleagues", Integer, nullable=False),
    # How many of the readers were counted for the one whose link it is: those who came while that person was counted.
    Column("for_person", Integer, nullable=False, server_default="0"),
    # The same two, of a link that is set aside: they are no readers then.
    Column("set_aside", Integer, nullable=False, server_default="0"),
    Column("set_aside_for", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("link_id", "day"),
    sqlite_with_rowid=False,
)

reader_days = Table(
    "reader_days",
    metadata,
    Column("day", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("readers", Integer, nullable=False),
    # How many of them are in the person's scores: those follow a little later, so that no click waits for them.
    Column("scored", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("day", "person_id"),
    sqlite_with_rowid=False,
)
