"""What a colleague does on the other side of a button: goes to the share page, and posts."""

from collections.abc import Callable
from datetime import datetime
from html import unescape

from bot.sandbox.outside.asking import is_here
from bot.sandbox.outside.share_pages import WAY_ON, share_page
from bot.sandbox.outside.world import Arrival, Outside
from bot.sandbox.public_ledger import PublicLedger
from bot.sandbox.staff_screen import Stuck


class GoesOut:
    """In everybody's own browser."""

    def __init__(self, outside: Outside, ledger: PublicLedger, now: Callable[[], datetime]) -> None:
        self._outside, self._ledger, self._now = outside, ledger, now

    def share(self, who: str, address: str) -> Arrival:
        """The share page behind this address; a page between is read, and gone on from."""
        arrival = self._outside.arrive(who, address)
        if is_here(address):
            self._ledger.shared(who, self._now())
        if arrival.page is not None:
            onward = _way_on(arrival.page.body)
            arrival = self._outside.arrive(who, onward) if onward else arrival
        if arrival.share is None:
            raise Stuck(f"the button for sharing leads to {arrival.address}")
        return arrival

    def post(self, arrival: Arrival, story: str) -> None:
        """*Post it*, as it stands there."""
        assert arrival.share is not None
        self._outside.post(arrival, arrival.share.text, story)


def _way_on(page: str) -> str | None:
    """The link to a share page on a page."""
    return next((address for address in map(unescape, WAY_ON.findall(page)) if share_page(address)), None)
