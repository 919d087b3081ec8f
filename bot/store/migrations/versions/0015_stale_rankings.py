"""Rankings that stay until those are made that take their place; and which links are set aside, found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ranking_days", sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False))
    known = sa.column("set_aside_at").is_not(None)
    op.create_index("ix_links_set_aside_at", "links", ["set_aside_at"], sqlite_where=known, postgresql_where=known)


def downgrade() -> None:
    op.drop_index("ix_links_set_aside_at", table_name="links")
    # What is stale would count as true.
    op.execute("DELETE FROM ranking_days WHERE is_stale")
    with op.batch_alter_table("ranking_days", schema=None) as batch_op:
        batch_op.drop_column("is_stale")
