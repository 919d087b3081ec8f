"""What boards are read from."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from bot.store.tables.kinds import Moment, SortedText
from bot.store.tables.register import metadata

scores = Table(
    "scores",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    # What is counted: stories they said they shared, or readers of their links.
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    Column("start", Moment, nullable=False),
    Column("value", Integer, nullable=False),
    # The person's own, so that a board is one stretch of an index.
    Column("listed_as", SortedText),
    PrimaryKeyConstraint("person_id", "measure", "period", "start"),
    sqlite_with_rowid=False,
)
Index(
    "ix_scores_board",
    scores.c.measure,
    scores.c.period,
    scores.c.start,
    scores.c.value.desc(),
    scores.c.listed_as,
    scores.c.person_id,
)

score_sums = Table(
    "score_sums",
    metadata,
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    Column("start", Moment, nullable=False),
    # Of some of the people each, so that not everybody waits for the same row.
    Column("part", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    PrimaryKeyConstraint("measure", "period", "start", "part"),
    sqlite_with_rowid=False,
)

scoring = Table(
    "scoring",
    metadata,
    # One row: what the scores are kept of.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("zone", String(60), nullable=False),
    Column("days_start", Moment),
    Column("days_end", Moment),
    Column("is_whole", Boolean, nullable=False),
)

team_rest = Table(
    "team_rest",
    metadata,
    # What people of a team brought who left or were deleted, all of them together: nobody's any more.
    Column("team", Text, nullable=False),
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    # The first day of the period, as Python numbers days.
    Column("day", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("period", "day", "measure", "team"),
    sqlite_with_rowid=False,
)
