"""When the last try to send a delivery began, so that a busy channel need not be read for days."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("begun_at", Moment(), nullable=True))
    # Not when it began, but not far from it either.
    op.execute("UPDATE deliveries SET begun_at = lease_until WHERE is_uncertain")


def downgrade() -> None:
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("begun_at")
