"""Shares that come from files, the day of a share, and since when somebody could share at all."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DAY = 86_400_000_000
FIRST = 719_163
"""The number of the first of January 1970, as Python numbers days."""
ONE_EACH = ["person_id", "story_id", "network"]


def upgrade() -> None:
    op.add_column("people", sa.Column("team", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("since", sa.Integer(), nullable=True))
    seen = f"SELECT MIN(COALESCE(said_at, opened_at)) / {DAY} + {FIRST} FROM shares WHERE person_id = people.id"
    op.execute(f"UPDATE people SET since = ({seen})")
    op.add_column("links", sa.Column("share", sa.Text(), server_default="", nullable=False))
    op.add_column("links", sa.Column("day", sa.Integer(), server_default="0", nullable=False))
    op.execute(f"UPDATE links SET day = minted_at / {DAY} + {FIRST}")
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
