"""What staff asks comms."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("lot", sa.String(length=32), nullable=False),
        sa.Column("story_id", RowId, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("may_stand", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("settled_by", sa.String(length=32), nullable=True),
        sa.Column("settled_in", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_questions_story_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_questions_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("lot", name=op.f("uq_questions_lot")),
    )
    op.create_index(op.f("ix_questions_story_id"), "questions", ["story_id"])
    op.create_index(op.f("ix_questions_person_id"), "questions", ["person_id"])
    op.create_index(op.f("ix_questions_state_asked_at"), "questions", ["state", "asked_at"])


def downgrade() -> None:
    op.drop_table("questions")
