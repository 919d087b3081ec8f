"""Who runs: copies, what their jobs did, what somebody was told of, and since when a delivery is due."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copies",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("connections", sa.Integer(), nullable=True),
        sa.Column("hello_at", Moment(), nullable=True),
        sa.Column("above_since", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_copies")),
    )
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("copy", sa.String(length=40), nullable=False),
        sa.Column("began_at", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("error", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "alarms",
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_alarms")),
    )
    op.add_column("deliveries", sa.Column("due_at", Moment(), nullable=True))
    op.execute("UPDATE deliveries SET due_at = not_before")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.alter_column("due_at", existing_type=Moment(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("due_at")
    for table in ("alarms", "job_runs", "copies"):
        op.drop_table(table)
