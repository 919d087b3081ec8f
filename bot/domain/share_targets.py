"""Where the share buttons of a story lead, with this text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.networks import NETWORKS, ShareTarget, share_url, with_utm
from bot.domain.stories import Story

USUAL = ("linkedin", "whatsapp", "bluesky", "x")
"""What stands first for somebody who never chose; the rest is one press away."""


@dataclass(frozen=True)
class Sharing:
    """How this person shares: their Mastodon server, and whether LinkedIn's composer is used."""

    server: str | None = None
    linkedin_composer: bool = True


def targets(story: Story, text: str, keys: Iterable[str], how: Sharing) -> dict[str, ShareTarget]:
    """The share page of each network, with UTM marks in the link. Mastodon is left out while its server is not known.

    The campaign is the story's slug or number, so nothing of a person stands in a link.
    """
    campaign = story.slug or str(story.id)
    return {
        key: share_url(
            key,
            text=text,
            link=with_utm(story.link, source=key, campaign=campaign),
            title=story.title,
            mastodon_instance=how.server,
            linkedin_composer=how.linkedin_composer,
        )
        for key in keys
        if key != "mastodon" or how.server
    }


def others(mine: Iterable[str]) -> tuple[str, ...]:
    """The networks that stand under *More*."""
    return tuple(key for key in NETWORKS if key not in set(mine))


def copied(found: Mapping[str, ShareTarget]) -> tuple[str, ...]:
    """The networks that the text does not go along to: copy, then open."""
    return tuple(key for key, target in found.items() if target.copies_text)
