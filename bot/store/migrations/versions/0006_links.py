"""Personal links, what was passed along with them, and who followed them: counted, and not known."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("stories", sa.Column("has_card", sa.Boolean(), nullable=True))
    _links()
    _visitors()
    _clicks()


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", RowId, nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("network", sa.String(length=20), nullable=False),
        sa.Column("minted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_links_story_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("code", name=op.f("uq_links_code")),
        sa.UniqueConstraint("person_id", "story_id", "network", name=op.f("uq_links_person_id_story_id_network")),
    )
    op.create_index(op.f("ix_links_story_id"), "links", ["story_id"])
    op.create_index(op.f("ix_links_minted_at"), "links", ["minted_at"])
    op.create_table(
        "link_texts",
        sa.Column("link_id", RowId, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("caption_id", RowId, nullable=True),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("disclosure", sa.String(length=200), nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("is_taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_texts_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["caption_id"], ["captions.id"], name=op.f("fk_link_texts_caption_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_link_texts")),
    )
    op.create_index(op.f("ix_link_texts_written_at"), "link_texts", ["written_at"])


def _visitors() -> None:
    op.create_table(
        "salts",
        sa.Column("start", Moment(), nullable=False),
        sa.Column("end", Moment(), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("start", name=op.f("pk_salts")),
    )
    op.create_table(
        "visitors",
        sa.Column("hash", RowId, autoincrement=False, nullable=False),
        sa.Column("start", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_visitors")),
    )


def _clicks() -> None:
    op.create_table(
        "clicks",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("link_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_clicks_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_clicks_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clicks")),
    )
    op.create_index(op.f("ix_clicks_at"), "clicks", ["at"])
    op.create_table(
        "link_days",
        sa.Column("link_id", RowId, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("readers", "repeats", "previews", "robots", "colleagues")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_days_link_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("link_id", "day", name=op.f("pk_link_days")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reader_days",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("readers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reader_days_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("day", "person_id", name=op.f("pk_reader_days")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reader_days_person_id"), "reader_days", ["person_id"])


def downgrade() -> None:
    for table in ("reader_days", "link_days", "clicks", "visitors", "salts", "link_texts", "links"):
        op.drop_table(table)
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_column("has_card")
