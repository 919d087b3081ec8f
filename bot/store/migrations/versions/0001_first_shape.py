"""First shape."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Moment, RowId

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channels")),
    )
    op.create_table(
        "digests",
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("due_at", name=op.f("pk_digests")),
    )
    op.create_table(
        "forgotten",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_forgotten")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", RowId, nullable=False),
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("user", sa.String(length=40), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("handled_at", Moment(), nullable=True),
        sa.Column("not_before", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_handled_at_not_before"), ["handled_at", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_user"), ["user"], unique=False)

    op.create_table(
        "keyring",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_keyring")),
    )
    op.create_table(
        "people",
        sa.Column("id", RowId, nullable=False),
        sa.Column("user", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("networks", sa.JSON(), nullable=False),
        sa.Column("mastodon", sa.String(length=255), nullable=True),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("key", name=op.f("uq_people_key")),
        sa.UniqueConstraint("user", name=op.f("uq_people_user")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "stories",
        sa.Column("id", RowId, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.Column("alt", sa.Text(), nullable=True),
        sa.Column("commercial", sa.Boolean(), nullable=False),
        sa.Column("best_before", Moment(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("posted_at", Moment(), nullable=True),
        sa.Column("queued_by", sa.String(length=32), nullable=True),
        sa.Column("caption_turn", sa.Integer(), nullable=False),
        sa.Column("not_for_me", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("slug", name=op.f("uq_stories_slug")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_link_key"), ["link_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_stories_state_due_at"), ["state", "due_at"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_bookings_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "channel", name=op.f("pk_bookings")),
        sa.UniqueConstraint("channel", "due_at", name=op.f("uq_bookings_channel_due_at")),
    )
    op.create_table(
        "captions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("last_turn", sa.Integer(), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_captions_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captions")),
    )
    with op.batch_alter_table("captions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_captions_story_id"), ["story_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("story_id", RowId, nullable=True),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("not_before", Moment(), nullable=False),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_uncertain", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deliveries_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_deliveries_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_state_not_before"), ["state", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_story_id"), ["story_id"], unique=False)

    op.create_table(
        "editor_steps",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("story_id", RowId, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_editor_steps_story_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editor_steps")),
    )
    with op.batch_alter_table("editor_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_editor_steps_at"), ["at"], unique=False)

    op.create_table(
        "placements",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("ts", sa.String(length=40), nullable=False),
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("posted_at", Moment(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_placements_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "ts", name=op.f("pk_placements")),
        sa.UniqueConstraint("story_id", "channel", name=op.f("uq_placements_story_id_channel")),
    )
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placements_posted_at"), ["posted_at"], unique=False)

    op.create_table(
        "reactions",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("ts", sa.String(length=40), nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("emoji", sa.String(length=100), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reactions_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("channel", "ts", "person_id", "emoji", name=op.f("pk_reactions")),
    )
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reactions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dealt",
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=False),
        sa.Column("caption_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(["caption_id"], ["captions.id"], name=op.f("fk_dealt_caption_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dealt_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_dealt_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "person_id", name=op.f("pk_dealt")),
    )
    with op.batch_alter_table("dealt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dealt_person_id"), ["person_id"], unique=False)

    op.create_table(
        "shares",
        sa.Column("id", RowId, nullable=False),
        sa.Column("story_id", RowId, nullable=False),
        sa.Column("person_id", RowId, nullable=True),
        sa.Column("network", sa.String(length=20), nullable=False),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("reacted_at", Moment(), nullable=True),
        sa.Column("said_at", Moment(), nullable=True),
        sa.Column("caption_id", RowId, nullable=True),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("disclosure", sa.String(length=200), nullable=True),
        sa.Column("post_url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["caption_id"], ["captions.id"], name=op.f("fk_shares_caption_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shares_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_shares_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("story_id", "person_id", "network", name=op.f("uq_shares_story_id_person_id_network")),
    )
    with op.batch_alter_table("shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shares_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shares_said_at"), ["said_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_shares_story_id"), ["story_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shares_story_id"))
        batch_op.drop_index(batch_op.f("ix_shares_said_at"))
        batch_op.drop_index(batch_op.f("ix_shares_person_id"))

    op.drop_table("shares")
    with op.batch_alter_table("dealt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dealt_person_id"))

    op.drop_table("dealt")
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reactions_person_id"))

    op.drop_table("reactions")
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placements_posted_at"))

    op.drop_table("placements")
    with op.batch_alter_table("editor_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_editor_steps_at"))

    op.drop_table("editor_steps")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_story_id"))
        batch_op.drop_index(batch_op.f("ix_deliveries_state_not_before"))
        batch_op.drop_index(batch_op.f("ix_deliveries_person_id"))

    op.drop_table("deliveries")
    with op.batch_alter_table("captions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_captions_story_id"))

    op.drop_table("captions")
    op.drop_table("bookings")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stories_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_stories_link_key"))

    op.drop_table("stories")
    op.drop_table("settings")
    op.drop_table("people")
    op.drop_table("keyring")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_user"))
        batch_op.drop_index(batch_op.f("ix_inbox_handled_at_not_before"))

    op.drop_table("inbox")
    op.drop_table("forgotten")
    op.drop_table("digests")
    op.drop_table("channels")
