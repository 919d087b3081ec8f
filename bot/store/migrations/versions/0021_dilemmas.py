"""Stories that ask colleagues what they would do, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("dilemma", sa.Text(), server_default="", nullable=False))
    op.add_column("stories", sa.Column("outcome", sa.Text(), nullable=True))
    op.add_column("stories", sa.Column("outcome_in", sa.String(length=40), nullable=True))
    op.add_column("questions", sa.Column("kind", sa.String(length=10), server_default="question", nullable=False))
    op.add_column("questions", sa.Column("thread", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_column("thread")
        batch_op.drop_column("kind")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        for name in ("outcome_in", "outcome", "dilemma"):
            batch_op.drop_column(name)
