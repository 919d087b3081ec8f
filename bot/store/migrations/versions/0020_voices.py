"""How a story sounds, and whether anybody wants to hear of it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("voice", sa.Float(), nullable=True))
    op.add_column("stories", sa.Column("no_tips", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_column("no_tips")
        batch_op.drop_column("voice")
