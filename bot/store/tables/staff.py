"""Who works here, who asked to be forgotten, and who was asked to join the champions."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text, false

from bot.store.tables.kinds import Moment, RowId, SortedText
from bot.store.tables.register import metadata

people = Table(
    "people",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("user", String(40), nullable=False, unique=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("locale", String(20), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("standing", String(10), nullable=False),
    Column("language", String(8)),
    Column("networks", JSON, nullable=False),
    Column("mastodon", String(255)),
    Column("reminders", Boolean, nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    # Topics they want to hear of when a story has one, as they chose them.
    Column("topics", JSON, nullable=False, server_default="[]"),
    Column("digest_by_dm", Boolean, nullable=False, server_default=false()),
    Column("is_active", Boolean, nullable=False),
    # What boards order their name by; empty for whoever is not named there.
    Column("listed_as", SortedText),
    Column("team", Text),
    # The day on which their profile was last asked for it, where teams come from there.
    Column("team_day", Integer),
    # The team in whose sums is what they brought before they left; empty for everybody else.
    Column("rested", Text),
    # The first day on which they could share, as far as anybody knows; as Python numbers days.
    Column("since", Integer),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    # Asked to join the champions' channel: once, whatever the answer was.
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("asked_at", Moment, nullable=False),
    Column("is_joining", Boolean),
)
