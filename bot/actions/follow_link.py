"""Where a code leads: always an address that an editor queued, and never one that somebody else hands us."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.actions.link_desk import LinkDesk
from bot.domain.links import Link
from bot.domain.networks import with_utm
from bot.domain.stories import StoryState
from bot.store import links
from bot.store.links import Leading


@dataclass(frozen=True)
class Destination:
    """What a link leads to now. `address` has the campaign's marks, and nothing of a person."""

    link: Link
    address: str
    story: Leading

    @property
    def is_withdrawn(self) -> bool:
        """An editor took the story back. That its best-before is over changes nothing: posts stay where they are."""
        return self.story.state is StoryState.CANCELLED

    @property
    def wants_card(self) -> bool:
        """The page says nothing of itself that a network could show."""
        return self.story.has_card is False


def find_destinations(desk: LinkDesk, codes: Iterable[str]) -> dict[str, Destination]:
    """Where these codes lead; what is none of ours is left out. Raises DatabaseTrouble."""
    found = desk.store.read(lambda connection: links.leading(connection, codes))
    return {code: destination_of(one) for code, one in found.items()}


def newest_destinations(desk: LinkDesk, most: int) -> list[Destination]:
    """Where the links lead that were minted last. Raises DatabaseTrouble."""
    return [destination_of(one) for one in desk.store.read(lambda connection: links.newest(connection, most))]


def destination_of(found: Leading) -> Destination:
    """Where this link leads."""
    address = with_utm(found.address, source=found.link.network, campaign=found.campaign)
    return Destination(found.link, address, found)
