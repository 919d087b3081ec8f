"""A story: a shareable item, from the queue to the channels."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from bot.domain.captions import Caption


class StoryState(StrEnum):
    """Where a story stands. Only `QUEUED` has a time to come; only `POSTED` stands in channels.

    `ELSEWHERE`: it went out by another tool, and is known by the shares that came along in a file.
    """

    QUEUED = "queued"
    POSTED = "posted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class StoryDraft:
    """What an editor, or a story file, hands in. Times are UTC; `due_at` None means the next free slot."""

    link: str
    title: str
    sentence: str
    language: str
    captions: tuple[Caption, ...] = ()
    background: str = ""
    topics: tuple[str, ...] = ()
    image: str | None = None
    alt: str | None = None
    commercial: bool = False
    best_before: datetime | None = None
    channels: tuple[str, ...] = ()
    due_at: datetime | None = None
    slug: str | None = None
    dilemma: str = ""


@dataclass(frozen=True)
class Story:
    """A story as it is remembered. `version` goes up with every change, so that two editors notice each other.

    `dilemma`: a choice on which colleagues are asked what they would do, "" for a story that asks nothing; `outcome`:
    what came of it, None as long as nothing was said. `held_by`: the crisis because of which it is on hold, until an
    editor puts it back.
    """

    id: int
    link: str
    title: str
    sentence: str
    language: str
    captions: tuple[Caption, ...]
    background: str
    topics: tuple[str, ...]
    image: str | None
    alt: str | None
    commercial: bool
    best_before: datetime | None
    channels: tuple[str, ...]
    due_at: datetime | None
    slug: str | None
    state: StoryState
    version: int
    queued_by: str | None
    posted_at: datetime | None
    not_for_me: int
    dilemma: str = ""
    outcome: str | None = None
    held_by: int | None = None

    def is_over(self, now: datetime) -> bool:
        """Past its best-before: not posted any more, and no new shares."""
        return self.best_before is not None and self.best_before <= now

    def is_open(self, now: datetime) -> bool:
        """Whether it can be shared now."""
        return self.state is StoryState.POSTED and not self.is_over(now)

    @property
    def asks(self) -> bool:
        """Whether colleagues can say now what they would do."""
        return bool(self.dilemma) and self.outcome is None and self.state is StoryState.POSTED


def draft_of(story: Story) -> StoryDraft:
    """The story as it would be handed in to look like this."""
    return StoryDraft(**{field.name: getattr(story, field.name) for field in fields(StoryDraft)})


@dataclass(frozen=True)
class Placement:
    """Where a story stands in Slack."""

    story_id: int
    channel: str
    ts: str
    posted_at: datetime


def link_key(link: str) -> str:
    """The same for links that lead to the same page: scheme, `www.`, marks of campaigns and the fragment left out."""
    parts = urlsplit(link.strip())
    host = (parts.hostname or "").removeprefix("www.")
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_"))
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")).removeprefix("//")
