"""How long what is kept: `forget_old` carries it out, and the table of docs/privacy.md is written from it."""

from dataclasses import dataclass
from datetime import timedelta

INBOX = timedelta(days=2)
TEXTS = timedelta(days=7)
SHARES = timedelta(days=396)
"""Thirteen months, whichever they are."""
IDEAS = timedelta(days=396)
EDITOR_STEPS = timedelta(days=731)
CRISES = EDITOR_STEPS
CRISIS_READS = timedelta(days=30)
COPIES = timedelta(days=1)
WORKINGS = timedelta(days=30)
OWN_WORDS = timedelta(hours=24)
VISITORS = timedelta(days=31)
CLICKS = timedelta(days=30)
RANKINGS = timedelta(days=60)
"""Eight weeks back badges are looked for."""
TEAM_DAYS = timedelta(days=31)
HOOKS = timedelta(days=60)
"""What is usual is told by four weeks."""


@dataclass(frozen=True)
class Rule:
    """`what` is kept `how_long`, in words; `after` in days. None: for good, and `how_long` says why.

    `tables`: where it stands.
    """

    what: str
    how_long: str
    after: timedelta | None
    tables: tuple[str, ...]


RULES = (
    Rule("events from Slack, reduced to who, where and what", "2 days after handling", INBOX, ("inbox",)),
    Rule(
        "messages waiting to be sent, with their text",
        "until sent and 7 days; then that it was sent, without text, so that none goes out twice",
        TEXTS,
        ("deliveries",),
    ),
    Rule("that a message was sent to you alone", "13 months", SHARES, ("deliveries",)),
    Rule(
        "shares, and how many stories you passed along and readers you brought by week, month, quarter and 30 days",
        "13 months; then shares without the person, and no sums",
        SHARES,
        ("shares", "scores", "score_sums"),
    ),
    Rule(
        "your reactions to stories, and which ready text you were given",
        "13 months after the story went out",
        SHARES,
        ("reactions", "dealt"),
    ),
    Rule(
        "your name, team, language and time zone, since when you could share, and what you chose",
        "until you delete it; when your account is closed, until your last share is 13 months old",
        SHARES,
        ("people", "invitations"),
    ),
    Rule(
        "the text you chose to go with a personal link, sealed: it cannot be read with the database alone",
        "24 hours",
        OWN_WORDS,
        ("link_texts",),
    ),
    Rule(
        "that a personal link is yours, and how many readers it brought by day",
        "13 months; then the link leads on without you, and your sums are gone",
        SHARES,
        ("links", "reader_days"),
    ),
    Rule(
        "what people of a team of five or more brought before they left or were deleted: sums, nobody's name in them",
        "13 months; by single day 31 days",
        SHARES,
        ("team_rest",),
    ),
    Rule(
        "that a link was followed: when, and by what (reader, repeat, preview, robot, colleague); no address, no agent",
        "30 days; then daily sums",
        CLICKS,
        ("clicks",),
    ),
    Rule(
        "what tells one visitor of a link from another, and your own browser from theirs: keyed hashes, and their key",
        "a day (a month, if your company set it so), then hashes and key are destroyed",
        VISITORS,
        ("visitors", "salts"),
    ),
    Rule(
        "how often links were followed by day",
        "for good: they are the story's, and nobody's name is in them",
        None,
        ("link_days",),
    ),
    Rule(
        "who was among the hundred whom readers followed most, or who brought most, by day: comms' list comes from it",
        "60 days; you are gone from it at once when you leave or delete it",
        RANKINGS,
        ("rankings", "ranking_days"),
    ),
    Rule(
        "what you asked comms, or would do in a dilemma, and what was answered",
        "13 months, or until you delete it; who did so without a name is kept sealed, and only until it is closed",
        SHARES,
        ("questions",),
    ),
    Rule(
        "ideas for stories: who suggested them, why, whether with their name, and what comms answered",
        "13 months after the answer (without one: after it came)",
        IDEAS,
        ("ideas", "idea_senders"),
    ),
    Rule(
        "in a crisis: a mark that somebody read what was said, which leads to you only with a key outside the database",
        "30 days after the end, or until you delete it; then only how many read it",
        CRISIS_READS,
        ("crisis_reads",),
    ),
    Rule(
        "crises: what was said, to which audiences and channels, and the log of what editors did",
        "24 months after the end",
        CRISES,
        (
            "crises",
            "crisis_texts",
            "crisis_audiences",
            "crisis_updates",
            "crisis_posts",
            "crisis_steps",
            "crisis_answers",
        ),
    ),
    Rule("log of editors' steps, and who queued which story", "24 months", EDITOR_STEPS, ("editor_steps", "stories")),
    Rule(
        "one keyed hash of each person who was deleted, and its key",
        "for good, so that nothing of you is stored again by accident",
        None,
        ("forgotten", "keyring"),
    ),
    Rule(
        "stories, their texts, where they stand, and their totals",
        "for good: they are the company's, and nobody's name is in them",
        None,
        ("stories", "captions", "bookings", "placements", "not_for_me_reasons", "story_files"),
    ),
    Rule(
        "the set-up: channels, times, and the list of editors",
        "until an admin changes it; who is deleted is taken off the list",
        None,
        ("settings", "channels", "scoring"),
    ),
    Rule("which file shows the picture of a digest", "30 days; it is nothing of people", WORKINGS, ("pictures",)),
    Rule(
        "what was found in the media: heading, link, first lines, which papers; who wrote it is not kept",
        "60 days; what is no longer in its feed is forgotten 60 days later",
        HOOKS,
        ("hooks", "feed_entries"),
    ),
    Rule("which feeds are watched", "for good: until comms removes them", None, ("feeds",)),
    Rule("when digests were made", "for good: one line a week, so that none is made twice", None, ("digests",)),
    Rule("which copies of the bot run", "1 day; it is nothing of people", COPIES, ("copies",)),
    Rule(
        "when jobs ran, and which alarms were told",
        "30 days; it is nothing of people",
        WORKINGS,
        ("job_runs", "alarms"),
    ),
)


def retention_table() -> str:
    """The table of docs/privacy.md, as Markdown."""
    rows = [f"| {rule.what} | {rule.how_long} |" for rule in RULES]
    return "\n".join(["| kept | how long |", "| --- | --- |", *rows])
