"""What one person has before them when they pass a story along."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.captions import Caption
from bot.domain.people import Preferences
from bot.domain.shares import Share
from bot.domain.stories import Story


@dataclass(frozen=True)
class ShareSheet:
    """A story, ready to be passed along.

    `captions` are the ready texts this person can use, never none (a story without any offers its own sentence, whose
    id is None); `dealt` is the one whose turn it was; `used` says how many colleagues took each, by caption id.
    `offered`: the disclosure line, empty when there is none. `is_kept`: what this person does here is remembered.
    """

    story: Story
    captions: tuple[Caption, ...]
    dealt: Caption
    used: Mapping[int, int]
    offered: str
    shares: tuple[Share, ...]
    preferences: Preferences
    is_kept: bool
    is_unasked: bool
    totals_only: bool = False

    @property
    def is_first(self) -> bool:
        """Whether this person never chose their networks: how it works is said in a line."""
        return not self.preferences.networks

    def caption(self, caption_id: int | None) -> Caption:
        """The ready text with this id; the dealt one when it is gone."""
        return next((caption for caption in self.captions if caption.id == caption_id), self.dealt)
