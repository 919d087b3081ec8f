"""What staff asks comms."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false

from bot.store.tables.kinds import Moment, RowId
from bot.store.tables.register import metadata

questions = Table(
    "questions",
    metadata,
    Column("id", RowId, primary_key=True),
    # Drawn by lot when the form was opened: the same form sent twice is one question. It leads to nobody.
    Column("lot", String(32), nullable=False, unique=True),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL"), index=True),
    # Empty once whoever asked had it deleted, or it is old.
    Column("text", Text),
    # Of who asked with their name.
    Column("person_id", ForeignKey("people.id", ondelete="SET NULL"), index=True),
    # Of who asked without: their Slack id, sealed; destroyed when the question is closed.
    Column("sealed", Text),
    # Whether it may stand under the story, with its answer and without a name.
    Column("may_stand", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    # Goes up with every change of what its card says.
    Column("version", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", Text),
    Column("reason", String(20)),
    Column("stands", Boolean, nullable=False, server_default=false()),
    # The key of the editor who settled it, and the window they did it in: the same one sent twice is one answer.
    Column("settled_by", String(32)),
    Column("settled_in", String(40)),
    Column("settled_at", Moment),
    # Where its card stands in the comms channel.
    Column("channel", String(40)),
    Column("ts", String(40)),
    # A question, or an answer to the dilemma of its story.
    Column("kind", String(10), nullable=False, server_default="question"),
    # Of an answer to a dilemma that stands in the thread of the first one's card: that card.
    Column("thread", String(40)),
    # Asked about a crisis; then `thread` is that of its card.
    Column("crisis_id", RowId, index=True),
    Index(None, "state", "asked_at"),
)
