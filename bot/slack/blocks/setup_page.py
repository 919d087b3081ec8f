"""What all views of the set-up are drawn with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.look_at_setup import SetupLook
from bot.actions.ports import ChannelFacts
from bot.slack.mrkdwn import Block, choice
from bot.sources.words import Words

MOST_CHOICES = 98
"""A menu holds 100: the channel that is set and "none" come with them."""


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


def channel_choices(
    page: SetupPage, found: Sequence[ChannelFacts], label: Callable[[ChannelFacts], str], now: str | None
) -> list[Block]:
    """A choice for each channel, and one for the channel that is set when it is not among them."""
    shown = found[:MOST_CHOICES]
    options = [choice(label(facts), facts.id) for facts in shown]
    if now and now not in {facts.id for facts in shown}:
        options.append(choice(page.say("setup.comms.as_it_is"), now))
    return options
