"""Why stories were not for people, and who was asked to join the champions' channel."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_for_me_reasons",
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
            name=op.f("fk_not_for_me_reasons_story_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", "reason", name=op.f("pk_not_for_me_reasons")),
    )
    op.create_table(
        "invitations",
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("is_joining", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitations_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_invitations")),
    )


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_table("not_for_me_reasons")
