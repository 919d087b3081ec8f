"""What teams keep of those who left, and when a profile was asked for the team."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("team_day", sa.Integer(), nullable=True))
    op.add_column("people", sa.Column("rested", sa.Text(), nullable=True))
    op.create_table(
        "team_rest",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "day", "measure", "team", name=op.f("pk_team_rest")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("team_rest")
    with op.batch_alter_table("people", schema=None) as batch_op:
        for name in ("rested", "team_day"):
            batch_op.drop_column(name)
