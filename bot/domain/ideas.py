"""An idea: a story that somebody of the company suggests to comms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.domain.stories import Story, StoryState, link_key

LONGEST_WHY = 1500
LONGEST_LINK = 2000
MOST_A_DAY = 20
"""So many of one person: comms is a few people, who answer each."""
SAME_ANSWER = timedelta(days=30)
"""For so long the same link gets the answer that it got; later it is looked at anew."""
ENOUGH_READERS = 10
AT_THE_LATEST = timedelta(days=7)
"""With fewer readers than that they are told after a week, of as many as there are."""
FRESH = timedelta(days=60)
"""Who has no readers by then has none to be told of."""
HOOK = "hook:"
SOON = timedelta(hours=1)
"""A story that is taken out of the queue is often put back at once: that it does not go out is said after this."""


class IdeaState(StrEnum):
    """`QUEUED`: it became a story, which may have gone out since, or been taken back."""

    OPEN = "open"
    QUEUED = "queued"
    DECLINED = "declined"


class WhyNot(StrEnum):
    """Answers that are ready to give."""

    HAD = "had"
    MOMENT = "moment"
    INSIDE = "inside"


class Said(StrEnum):
    """What the sender of an idea hears, in the order in which it can come."""

    QUEUED = "queued"
    DECLINED = "declined"
    DROPPED = "dropped"
    OUT = "out"
    READ = "read"


@dataclass(frozen=True)
class Suggestion:
    """What was typed: a link, or words, or both. `is_credited`: they want their name with it."""

    link: str
    why: str
    is_credited: bool


@dataclass(frozen=True)
class Pressed:
    """What came from a window before. `is_told`: whoever sent it hears what becomes of it."""

    suggestion: Suggestion
    is_told: bool

    def says(self, other: Suggestion) -> bool:
        """Whether this is the same once more. Without a sender who is known nobody is thanked by name."""
        mine, is_credited = self.suggestion, other.is_credited and self.is_told
        same_page = idea_key(mine.link) == idea_key(other.link)
        return same_page and (mine.why, mine.is_credited) == (other.why, is_credited)


@dataclass(frozen=True)
class WhyAnswer:
    """What comms answers to an idea that it does not take up: a ready answer, or words, or both.

    `by`: the key of who wrote the words, for as long as they are kept. `is_signed`: the sender sees their name.
    """

    ready: WhyNot | None = None
    words: str = ""
    is_signed: bool = False
    by: str | None = None


@dataclass(frozen=True)
class Sender:
    """Somebody who suggested it. `name`: only of those who want it with the idea, and are here still.

    `person_id` None: nothing may be kept of them, or it is nobody: comms made it of something in the media (`is_hook`).
    """

    id: int
    person_id: int | None
    name: str | None
    why: str
    is_hook: bool = False


@dataclass(frozen=True)
class Idea:
    """An idea as it is remembered. `version` goes up with every change. Its card stands in `channel` at `ts`."""

    id: int
    link: str
    state: IdeaState
    version: int
    senders: tuple[Sender, ...]
    made_at: datetime
    answer: WhyAnswer = WhyAnswer()
    story_id: int | None = None
    channel: str | None = None
    ts: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Whom to thank, in the order in which they came; each once."""
        return tuple(dict.fromkeys(sender.name for sender in self.senders if sender.name))

    @property
    def is_of_media(self) -> bool:
        """Whether comms made it of a hook; colleagues may have come with the same since."""
        return bool(self.senders) and self.senders[0].is_hook

    @property
    def words(self) -> str:
        """The first words that anybody gave with it."""
        return next((sender.why for sender in self.senders if sender.why), "")


@dataclass(frozen=True)
class MyIdea:
    """An idea, for one who suggested it. `story`: what became of it."""

    sender: int
    link: str
    why: str
    state: IdeaState
    is_credited: bool
    story: Story | None = None
    answer: WhyAnswer = WhyAnswer()

    @property
    def is_out(self) -> bool:
        """Whether it stands in a channel."""
        return self.story is not None and self.story.state is StoryState.POSTED


def of_hook(hook_id: int, found_at: datetime) -> str:
    """What an idea that was made of this hook is sent by, in place of a window: ideas are kept longer than hooks."""
    return f"{HOOK}{hook_id}:{found_at.timestamp():.0f}"


def idea_key(link: str) -> str:
    """The same for links that lead to the same page; short enough for any index."""
    return sha256(link_key(link).encode()).hexdigest()
