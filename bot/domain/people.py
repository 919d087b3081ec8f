"""People: who they are to Slack, and where they stand with us."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.quiet_hours import QuietHours


class Standing(StrEnum):
    """The three privacy states, and the one before the question was answered (counted, without a name)."""

    UNASKED = "unasked"
    NAMED = "named"
    UNNAMED = "unnamed"
    OUT = "out"

    @property
    def has_links(self) -> bool:
        """Whether they agreed to be counted: only then a link of theirs is personal."""
        return self in (Standing.NAMED, Standing.UNNAMED)


def as_answered(answer: Standing, before: Standing, *, totals_only: bool) -> Standing:
    """Where somebody stands who answers so. While the company shows nobody by name, nobody agrees to be named either.

    Who agreed before it chose that has not taken it back.
    """
    if totals_only and answer is Standing.NAMED and before is not Standing.NAMED:
        return Standing.UNNAMED
    return answer


@dataclass(frozen=True)
class Profile:
    """A person as Slack describes them. `is_known` False: Slack did not say, and they did nothing here before."""

    user: str
    team: str
    name: str
    locale: str = "en-US"
    zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_active: bool = True
    is_known: bool = True

    def counts_at(self, home_team: str) -> bool:
        """Whether what they do counts: our own people and our guests; no bots, no other organisations, nobody gone."""
        return self.is_active and not self.is_bot and not self.is_stranger and self.team == home_team


@dataclass(frozen=True)
class Preferences:
    """What a person chose in App Home. `language` None means: as Slack has it.

    `topics`: when a story with one of these goes out, they hear of it. `digest_by_dm`: they want the digest themselves.
    """

    language: str | None = None
    networks: tuple[str, ...] = ()
    mastodon: str | None = None
    reminders: bool = True
    quiet: QuietHours | None = field(default=None)
    topics: tuple[str, ...] = ()
    digest_by_dm: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody who did something here once. `key` is what logs and stories hold instead of a Slack id."""

    id: int
    user: str
    key: str
    name: str
    locale: str
    zone: str
    standing: Standing
    preferences: Preferences

    @property
    def language(self) -> str:
        """The language they read: their own choice, else their Slack's."""
        return self.preferences.language or language_of(self.locale)

    @property
    def is_in(self) -> bool:
        """Whether what they do is kept at all."""
        return self.standing is not Standing.OUT


def is_account(user: str) -> bool:
    """Whether this is how Slack calls somebody; a file may call people anything."""
    return re.fullmatch("[UW][A-Z0-9]{5,}", user) is not None


def language_of(locale: str) -> str:
    """ "nl" for Dutch Slacks, "en" for all others."""
    return "nl" if locale.lower().startswith("nl") else "en"
