"""A word of thanks from somebody of comms to a champion."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AT_MOST_EVERY = timedelta(days=7)
"""From whomever: a word a day is no thanks any more."""
LONGEST = 1500


@dataclass(frozen=True)
class ThanksDraft:
    """What a draft is made of. `to` is None for somebody without a name: then `language` is that of comms.

    `readers` came for the story `title`, by this person's shares. `sender` and `to` are first names.
    """

    person_id: int
    to: str | None
    name: str | None
    sender: str
    language: str
    title: str
    readers: int


@dataclass(frozen=True)
class ThanksUnderWay:
    """`name` None: without one. `at`: when their quiet hours end (UTC); None: now, or that is not to be told."""

    name: str | None
    at: datetime | None


def first_name(name: str) -> str:
    """As people are called: `Anna` of `Anna de Vries`, and of `Vries, Anna de`."""
    last, comma, rest = name.partition(",")
    words = (rest if comma and rest.strip() else last).split()
    return words[0] if words else name
