"""All tables. Times are whole microseconds since 1970, UTC; lists and mappings are JSON."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """A moment as it is kept: since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def _day_minted(context: Any) -> int:
    """For who does not say which day it was where the company is."""
    return int(context.get_current_parameters()["minted_at"].toordinal())


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970: the same on every database, and quick to compare."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


# SQLite counts rows by itself only in an INTEGER primary key.
RowId = BigInteger().with_variant(Integer, "sqlite")

# Compared byte by byte, as Python does, whatever the language of the server.
SortedText = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

keyring = Table(
    "keyring",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(128), nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("language", String(8), nullable=False),
    Column("is_gone", Boolean, nullable=False, default=False),
    Column("added_at", Moment, nullable=False),
)

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

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("slug", String(100), unique=True),
    Column("link", Text, nullable=False),
    Column("link_key", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("background", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("topics", JSON, nullable=False),
    Column("image", Text),
    Column("alt", Text),
    Column("commercial", Boolean, nullable=False),
    Column("best_before", Moment),
    Column("state", String(10), nullable=False),
    Column("due_at", Moment),
    Column("posted_at", Moment),
    Column("queued_by", String(32)),
    Column("caption_turn", Integer, nullable=False, default=0),
    Column("not_for_me", Integer, nullable=False, default=0),
    # Whether the page says of itself what networks show beside a post; empty while nobody has looked.
    Column("has_card", Boolean),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
)

not_for_me_reasons = Table(
    "not_for_me_reasons",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(10), nullable=False),
    # How many said so; nobody's name was ever with it.
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("story_id", "reason"),
)

captions = Table(
    "captions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    # The story's turn in which it was dealt last, 0 for never: the one dealt longest ago comes next.
    Column("last_turn", Integer, nullable=False, default=0),
    # A caption that an edit dropped stays for the shares that went out with it.
    Column("is_dropped", Boolean, nullable=False, default=False),
)

bookings = Table(
    "bookings",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(40), nullable=False),
    # The booked time; empty once the story has gone out or was cancelled, so that the slot is free again.
    Column("due_at", Moment),
    PrimaryKeyConstraint("story_id", "channel"),
    UniqueConstraint("channel", "due_at"),
)

placements = Table(
    "placements",
    metadata,
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("posted_at", Moment, nullable=False, index=True),
    Column("is_gone", Boolean, nullable=False, default=False),
    PrimaryKeyConstraint("channel", "ts"),
    UniqueConstraint("story_id", "channel"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("emoji", String(100), nullable=False),
    # Taken-away ones stay as a mark, so that an older event that comes late changes nothing.
    Column("is_present", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("channel", "ts", "person_id", "emoji"),
)

shares = Table(
    "shares",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    # Empty once the person is forgotten: the story's totals keep the share, nobody's name stands with it.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("network", String(20), nullable=False),
    Column("opened_at", Moment),
    Column("claimed_at", Moment),
    Column("reacted_at", Moment),
    Column("said_at", Moment),
    Column("caption_id", ForeignKey("captions.id", ondelete="SET NULL")),
    Column("own_words", Boolean, nullable=False, default=False),
    Column("disclosure", String(200)),
    Column("post_url", Text),
    # By an editor; until it is put back it is not said.
    Column("set_aside_at", Moment),
    UniqueConstraint("story_id", "person_id", "network"),
    # All that is asked of a stretch of time stands in the index itself.
    Index(None, "person_id", "said_at", "story_id"),
    Index(None, "said_at", "person_id", "story_id"),
)
# In the database only of rows that were opened: to say so here imports PostgreSQL's dialect at every start.
Index(
    "ix_shares_opened_at",
    shares.c.opened_at,
    shares.c.person_id,
    shares.c.story_id,
)
# In the database only of rows that were set aside.
Index("ix_shares_set_aside_at", shares.c.set_aside_at)

scores = Table(
    "scores",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    # What is counted: stories they said they shared, or readers of their links.
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    Column("start", Moment, nullable=False),
    Column("value", Integer, nullable=False),
    # The person's own, so that a board is one stretch of an index.
    Column("listed_as", SortedText),
    PrimaryKeyConstraint("person_id", "measure", "period", "start"),
    sqlite_with_rowid=False,
)
Index(
    "ix_scores_board",
    scores.c.measure,
    scores.c.period,
    scores.c.start,
    scores.c.value.desc(),
    scores.c.listed_as,
    scores.c.person_id,
)

score_sums = Table(
    "score_sums",
    metadata,
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    Column("start", Moment, nullable=False),
    # Of some of the people each, so that not everybody waits for the same row.
    Column("part", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    PrimaryKeyConstraint("measure", "period", "start", "part"),
    sqlite_with_rowid=False,
)

scoring = Table(
    "scoring",
    metadata,
    # One row: what the scores are kept of.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("zone", String(60), nullable=False),
    Column("days_start", Moment),
    Column("days_end", Moment),
    Column("is_whole", Boolean, nullable=False),
)

dealt = Table(
    "dealt",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("caption_id", ForeignKey("captions.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("story_id", "person_id"),
)

links = Table(
    "links",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(11), nullable=False, unique=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    # Empty for links that are nobody's, or nobody's any more: they lead to the story all the same.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("network", String(20), nullable=False),
    Column("minted_at", Moment, nullable=False, index=True),
    # The day of the company's zone, as Python numbers days.
    Column("day", Integer, nullable=False, default=_day_minted),
    # What an imported file calls this share, and no link of it ever was ours; empty for the links we minted.
    Column("share", Text, nullable=False, default=""),
    # By an editor; until it is put back nobody who follows it is a reader.
    Column("set_aside_at", Moment),
    UniqueConstraint("person_id", "story_id", "network", "share"),
)
# In the database only of rows that were set aside.
Index("ix_links_set_aside_at", links.c.set_aside_at)

link_texts = Table(
    "link_texts",
    metadata,
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), primary_key=True),
    # What is passed along with the link, for a day; it cannot be read with the database alone.
    Column("sealed", Text, nullable=False),
    Column("caption_id", ForeignKey("captions.id", ondelete="SET NULL")),
    Column("own_words", Boolean, nullable=False),
    Column("disclosure", String(200)),
    Column("written_at", Moment, nullable=False, index=True),
    # Somebody went on with it: from then on that browser alone gets it. The code is public by then.
    Column("is_taken", Boolean, nullable=False, default=False),
)

salts = Table(
    "salts",
    metadata,
    Column("start", Moment, primary_key=True),
    Column("end", Moment, nullable=False),
    Column("value", String(64), nullable=False),
)

visitors = Table(
    "visitors",
    metadata,
    Column("hash", RowId, primary_key=True, autoincrement=False),
    # Of the salt it was made with: it goes when that goes.
    Column("start", Moment, nullable=False),
)

clicks = Table(
    "clicks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    # Whose link it was, if they were counted then.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL")),
    Column("kind", String(10), nullable=False),
    # The day of the company's zone, as Python numbers days.
    Column("day", Integer, nullable=False),
)

link_days = Table(
    "link_days",
    metadata,
    Column("link_id", ForeignKey("links.id", ondelete="CASCADE"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("previews", Integer, nullable=False),
    Column("robots", Integer, nullable=False),
    Column("colleagues", Integer, nullable=False),
    # How many of the readers were counted for the one whose link it is: those who came while that person was counted.
    Column("for_person", Integer, nullable=False, server_default="0"),
    # The same two, of a link that is set aside: they are no readers then.
    Column("set_aside", Integer, nullable=False, server_default="0"),
    Column("set_aside_for", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("link_id", "day"),
    sqlite_with_rowid=False,
)

reader_days = Table(
    "reader_days",
    metadata,
    Column("day", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("readers", Integer, nullable=False),
    # How many of them are in the person's scores: those follow a little later, so that no click waits for them.
    Column("scored", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("day", "person_id"),
    sqlite_with_rowid=False,
)

ranking_days = Table(
    "ranking_days",
    metadata,
    # The day by whose end it was, where the company is; as Python numbers days.
    Column("as_of", Integer, primary_key=True, autoincrement=False),
    # Whoever is making it has a name of its own here; empty once it is made.
    Column("draft", String(32)),
    # What it rests on has changed: it is shown until it is made anew.
    Column("is_stale", Boolean, nullable=False, server_default=false()),
    # How many worked here then, all readers of that time, and what teams brought: numbers, and nobody's name.
    Column("staff", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("teams", JSON, nullable=False),
)

rankings = Table(
    "rankings",
    metadata,
    Column("as_of", ForeignKey("ranking_days.as_of", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    # In the order of that day, from 1; who came after the best and had more readers than most is here too.
    Column("place", Integer, nullable=False),
    Column("score", Double, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    PrimaryKeyConstraint("as_of", "person_id"),
    sqlite_with_rowid=False,
)

team_rest = Table(
    "team_rest",
    metadata,
    # What people of a team brought who left or were deleted, all of them together: nobody's any more.
    Column("team", Text, nullable=False),
    Column("measure", String(10), nullable=False),
    Column("period", String(10), nullable=False),
    # The first day of the period, as Python numbers days.
    Column("day", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("period", "day", "measure", "team"),
    sqlite_with_rowid=False,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    Column("target", String(40), nullable=False),
    Column("body", JSON),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), index=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("state", String(10), nullable=False),
    # Since when it should be there; `not_before` moves with every try, this does not.
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("claimed_by", String(40)),
    Column("attempts", Integer, nullable=False, default=0),
    # Tries that failed because of us; null is none.
    Column("mistakes", Integer),
    # A try whose answer never came: the message may be there. When that try began says where to look.
    Column("is_uncertain", Boolean, nullable=False, default=False),
    Column("begun_at", Moment),
    Column("error", String(200)),
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("made_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(None, "state", "not_before"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("event_id", String(60), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    Column("body", JSON, nullable=False),
    Column("user", String(40), index=True),
    Column("received_at", Moment, nullable=False),
    Column("handled_at", Moment),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(200)),
    Index(None, "handled_at", "not_before"),
)

digests = Table(
    "digests",
    metadata,
    Column("due_at", Moment, primary_key=True),
    Column("is_skipped", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    # Of its words and figures: the same picture is the same file, for whichever digest.
    Column("key", String(64), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("file", String(40)),
    Column("tries", Integer, nullable=False),
    # Since when it is so.
    Column("at", Moment, nullable=False),
)

editor_steps = Table(
    "editor_steps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    # A person's key, never a Slack id: deletion turns it into a former colleague.
    Column("who", String(32)),
    Column("step", String(40), nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL")),
    Column("detail", JSON, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    # What Slack's last hello to this copy said, and since when hellos speak of more connections than there are copies.
    Column("connections", Integer),
    Column("hello_at", Moment),
    Column("above_since", Moment),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("seconds", Integer, nullable=False),
    # The copy that waits for it to come round; written with that copy's heartbeat, not with every run.
    Column("copy", String(40), nullable=False),
    Column("began_at", Moment),
    Column("done_at", Moment),
    Column("error", String(100)),
)

alarms = Table(
    "alarms",
    metadata,
    # One row a trouble that somebody was told of; it goes when the trouble does.
    Column("what", String(60), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
)
