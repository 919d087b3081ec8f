"""Rankings that are kept by day; shares and links that an editor sets aside."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ASIDE = ("set_aside_at",)
READERS_AGAIN = """
INSERT INTO reader_days (day, person_id, readers, scored)
SELECT link_days.day, links.person_id, SUM(link_days.set_aside_for), 0
FROM link_days JOIN links ON links.id = link_days.link_id
WHERE links.person_id IS NOT NULL AND link_days.set_aside_for > 0
GROUP BY link_days.day, links.person_id
ON CONFLICT (day, person_id) DO UPDATE SET readers = reader_days.readers + excluded.readers
"""
SAID_AGAIN = """
UPDATE shares SET said_at = CASE
  WHEN claimed_at IS NULL OR reacted_at < claimed_at THEN reacted_at
  ELSE claimed_at END
WHERE set_aside_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "ranking_days",
        sa.Column("as_of", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_ranking_days")),
    )
    op.create_table(
        "rankings",
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["ranking_days.as_of"], name=op.f("fk_rankings_as_of"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rankings_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("as_of", "person_id", name=op.f("pk_rankings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rankings_person_id"), "rankings", ["person_id"])
    for table in ("shares", "links"):
        op.add_column(table, sa.Column("set_aside_at", Moment(), nullable=True))
    known = sa.column("set_aside_at").is_not(None)
    op.create_index("ix_shares_set_aside_at", "shares", ["set_aside_at"], sqlite_where=known, postgresql_where=known)
    for name in ("set_aside", "set_aside_for"):
        op.add_column("link_days", sa.Column(name, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    # Nothing here knows of it any more: it counts again.
    op.execute(READERS_AGAIN)
    op.execute("UPDATE link_days SET readers = readers + set_aside, for_person = for_person + set_aside_for")
    op.execute("UPDATE clicks SET kind = 'reader' WHERE kind = 'set_aside'")
    op.execute(SAID_AGAIN)
    op.drop_index("ix_shares_set_aside_at", table_name="shares")
    for table, names in (("link_days", ("set_aside", "set_aside_for")), ("links", _ASIDE), ("shares", _ASIDE)):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)
    op.drop_table("rankings")
    op.drop_table("ranking_days")
