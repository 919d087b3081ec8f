"""The topics a person follows, and whether they want the digest by direct message."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("topics", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("people", sa.Column("digest_by_dm", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        for name in ("digest_by_dm", "topics"):
            batch_op.drop_column(name)
