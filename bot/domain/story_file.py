"""A story as comms writes it down in a file."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.captions import Caption

LANGUAGES = ("en", "nl")
MOST_CAPTIONS = 5
LONGEST_TITLE = 150
LONGEST_SENTENCE = 500
LONGEST_CAPTION = 2_000
LONGEST_DILEMMA = 500
LONGEST_ALT = 2_000
LONGEST_IMAGE = 3_000
LONGEST_BACKGROUND = 10_000


@dataclass(frozen=True)
class StoryFile:
    """What `content/stories/{slug}.md` says. `captions` stand in the order of the file, without ids.

    `channels` are names without "#". `best_before`: a date is the last day on which it may go out; a time without an
    offset is the workspace's.
    """

    slug: str
    link: str
    title: str
    sentence: str
    captions: tuple[Caption, ...]
    background: str = ""
    topics: tuple[str, ...] = ()
    image: str | None = None
    alt: str | None = None
    best_before: date | datetime | None = None
    commercial: bool = False
    channels: tuple[str, ...] = ()
    dilemma: str = ""

    @property
    def language(self) -> str:
        """The language of the story: that of its first captions."""
        return self.captions[0].language

    def best_before_at(self, zone: tzinfo) -> datetime | None:
        """The moment (UTC) from which it is too late, in a workspace of that zone: for a date, the end of that day."""
        moment = self.best_before
        if moment is None:
            return None
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment + timedelta(days=1), time(), zone)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
