"""How many readers of a link were counted for its person, by day; taken from the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link_days", sa.Column("for_person", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        """
        UPDATE link_days SET for_person = (
            SELECT count(*) FROM clicks
            WHERE clicks.link_id = link_days.link_id AND clicks.day = link_days.day
                AND clicks.kind = 'reader' AND clicks.person_id IS NOT NULL
        ) WHERE readers > 0
        """
    )


def downgrade() -> None:
    with op.batch_alter_table("link_days", schema=None) as batch_op:
        batch_op.drop_column("for_person")
