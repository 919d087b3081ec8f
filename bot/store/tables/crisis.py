"""Crises: what is said, to whom, and what was done. Who read it is a keyed hash, and nothing says who did not."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

crises = Table(
    "crises",
    metadata,
    Column("id", RowId, primary_key=True),
    # "crisis" or "rehearsal" until it is over, empty from then on: of each there is one at a time.
    Column("holds", String(10), unique=True),
    Column("scenario", String(100), nullable=False),
    Column("page", String(100), nullable=False),
    Column("is_rehearsal", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    # Empty (JSON null): all topics.
    Column("topics", JSON, nullable=False),
    Column("next_update", Integer, nullable=False),
    Column("is_published", Boolean, nullable=False),
    # Keys of editors, never Slack ids.
    Column("asked_by", String(32)),
    Column("asked_at", Moment, nullable=False),
    Column("started_by", String(32)),
    Column("started_at", Moment),
    Column("filled_at", Moment),
    Column("tell_asked_by", String(32)),
    Column("told_by", String(32)),
    Column("told_at", Moment),
    Column("next_update_at", Moment),
    Column("ended_at", Moment),
    Column("published_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("lessons", Text),
    # Where one posts outside Slack, by the scenario's key.
    Column("links", JSON, nullable=False),
    # Where its card stands.
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("version", Integer, nullable=False),
)


def _of_crisis() -> Column[int]:
    return Column("crisis_id", ForeignKey("crises.id", ondelete="CASCADE"), nullable=False)


crisis_texts = Table(
    "crisis_texts",
    metadata,
    _of_crisis(),
    Column("position", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    # The whole text of the scenario, as far as it is filled in.
    Column("text", JSON, nullable=False),
    Column("contact", JSON, nullable=False),
    PrimaryKeyConstraint("crisis_id", "language"),
)

crisis_audiences = Table(
    "crisis_audiences",
    metadata,
    _of_crisis(),
    # Most affected first.
    Column("position", Integer, nullable=False),
    Column("key", String(100), nullable=False),
    Column("names", JSON, nullable=False),
    Column("leads", JSON, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("is_direct", Boolean, nullable=False),
    # When the messages to its people were made; and how many, and what became of them.
    Column("gathered_at", Moment),
    Column("owed", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("unreachable", Integer, nullable=False),
    Column("first_at", Moment),
    Column("last_at", Moment),
    # When an editor asked to remind those who had not read it, when that was made, and how many they were.
    Column("reminded_at", Moment),
    Column("reminded", Integer),
    PrimaryKeyConstraint("crisis_id", "key"),
)

crisis_updates = Table(
    "crisis_updates",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("crisis_id", ForeignKey("crises.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("who", String(32)),
    # The window it was written in: sent twice, it is one update.
    Column("window", String(64), nullable=False, unique=True),
)

crisis_posts = Table(
    "crisis_posts",
    metadata,
    _of_crisis(),
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("audience", String(100), nullable=False),
    Column("language", String(8), nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    PrimaryKeyConstraint("crisis_id", "channel"),
)

crisis_reads = Table(
    "crisis_reads",
    metadata,
    _of_crisis(),
    # A keyed hash of whoever read it, another one in each crisis; the key is in no database.
    Column("mark", String(64), nullable=False),
    Column("audience", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("crisis_id", "mark"),
)

crisis_steps = Table(
    "crisis_steps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("crisis_id", ForeignKey("crises.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("did", String(20), nullable=False),
    Column("who", String(32)),
    Column("detail", JSON, nullable=False),
)

crisis_answers = Table(
    "crisis_answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("crisis_id", ForeignKey("crises.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    # The question it comes from, with which it goes.
    Column("question_id", ForeignKey("questions.id", ondelete="CASCADE"), nullable=False, unique=True),
)
