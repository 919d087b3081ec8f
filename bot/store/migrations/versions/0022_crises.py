"""Crises, who was told, and what waits because of them."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crises",
        sa.Column("id", RowId, nullable=False),
        sa.Column("holds", sa.String(length=10), nullable=True),
        sa.Column("scenario", sa.String(length=100), nullable=False),
        sa.Column("page", sa.String(length=100), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("next_update", sa.Integer(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("started_by", sa.String(length=32), nullable=True),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("filled_at", Moment(), nullable=True),
        sa.Column("tell_asked_by", sa.String(length=32), nullable=True),
        sa.Column("told_by", sa.String(length=32), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("next_update_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crises")),
        sa.UniqueConstraint("holds", name=op.f("uq_crises_holds")),
    )
    op.create_table(
        "crisis_audiences",
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("gathered_at", Moment(), nullable=True),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("unreachable", sa.Integer(), nullable=False),
        sa.Column("first_at", Moment(), nullable=True),
        sa.Column("last_at", Moment(), nullable=True),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_audiences_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("crisis_id", "key", name=op.f("pk_crisis_audiences")),
    )
    op.create_table(
        "crisis_posts",
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("ts", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_posts_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("crisis_id", "channel", name=op.f("pk_crisis_posts")),
    )
    op.create_table(
        "crisis_reads",
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_reads_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("crisis_id", "mark", name=op.f("pk_crisis_reads")),
    )
    op.create_table(
        "crisis_steps",
        sa.Column("id", RowId, nullable=False),
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("did", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_steps_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_steps")),
    )
    op.create_index(op.f("ix_crisis_steps_crisis_id"), "crisis_steps", ["crisis_id"], unique=False)
    op.create_table(
        "crisis_texts",
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_texts_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("crisis_id", "language", name=op.f("pk_crisis_texts")),
    )
    op.create_table(
        "crisis_updates",
        sa.Column("id", RowId, nullable=False),
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=True),
        sa.Column("window", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_updates_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_updates")),
        sa.UniqueConstraint("window", name=op.f("uq_crisis_updates_window")),
    )
    op.create_index(op.f("ix_crisis_updates_crisis_id"), "crisis_updates", ["crisis_id"], unique=False)
    op.create_table(
        "crisis_answers",
        sa.Column("id", RowId, nullable=False),
        sa.Column("crisis_id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("question_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crises.id"], name=op.f("fk_crisis_answers_crisis_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_crisis_answers_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_answers")),
        sa.UniqueConstraint("question_id", name=op.f("uq_crisis_answers_question_id")),
    )
    op.create_index(op.f("ix_crisis_answers_crisis_id"), "crisis_answers", ["crisis_id"], unique=False)
    op.add_column("deliveries", sa.Column("lane", sa.Integer(), server_default="100", nullable=False))
    op.create_index("ix_deliveries_lane", "deliveries", ["state", "lane", "not_before"], unique=False)
    op.add_column("questions", sa.Column("crisis_id", RowId, nullable=True))
    op.create_index(op.f("ix_questions_crisis_id"), "questions", ["crisis_id"], unique=False)
    op.add_column("stories", sa.Column("held_by", RowId, nullable=True))
    op.create_index(op.f("ix_stories_held_by"), "stories", ["held_by"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stories_held_by"), table_name="stories")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_column("held_by")
    op.drop_index(op.f("ix_questions_crisis_id"), table_name="questions")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_column("crisis_id")
    op.drop_index("ix_deliveries_lane", table_name="deliveries")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("lane")
    op.drop_index(op.f("ix_crisis_answers_crisis_id"), table_name="crisis_answers")
    op.drop_table("crisis_answers")
    op.drop_index(op.f("ix_crisis_updates_crisis_id"), table_name="crisis_updates")
    op.drop_table("crisis_updates")
    op.drop_table("crisis_texts")
    op.drop_index(op.f("ix_crisis_steps_crisis_id"), table_name="crisis_steps")
    op.drop_table("crisis_steps")
    op.drop_table("crisis_reads")
    op.drop_table("crisis_posts")
    op.drop_table("crisis_audiences")
    op.drop_table("crises")
