"""Ideas for stories, and who suggested them."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ideas",
        sa.Column("id", RowId, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_key", sa.String(length=64), nullable=True),
        sa.Column("open_as", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ready", sa.String(length=10), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("written_by", sa.String(length=32), nullable=True),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("story_id", RowId, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_ideas_story_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("open_as", name=op.f("uq_ideas_open_as")),
    )
    op.create_index(op.f("ix_ideas_link_key"), "ideas", ["link_key"])
    op.create_index(op.f("ix_ideas_state"), "ideas", ["state"])
    op.create_index(op.f("ix_ideas_story_id"), "ideas", ["story_id"])
    op.create_table(
        "idea_senders",
        sa.Column("id", RowId, nullable=False),
        sa.Column("idea_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("press", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("is_credited", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_senders_idea_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_idea_senders_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_senders")),
        sa.UniqueConstraint("press", name=op.f("uq_idea_senders_press")),
        sa.UniqueConstraint("idea_id", "person_id", name=op.f("uq_idea_senders_idea_id_person_id")),
    )
    op.create_index(op.f("ix_idea_senders_person_id"), "idea_senders", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_idea_senders_person_id"), table_name="idea_senders")
    op.drop_table("idea_senders")
    op.drop_index(op.f("ix_ideas_story_id"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_state"), table_name="ideas")
    op.drop_index(op.f("ix_ideas_link_key"), table_name="ideas")
    op.drop_table("ideas")
