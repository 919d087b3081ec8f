"""Shares that come from files, the day of a share, and since when somebody could share at all."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Days of 86,400,000,000 microseconds; the first of January 1970 has the number 719,163, as Python numbers days.
ONE_EACH = ["person_id", "story_id", "network"]


def upgrade() -> None:
    op.add_column("people", sa.Column("team", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("since", sa.Integer(), nullable=True))
    op.execute(
        """
        UPDATE people SET since = (
            SELECT MIN(COALESCE(said_at, opened_at)) / 86400000000 + 719163 FROM shares WHERE person_id = people.id
        )
        """
    )
    op.add_column("links", sa.Column("share", sa.Text(), server_default="", nullable=False))
    op.add_column("links", sa.Column("day", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE links SET day = minted_at / 86400000000 + 719163")
    _one_each(ONE_EACH, [*ONE_EACH, "share"])
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.alter_column("share", server_default=None)
        batch_op.alter_column("day", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM links WHERE share <> ''")
    _one_each([*ONE_EACH, "share"], ONE_EACH)
    for table, names in (("links", ("share", "day")), ("people", ("team", "since"))):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.drop_column(name)


def _one_each(before: list[str], after: list[str]) -> None:
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_constraint("uq_links_" + "_".join(before), type_="unique")
        batch_op.create_unique_constraint("uq_links_" + "_".join(after), after)
