"""What we want said in Slack, in the words of the domain. How it looks is for bot.slack.blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.crisis import Known, Progress, Reach
from bot.domain.digest import CommsDigest, StaffDigest
from bot.domain.hook_cards import KeptHook, Surge
from bot.domain.ideas import Idea, Said, Sender
from bot.domain.questions import Question
from bot.domain.setup import Channel, Setup
from bot.domain.stories import Story


@dataclass(frozen=True)
class StoryMessage:
    """A story as a channel sees it.

    `is_preview`: an editor looks at it, its buttons do nothing yet; `editor_language` is theirs. `suggested_by`: whom
    to thank for it.
    """

    story: Story
    language: str
    setup: Setup
    with_image: bool = True
    is_preview: bool = False
    editor_language: str | None = None
    suggested_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryTakenBack:
    """A story that an editor cancelled after it went out: greyed, without buttons."""

    story: Story
    language: str


@dataclass(frozen=True)
class QueueAnswer:
    """To an editor after queueing (`is_new`) or editing: what was understood. `asks_second`: one caption is few.

    `lost`: the channels where its message was deleted; `stands`: somewhere one stands all the same.
    """

    story: Story
    channels: tuple[Channel, ...]
    language: str
    zone: str
    now: datetime
    is_new: bool
    asks_second: bool = False
    is_paused: bool = False
    is_crisis: bool = False
    lost: tuple[str, ...] = ()
    stands: bool = True


@dataclass(frozen=True)
class Reminder:
    """*Remind me later*, for one person."""

    story: Story
    language: str
    permalink: str | None = None


@dataclass(frozen=True)
class StoryOut:
    """A story that has just gone out, for one person: they follow these `topics` of it, or asked to be told."""

    story: Story
    language: str
    topics: tuple[str, ...] = ()
    was_asked_for: bool = False


@dataclass(frozen=True)
class Notice:
    """A sentence to an editor or to the comms channel: a key of content/words and what fills it (datetimes in UTC).

    `story_to_post`: with a button that lets this story go out now.
    """

    word: str
    language: str
    zone: str
    now: datetime
    params: Mapping[str, Any] = field(default_factory=dict)
    story_to_post: int | None = None


@dataclass(frozen=True)
class Introduction:
    """What the bot says once in a channel it was added to. `is_comms`: that is the comms channel."""

    language: str
    setup: Setup
    is_comms: bool = False


@dataclass(frozen=True)
class Drawn:
    """That a digest shows its picture, and how: as this file, or as Slack's own chart where there is none.

    `key`: of the picture, where it is a file.
    """

    file: str | None = None
    key: str = ""


@dataclass(frozen=True)
class DigestPost:
    """The weekly digest for staff, in a channel's language or a person's. `drawn` None: its picture is in words."""

    digest: StaffDigest
    language: str
    zone: str
    drawn: Drawn | None = None


@dataclass(frozen=True)
class CommsDigestPost:
    """The weekly digest for comms."""

    digest: CommsDigest
    language: str
    zone: str
    drawn: Drawn | None = None


@dataclass(frozen=True)
class ThanksMessage:
    """What somebody of comms wrote to a champion. `sender` None: it is not known any more who.

    `is_nameless`: who wrote it did not know to whom.
    """

    text: str
    language: str
    sender: str | None
    is_nameless: bool


@dataclass(frozen=True)
class Invitation:
    """Whether somebody would like to join the champions' channel. `shows_who`: until now nobody sees who they are."""

    language: str
    channel: str
    is_private: bool
    shows_who: bool


@dataclass(frozen=True)
class QuestionCard:
    """A question as comms sees it. `name`: of who asked with theirs; `editor`: who settled it, if they are known."""

    question: Question
    story: Story | None
    name: str | None
    editor: str | None
    language: str


@dataclass(frozen=True)
class QuestionSettled:
    """What a question was answered, for comms. `stands`: it stands under the story too."""

    question: Question
    editor: str | None
    language: str
    stands: bool


@dataclass(frozen=True)
class QuestionAnswer:
    """What a question was answered, for who asked it. `stands`: all can read it: under the story, or in its list."""

    question: Question
    story: Story | None
    editor: str | None
    language: str
    stands: bool


@dataclass(frozen=True)
class QuestionUnderStory:
    """Question and answer, for everyone; nobody's name is with it."""

    question: Question
    language: str


@dataclass(frozen=True)
class DilemmaOutcome:
    """What came of the dilemma of a story, for everyone."""

    story: Story
    language: str


@dataclass(frozen=True)
class HeardOutside:
    """What somebody heard about a story, on a network or elsewhere. `name`: None for who brought it without."""

    text: str
    network: str | None
    name: str | None
    story: Story
    language: str


@dataclass(frozen=True)
class IdeaCard:
    """An idea, for comms. `idea` None: it is gone. `story`: what became of it."""

    idea: Idea | None
    story: Story | None
    language: str


@dataclass(frozen=True)
class IdeaAnswer:
    """What somebody hears of the idea they sent. `signed`: who of comms put their name below the answer.

    `story`: what became of it; `readers`: so many of that.
    """

    said: Said
    idea: Idea
    sender: Sender
    story: Story | None
    language: str
    zone: str
    now: datetime
    signed: str | None = None
    readers: int = 0


@dataclass(frozen=True)
class HookCard:
    """Something in the media, for the comms channel. `surge`: we are mentioned far more than usual.

    `story`: what it was made into.
    """

    kept: KeptHook
    language: str
    zone: str
    now: datetime
    surge: Surge | None = None
    story: Story | None = None


@dataclass(frozen=True)
class HookRoundUp:
    """What had no card of its own that day, and how many `more` there were.

    `quiet`: so many of all are here because of what *Not this* taught.
    """

    kept: tuple[KeptHook, ...]
    language: str
    zone: str
    now: datetime
    more: int
    quiet: int = 0


@dataclass(frozen=True)
class StoryOnHold:
    """A story in a channel while there is a crisis, and until an editor puts it back: greyed out, with why."""

    story: Story
    language: str


@dataclass(frozen=True)
class CrisisMessage:
    """What staff is told, with all updates and answers so far.

    `audience`: whose it is, by its key. `is_direct`: to one person alone; `stands`: the address of the message in a
    channel, where updates come. `page`: the address of the public page, None as long as it is dark.
    """

    known: Known
    audience: str
    language: str
    zone: str
    now: datetime
    page: str | None = None
    is_direct: bool = False
    stands: str | None = None


@dataclass(frozen=True)
class CrisisReminder:
    """To one person who has not said that they read it; once."""

    known: Known
    audience: str
    language: str
    page: str | None = None


@dataclass(frozen=True)
class CrisisCard:
    """The desk of a crisis, in the comms channel. `names`: of editors, by key; `held`: stories that wait for a look.

    `not_told`: channels that Slack refused. `can_publish`: there is somewhere for the page to be.
    """

    known: Known
    reach: tuple[Reach, ...]
    progress: Progress
    names: Mapping[str, str]
    language: str
    zone: str
    now: datetime
    page: str | None = None
    held: int = 0
    not_told: tuple[str, ...] = ()
    can_publish: bool = True


Message = (
    StoryMessage
    | StoryOnHold
    | CrisisMessage
    | CrisisReminder
    | CrisisCard
    | StoryTakenBack
    | QueueAnswer
    | Reminder
    | StoryOut
    | Notice
    | Introduction
    | DigestPost
    | CommsDigestPost
    | ThanksMessage
    | Invitation
    | QuestionCard
    | QuestionSettled
    | QuestionAnswer
    | QuestionUnderStory
    | DilemmaOutcome
    | HeardOutside
    | IdeaCard
    | IdeaAnswer
    | HookCard
    | HookRoundUp
)


@dataclass(frozen=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str
