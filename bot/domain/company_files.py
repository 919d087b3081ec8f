"""A company as it comes in files, from another tool or from Passalong itself: people, shares, and who followed them.

The day that stands in a file is the day it was: no zone is reckoned with, so that the same file is the same history
whatever is set, and whenever it is read.
"""

from dataclasses import dataclass

from bot.domain.people import Standing
from bot.domain.shares import UNKNOWN

PEOPLE, SHARES, CLICKS = FILES = ("people.csv", "shares.csv", "clicks.csv")
DAY = 86_400
"""Seconds."""

STATES = {"": Standing.NAMED, **{str(state): state for state in Standing}}
"""`unasked` is what an export says of who was never asked: they are asked."""
OTHER_NAMES = {"twitter": "x", "mail": "email", "e-mail": "email", "": UNKNOWN}
"""What other tools call a network."""
SAID = ("said", "claimed", "claim", "reacted", "reaction")
"""Proofs that somebody said so. Whatever else a file says, that somebody went to a network is all we take from it."""


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be read. `line` is that of the file, the head of it being 1; `reason` is for who mends it."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody who works there. `joined`: since when they could share, as Python numbers days."""

    person: str
    name: str
    team: str | None
    joined: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share. `second`: its wall clock, in seconds of Python's days; `title`: the story's, if the file says it."""

    line: int
    share: str
    person: str
    story: str
    network: str
    second: int
    is_said: bool
    title: str = ""

    @property
    def day(self) -> int:
        """On which day."""
        return self.second // DAY


Click = tuple[int, str, str, int]
"""Its line, the share that was followed, by whom, and when: the wall clock, in seconds of Python's days."""
