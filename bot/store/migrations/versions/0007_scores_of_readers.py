"""Scores by measure: stories that were said, and readers. Made anew: the job `scores` counts them from the ledgers."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId, SortedText

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make(["measure"], value="value", total="total")
    op.add_column("reader_days", sa.Column("scored", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    _make([], value="stories", total="times")
    with op.batch_alter_table("reader_days", schema=None) as batch_op:
        batch_op.drop_column("scored")


def _make(first: list[str], *, value: str, total: str) -> None:
    """Both tables, empty; without its row in `scoring`, everything is counted anew."""
    for table in ("scores", "score_sums"):
        op.drop_table(table)
    op.execute("DELETE FROM scoring")
    op.create_table(
        "scores",
        sa.Column("person_id", RowId, nullable=False),
        *(sa.Column(name, sa.String(length=10), nullable=False) for name in first),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column(value, sa.Integer(), nullable=False),
        sa.Column("listed_as", SortedText, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_scores_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", *first, "period", "start", name=op.f("pk_scores")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_scores_board", "scores", [*first, "period", "start", sa.column(value).desc(), "listed_as", "person_id"]
    )
    op.create_table(
        "score_sums",
        *(sa.Column(name, sa.String(length=10), nullable=False) for name in first),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column(total, sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*first, "period", "start", "part", name=op.f("pk_score_sums")),
        sqlite_with_rowid=False,
    )
