"""What can go wrong, in the words of the domain. Each says whether trying again helps.

`word` is the key of the kind sentence in content/words; `params` fill it. `field` names the input of a form that the
problem belongs to, so that the error can stand there.
"""

from enum import StrEnum
from typing import Any


class Problem(Exception):
    """Something a person can be told, with a next step."""

    word: str = "problem.unexpected"
    again: bool = False

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        super().__init__(self.word)
        self.field = field
        self.params = params


class NotForYou(Problem):
    """Somebody without the role asked for an editor's or an admin's act."""

    word = "problem.not_for_you"


class Unreadable(Problem):
    """What a button or a window carries is nothing we write, or nothing we write any more."""

    word = "problem.unreadable"


class StoryGone(Problem):
    """The story is not there any more, or was never there."""

    word = "problem.story_gone"


class StoryExpired(Problem):
    """The story is past its best-before."""

    word = "problem.story_expired"


class StoryCancelled(Problem):
    """The story was taken back by an editor."""

    word = "problem.story_cancelled"


class AlreadyPosted(Problem):
    """The story stands in its channels already, so its time cannot change."""

    word = "problem.already_posted"


class EditedMeanwhile(Problem):
    """Somebody else changed the story since this person opened it."""

    word = "problem.edited_meanwhile"


class SlotTaken(Problem):
    """Another story goes out in that channel at that time."""

    word = "problem.slot_taken"


class TimePast(Problem):
    """The chosen time is over."""

    word = "problem.time_past"


class QueuedBefore(Problem):
    """The same link is in the queue, or went out before."""

    word = "problem.queued_before"


class NoChannels(Problem):
    """There is no channel to post to yet."""

    word = "problem.no_channels"


class BadField(Problem):
    """An input that cannot be used; `word` is given because each has its own sentence."""

    def __init__(self, word: str, *, field: str, **params: Any) -> None:
        super().__init__(field=field, **params)
        self.word = word


class DatabaseTrouble(Problem):
    """The database did not do it, or nobody knows whether it did. Trying again later helps, and does no harm.

    `what_to_do` is for who runs the bot, in English.
    """

    word = "problem.database"
    again = True

    def __init__(self, what_to_do: str) -> None:
        super().__init__()
        self.what_to_do = what_to_do


class SlackTrouble(Exception):
    """Slack did not do what was asked."""


TOO_MANY = "ratelimited"
"""The reason of a TryLater, when we ask more of Slack than it takes. Slack's own word."""


class TryLater(SlackTrouble):
    """Slack is busy, or not there. `seconds` is how long to wait; nothing was done."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason


class OutcomeUnknown(SlackTrouble):
    """The answer was lost: Slack may have done it or not. Look before doing it again."""


class AnsweredBadly(OutcomeUnknown):
    """Slack turned us away at its door, with a page instead of an answer: it has most likely not done it."""


class TokenRefused(TryLater):
    """Slack does not know the bot's token any more. Nothing works until an admin mends that, and then it goes on.

    `error` is Slack's own string; what waits because of it begins with `MARK`.
    """

    MARK = "token: "

    def __init__(self, seconds: float, error: str) -> None:
        super().__init__(seconds, self.MARK + error)
        self.error = error


class ScopeMissing(TryLater):
    """The bot may not do this: a scope was left out or taken away. `needed` is Slack's own word for which."""

    MARK = "missing_scope"

    def __init__(self, seconds: float, reason: str, needed: str) -> None:
        super().__init__(seconds, reason)
        self.needed = needed


class Cause(StrEnum):
    """Why Slack says no for good, by what there is to do about it."""

    GONE = "gone"
    """The channel is deleted, archived, or private without us."""
    OUT = "out"
    """We are not in the channel."""
    CLOSED = "closed"
    """We are in the channel, and may not post there."""
    MESSAGE_GONE = "message_gone"
    """Somebody deleted the message."""
    MESSAGE_FIXED = "message_fixed"
    """The message stands, and cannot be changed any more."""
    PERSON_GONE = "person_gone"
    """The person left, or cannot be written to."""
    VIEW_GONE = "view_gone"
    """What was to be changed is not on the person's screen any more, or was changed by another."""
    TOO_LATE = "too_late"
    """The press that was to open something is more than three seconds ago."""
    FULL = "full"
    """There are too many already: reactions on a message, windows on top of one another."""
    DONE = "done"
    """It was done before."""
    PLAN = "plan"
    """The workspace's plan or rules do not have it."""
    TEXT = "text"
    """Slack cannot use what we wrote: too long, or blocks it does not like."""
    OURS = "ours"
    """We asked wrongly: a mistake in the bot."""
    UNKNOWN = "unknown"
    """Slack said something we never heard of."""

    @property
    def is_of_channel(self) -> bool:
        """Nothing else gets into this channel either."""
        return self in (Cause.GONE, Cause.OUT, Cause.CLOSED)


class Refused(SlackTrouble):
    """Slack said no, and will say no again. `reason` is Slack's own error string."""

    def __init__(self, reason: str, cause: Cause = Cause.UNKNOWN) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cause = cause


class BlocksRefused(Refused):
    """Slack did not like the blocks: an image it cannot fetch, most often."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, Cause.TEXT)
