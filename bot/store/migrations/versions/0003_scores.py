"""Scores: what boards are read from, and indexes that answer for a stretch of time."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, SortedText

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("listed_as", SortedText, nullable=True))
    for name in ("ix_shares_person_id", "ix_shares_said_at"):
        op.drop_index(name, table_name="shares")
    op.create_index("ix_shares_person_id_said_at_story_id", "shares", ["person_id", "said_at", "story_id"])
    op.create_index("ix_shares_said_at_person_id_story_id", "shares", ["said_at", "person_id", "story_id"])
    known = sa.column("opened_at").is_not(None)
    op.create_index(
        "ix_shares_opened_at",
        "shares",
        ["opened_at", "person_id", "story_id"],
        sqlite_where=known,
        postgresql_where=known,
    )
    op.create_table(
        "scores",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("listed_as", SortedText, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_scores_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "period", "start", name=op.f("pk_scores")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_scores_board",
        "scores",
        ["period", "start", sa.text("stories DESC"), "listed_as", "person_id"],
    )
    op.create_table(
        "score_sums",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "start", "part", name=op.f("pk_score_sums")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scoring",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("days_start", Moment(), nullable=True),
        sa.Column("days_end", Moment(), nullable=True),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring")),
    )


def downgrade() -> None:
    for table in ("scoring", "score_sums", "scores"):
        op.drop_table(table)
    for stretch in ("said_at_person_id_story_id", "person_id_said_at_story_id", "opened_at"):
        op.drop_index(f"ix_shares_{stretch}", table_name="shares")
    op.create_index("ix_shares_said_at", "shares", ["said_at"])
    op.create_index("ix_shares_person_id", "shares", ["person_id"])
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("listed_as")
