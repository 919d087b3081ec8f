"""Where the share buttons of a story lead, with this text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.links import go_address, link_address
from bot.domain.networks import NETWORKS, ShareTarget, fits, share_url, with_utm
from bot.domain.stories import Story

USUAL = ("linkedin", "whatsapp", "bluesky", "x")
"""What stands first for somebody who never chose; the rest is one press away."""


@dataclass(frozen=True)
class Sharing:
    """How this person shares: Mastodon server, whether LinkedIn's composer is used, and, where they have a personal
    link, its code, by network."""

    server: str | None = None
    linkedin_composer: bool = True
    public_url: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    def link(self, story: Story, key: str) -> str:
        """What stands in the post. The campaign is the story's slug or number, so nothing of a person is in it."""
        if key in self.codes:
            return link_address(self.public_url, self.codes[key])
        return with_utm(story.link, source=key, campaign=story.slug or str(story.id))


def targets(story: Story, text: str, keys: Iterable[str], how: Sharing) -> dict[str, ShareTarget]:
    """The share page of each network; by us, where there is a code. Mastodon needs a server, or is left out."""
    return {key: _target(story, text, key, how) for key in keys if key != "mastodon" or how.server}


def _target(story: Story, text: str, key: str, how: Sharing) -> ShareTarget:
    target = share_url(
        key,
        text=text,
        link=how.link(story, key),
        title=story.title,
        mastodon_instance=how.server,
        linkedin_composer=how.linkedin_composer,
    )
    return replace(target, url=go_address(how.public_url, how.codes[key], key)) if key in how.codes else target


def room(story: Story, text: str, keys: Iterable[str], how: Sharing) -> dict[str, int]:
    """How many characters each network has left beside this text and the link; below zero: so many too many."""
    return {key: fits(key, text, how.link(story, key)) for key in keys}


def others(mine: Iterable[str]) -> tuple[str, ...]:
    """The networks that stand under *More*."""
    return tuple(key for key in NETWORKS if key not in set(mine))


def copied(found: Mapping[str, ShareTarget]) -> tuple[str, ...]:
    """The networks that the text does not go along to: copy, then open."""
    return tuple(key for key, target in found.items() if target.copies_text)
