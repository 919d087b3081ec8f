"""Rankings that are kept by day; shares and links that an editor sets aside."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import RowId

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranking_days",
        sa.Column("as_of", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_ranking_days")),
    )
    op.create_table(
        "rankings",
        sa.Column("as_of", sa.Integer(), nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["ranking_days.as_of"], name=op.f("fk_rankings_as_of"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_rankings_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("as_of", "person_id", name=op.f("pk_rankings")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rankings_person_id"), "rankings", ["person_id"])


def downgrade() -> None:
    op.drop_table("rankings")
    op.drop_table("ranking_days")
