"""What all views of the set-up are drawn with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.actions.look_at_setup import SetupLook
from bot.sources.words import Words


@dataclass(frozen=True)
class SetupPage:
    """What all views of the set-up need. `said`: what happened just now."""

    words: Words
    language: str
    look: SetupLook
    now: datetime
    said: str = ""

    def say(self, key: str, **params: object) -> str:
        """A sentence in the admin's language."""
        return self.words.say(self.language, key, **params)

    def when(self, at: datetime) -> str:
        """A moment in words, in the zone that is set."""
        return self.words.when(self.language, at, self.look.setup.zone, self.now)

    def list(self, pieces: Iterable[str]) -> str:
        """`a, b and c`."""
        return self.words.list(self.language, list(pieces))

    def warning(self) -> str:
        """Why a membership makes nobody an editor; empty when it does."""
        return f":warning: {self.say(f'setup.warning.{self.look.warning}')}" if self.look.warning else ""
