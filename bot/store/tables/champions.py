"""Days of the champions' list."""

from sqlalchemy import JSON, Boolean, Column, Double, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, false

from bot.store.tables.register import metadata

ranking_days = Table(
    "ranking_days",
    metadata,
    # The day by whose end it was, where the company is; as Python numbers days.
    Column("as_of", Integer, primary_key=True, autoincrement=False),
    # Whoever is making it has a name of its own here; empty once it is made.
    Column("draft", String(32)),
    # What it rests on has changed: it is shown until it is made anew.
    Column("is_stale", Boolean, nullable=False, server_default=false()),
    # How many worked here then, all readers of that time, and what teams brought: numbers, and nobody's name.
    Column("staff", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("teams", JSON, nullable=False),
)

rankings = Table(
    "rankings",
    metadata,
    Column("as_of", ForeignKey("ranking_days.as_of", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    # In the order of that day, from 1; who came after the best and had more readers than most is here too.
    Column("place", Integer, nullable=False),
    Column("score", Double, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    PrimaryKeyConstraint("as_of", "person_id"),
    sqlite_with_rowid=False,
)
