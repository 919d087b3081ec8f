"""Leaving Slack: where a button leads, and who follows the link afterwards."""

from bot.sandbox.acting.acting import Acting
from bot.sandbox.outside.asking import Answered, ask
from bot.sandbox.outside.browsers import Browser
from bot.sandbox.outside.world import Arrival


class GoingOut(Acting):
    """Over real HTTP, on this machine alone. Both raise NotAsked."""

    def goes_to(self, user: str, address: str) -> Arrival:
        """Open an address in this person's own browser: the share page that they come to, or another page."""
        return self._sandbox.outside.arrive(user, address)

    def follow(
        self, link: str, agent: str, address: str, *, method: str = "GET", headers: dict[str, str] | None = None
    ) -> Answered:
        """Follow a link as somebody outside who comes from `address` and says they are `agent`; no redirect is gone."""
        return ask(link, Browser("", agent, address, tuple((headers or {}).items())), method)
