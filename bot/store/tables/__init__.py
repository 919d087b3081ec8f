"""All tables, a file a topic."""

from bot.store.tables.boards import score_sums, scores, scoring, team_rest
from bot.store.tables.champions import ranking_days, rankings
from bot.store.tables.company import channels, editor_steps, keyring, settings
from bot.store.tables.crisis import (
    crises,
    crisis_answers,
    crisis_audiences,
    crisis_posts,
    crisis_reads,
    crisis_steps,
    crisis_texts,
    crisis_updates,
)
from bot.store.tables.dialogue import questions
from bot.store.tables.kinds import EPOCH, Moment, RowId, SortedText, microseconds
from bot.store.tables.media import feed_entries, feeds, hooks
from bot.store.tables.messages import deliveries, digests, inbox, pictures
from bot.store.tables.queue import bookings, captions, not_for_me_reasons, stories, story_files
from bot.store.tables.readers import clicks, link_days, link_texts, links, reader_days, salts, visitors
from bot.store.tables.register import metadata
from bot.store.tables.running import alarms, copies, job_runs
from bot.store.tables.sharing import dealt, placements, reactions, shares
from bot.store.tables.staff import forgotten, invitations, people
from bot.store.tables.suggesting import idea_senders, ideas

__all__ = [
    "EPOCH",
    "Moment",
    "RowId",
    "SortedText",
    "alarms",
    "bookings",
    "captions",
    "channels",
    "clicks",
    "copies",
    "crises",
    "crisis_answers",
    "crisis_audiences",
    "crisis_posts",
    "crisis_reads",
    "crisis_steps",
    "crisis_texts",
    "crisis_updates",
    "dealt",
    "deliveries",
    "digests",
    "editor_steps",
    "feed_entries",
    "feeds",
    "forgotten",
    "hooks",
    "idea_senders",
    "ideas",
    "inbox",
    "invitations",
    "job_runs",
    "keyring",
    "link_days",
    "link_texts",
    "links",
    "metadata",
    "microseconds",
    "not_for_me_reasons",
    "people",
    "pictures",
    "placements",
    "questions",
    "ranking_days",
    "rankings",
    "reactions",
    "reader_days",
    "salts",
    "score_sums",
    "scores",
    "scoring",
    "settings",
    "shares",
    "stories",
    "story_files",
    "team_rest",
    "visitors",
]
