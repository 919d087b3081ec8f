"""What a story's file said when it was taken over last."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import RowId

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_files",
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_files_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_files")),
    )


def downgrade() -> None:
    op.drop_table("story_files")
