"""What the link server works with: less than the desk, as it knows nothing of Slack. Built in compose."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.addresses import Network
from bot.domain.clicks import IsCrawler
from bot.domain.crisis import PageFacts
from bot.store.engine import Store
from bot.store.seal import Seal


@dataclass(frozen=True)
class LinkDesk:
    """`public_url`: where it is reached from outside. `offices`: networks whose visitors are colleagues.

    `salt_by`: "daily" or "monthly". `pages`: the pages of crises that are published; raises DatabaseTrouble.
    """

    store: Store
    is_crawler: IsCrawler
    public_url: str = ""
    offices: tuple[Network, ...] = ()
    salt_by: str = "daily"
    linkedin_composer: bool = True
    seal: Seal = field(default_factory=lambda: Seal(""))
    pages: Callable[[], tuple[PageFacts, ...]] = tuple
